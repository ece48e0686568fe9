import { createInterface } from 'node:readline/promises';
import type { Intelligence, IntelligenceSpecInput } from '#shared/intelligence.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { followSearch } from '../follow-search.ts';
import { figuresText, pointText, scoreText } from '../intelligence-text.ts';
import type { Session } from '../session.ts';
import { printable, type Terminal } from '../terminal.ts';
import { intelligenceApplyCommand } from './intelligence.ts';

/** What becomes of better settings: asked on a terminal, applied, or left. */
export type Applying = 'ask' | 'yes' | 'no';

/**
 * `omega tune DOMAIN`: looks for better settings on this machine with this user's data, shows both
 * beside each other, and applies what is clearly better once that is agreed to.
 */
export async function tuneCommand(
  session: Session,
  spec: IntelligenceSpecInput,
  applying: Applying,
): Promise<ExitCode> {
  const { terminal } = session;
  const made = await followSearch(session, spec);
  print(terminal, made);
  if (!made.isBetter) {
    terminal.json(made);
    terminal.line('Nothing was found that is clearly better than what is in force; it stays.');
    return exitCodes.fine;
  }
  const agreed = applying === 'yes' || (applying === 'ask' && (await agrees(session)));
  if (agreed) return intelligenceApplyCommand(session, made.id);
  terminal.json(made);
  terminal.note(`Nothing was changed. To put it in force: omega intelligence apply ${made.id}`);
  return exitCodes.fine;
}

function print(terminal: Terminal, { tasks, before, best, unit, evaluations }: Intelligence): void {
  terminal.line(`${terminal.style('dim', 'tried on')}  ${printable(tasks)}, ${evaluations} times`);
  for (const [name, one] of [
    ['in force', before],
    ['found', best],
  ] as const) {
    if (!one) continue;
    terminal.line(`${terminal.style('bold', name.padEnd(8))}  ${printable(pointText(one.point))}`);
    terminal.line(`          ${scoreText(one, unit)}`);
    terminal.line(`          ${terminal.style('dim', figuresText(one))}`);
  }
  if (!before || !best || before.score.mean <= 0) return;
  const times = (best.score.mean / before.score.mean).toFixed(2);
  terminal.line(`          ${times} times what is in force`);
}

async function agrees({ terminal, signal }: Session): Promise<boolean> {
  if (!process.stdin.isTTY || terminal.isJson) return false;
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await asking.question('Apply it? [y/N] ', { signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    asking.close();
  }
}
