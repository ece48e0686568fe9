import { basename } from 'node:path';
import type { NearAnswer, NearAnswers } from '#shared/near-answers.ts';
import type { AskedArtifact } from './asked-artifacts.ts';
import { printText, shareText, timeText } from './kept-text.ts';
import { printable, type Terminal } from './terminal.ts';

/** Digits of a key that tell one answer from another by eye, and on the command line. */
const shownDigits = 12;

/** Prints what of the cache may stand for one request. */
export function printNearAnswers(
  terminal: Terminal,
  found: AskedArtifact & NearAnswers,
  withFiles: boolean,
): void {
  terminal.line(
    terminal.style('bold', printable(`${found.kind} of ${found.service ?? found.root}`)),
  );
  switch (found.state) {
    case 'off':
    case 'unavailable':
      terminal.line(`  ${printable(found.why)}`);
      return;
    case 'kept': {
      const { accepted, key } = found;
      if (accepted === null) terminal.line('  Its own answer is kept; the next run takes it.');
      else {
        terminal.line(`  You accepted an answer ${whence(accepted)}; the next run takes it.`);
        terminal.line(`  To take it back: omega cache forget ${key}`);
      }
      return;
    }
    case 'near':
      if (found.answers.length === 0) terminal.line('  No kept answer is near to it.');
      for (const answer of found.answers) printAnswer(terminal, answer, withFiles);
      if (found.answers.length > 0) {
        terminal.note('None is taken by itself. To take one: omega cache accept DIR ANSWER');
      }
  }
}

function printAnswer(terminal: Terminal, answer: NearAnswer, withFiles: boolean): void {
  const { key, similarity, files, differs } = answer;
  const id = terminal.style('cyan', key.slice(0, shownDigits));
  terminal.line(`  ${id} ${shareText(similarity)}  ${whence(answer)}`);
  terminal.line(`    files: ${printable(files.map(({ path }) => path).join(', '))}`);
  for (const { fact, here, there } of differs) {
    terminal.line(`    ${printable(`${fact}: ${here ?? 'none'} here, ${there ?? 'none'} there`)}`);
  }
  if (differs.length === 0) terminal.line('    no fact differs; what was sent beside them does');
  for (const { path, content } of withFiles ? files : []) {
    terminal.line(terminal.style('dim', `    --- ${printable(path)}`));
    printText(terminal, content);
  }
}

function whence({
  provider,
  model,
  project,
  madeAt,
}: Pick<NearAnswer, 'provider' | 'model' | 'project' | 'madeAt'>): string {
  const of = project === null ? '' : ` for ${basename(project)}`;
  return printable(`of ${provider} ${model}${of}, ${timeText(madeAt)}`);
}
