import type { DomainName, IntelligenceSpecInput } from '#shared/intelligence.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { followSearch } from '../follow-search.ts';
import { printIntelligence, printWhole, scoreText } from '../intelligence-text.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';

/** `omega intelligence create NAME`: searches for what is asked for. Throws what it fails with. */
export async function intelligenceCreateCommand(
  session: Session,
  spec: IntelligenceSpecInput,
): Promise<ExitCode> {
  const { terminal } = session;
  const made = await followSearch(session, spec);
  terminal.json(made);
  printWhole(terminal, made, made.evaluations);
  terminal.note(`To put it in force: omega intelligence apply ${made.id}`);
  return exitCodes.fine;
}

/** `omega intelligence list`: the newest first. */
export async function intelligenceListCommand(
  session: Session,
  domain: DomainName | null,
  limit: number,
): Promise<ExitCode> {
  const { terminal } = session;
  const all = await session.call('intelligence.list', { domain, limit });
  terminal.json(all);
  if (all.length === 0) {
    terminal.note('No intelligence was made yet. To find one: omega tune vector-search');
  }
  for (const one of all) printIntelligence(terminal, one);
  return exitCodes.fine;
}

/** `omega intelligence show ID`. Fails with `NOT_FOUND`. */
export async function intelligenceShowCommand(session: Session, id: string): Promise<ExitCode> {
  const { terminal } = session;
  const shown = await session.call('intelligence.show', { id });
  terminal.json(shown);
  printWhole(terminal, shown.intelligence, shown.trials.length);
  return exitCodes.fine;
}

/** `omega intelligence apply ID`: writes its settings. */
export async function intelligenceApplyCommand(session: Session, id: string): Promise<ExitCode> {
  const { terminal } = session;
  const applied = await session.call('intelligence.apply', { id });
  terminal.json(applied);
  for (const { setting, before, after } of applied.applied?.moves ?? []) {
    if (before !== after) terminal.line(`${setting}: ${String(before)} → ${String(after)}`);
  }
  terminal.note(`In force. To put back what was before: omega intelligence rollback ${id}`);
  return exitCodes.fine;
}

/** `omega intelligence rollback ID`: puts back what was before it. */
export async function intelligenceRollbackCommand(session: Session, id: string): Promise<ExitCode> {
  const { terminal } = session;
  const undone = await session.call('intelligence.rollback', { id });
  terminal.json(undone);
  terminal.line(`${printable(undone.spec.name)} is not in force any more.`);
  return exitCodes.fine;
}

/** `omega intelligence compare ONE OTHER`: measures both in turn. */
export async function intelligenceCompareCommand(
  session: Session,
  one: string,
  other: string,
  seconds: number,
): Promise<ExitCode> {
  const { terminal } = session;
  const found = await session.call('intelligence.compare', { one, other, seconds });
  terminal.json(found);
  terminal.line(`${terminal.style('dim', 'tried on')} ${printable(found.tasks)}`);
  terminal.line(`${one}: ${scoreText(found.one, found.unit)}`);
  terminal.line(`${other}: ${scoreText(found.other, found.unit)}`);
  const better = { one, other }[found.better ?? 'one'];
  terminal.line(
    found.better === null
      ? 'Neither is clearly better: their intervals overlap.'
      : `${better} is clearly better.`,
  );
  return exitCodes.fine;
}
