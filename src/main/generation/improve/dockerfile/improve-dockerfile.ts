import { asItIs, type Improvement } from '../improvement.ts';
import { applyTextEdits } from '../text-edits.ts';
import { readDockerfile } from './dockerfile-text.ts';
import type { DockerfileFacts } from './facts.ts';
import { addLastLines } from './last-lines.ts';
import { pinBases } from './pin-base.ts';
import { copyFiles, execCommands, exposePort } from './plain-forms.ts';
import { tidyApt } from './run-lines.ts';

/**
 * An author's Dockerfile, hardened by small edits: what could break the workload is left, with the
 * reason. `facts` are null where the scan does not know the service.
 */
export function improveDockerfile(content: string, facts: DockerfileFacts | null): Improvement {
  let current = asItIs(content);
  // One change may allow another: an EXPOSE that is right tells which port to ask for health.
  for (let pass = 0; pass < maxPasses; pass++) {
    const next = onePass(current.content, facts);
    const done = [...current.done, ...next.done];
    const isStill = next.content === current.content;
    current = { ...next, done };
    if (isStill) break;
  }
  return current;
}

const maxPasses = 4;

function onePass(content: string, facts: DockerfileFacts | null): Improvement {
  const file = readDockerfile(content);
  if (file === null) return asItIs(content);
  const pieces = [
    pinBases(file, facts),
    tidyApt(file),
    copyFiles(file),
    execCommands(file),
    exposePort(file, facts),
    addLastLines(file, facts),
  ];
  const byLine = (a: { line: number }, b: { line: number }): number => a.line - b.line;
  const edits = pieces.flatMap((piece) => piece.edits);
  return {
    content: applyTextEdits(content, edits),
    done: pieces.flatMap((piece) => piece.done).sort(byLine),
    left: pieces.flatMap((piece) => piece.left).sort(byLine),
  };
}
