import {
  type Instruction,
  maxInstructions,
  readInstructions,
} from '../../validation/dockerfile/read-instructions.ts';
import {
  lineage,
  readStages,
  type Stage,
  type StageTree,
} from '../../validation/dockerfile/stages.ts';

/** A Dockerfile that can be edited: its instructions with their places in the text. */
export type DockerfileText = {
  readonly text: string;
  readonly tree: StageTree;
  /** The last stage: the image that comes out. */
  readonly final: Stage;
  /** Instructions of the final stage and of those below it, in the order in which they count. */
  readonly own: readonly Instruction[];
  /** Stages that the final one builds on, itself first. */
  readonly chain: readonly Stage[];
  /** Offset of the first character of a 1-based line; the text's length behind the last. */
  readonly offsetOf: (line: number) => number;
};

const maxLength = 200_000;

/** The file, or null where it is not to be edited: of no stage, too long, or with another escape character. */
export function readDockerfile(text: string): DockerfileText | null {
  if (text.length > maxLength || /^\s*#\s*escape\s*=\s*`/im.test(text.slice(0, 1_000))) return null;
  const instructions = readInstructions(text);
  if (instructions.length > maxInstructions) return null;
  if (instructions.some(({ openHeredoc }) => openHeredoc !== null)) return null;
  const tree = readStages(instructions);
  const final = tree.stages.at(-1);
  if (!final) return null;
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const chain = lineage(final);
  return {
    text,
    tree,
    final,
    chain,
    own: chain.toReversed().flatMap((stage) => stage.instructions),
    offsetOf: (line) => starts[line - 1] ?? text.length,
  };
}

/** Where an instruction stands in the text, and its source. */
export function sourceOf(
  { text, offsetOf }: DockerfileText,
  { line, endLine }: Pick<Instruction, 'line' | 'endLine'>,
): { readonly start: number; readonly source: string } {
  const start = offsetOf(line);
  return { start, source: text.slice(start, offsetOf(endLine + 1)) };
}
