import { type MemoryTier, memoryTiers } from '#shared/memory.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { excerpt, noteDegraded } from '../kept-text.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';
import { openingModel, whileWaiting } from '../while-waiting.ts';

/** What `omega memory add` keeps beside the text. */
export type MemoryAddOptions = {
  readonly tier: MemoryTier;
  readonly type: string;
  readonly tag?: readonly string[];
  readonly importance: number;
};

/** `omega memory add TEXT`: keeps a text. */
export async function memoryAddCommand(
  session: Session,
  text: string,
  { tier, type, tag, importance }: MemoryAddOptions,
): Promise<ExitCode> {
  const { terminal } = session;
  const memory = { text, tier, type, importance, tags: [...(tag ?? [])], source: 'user' };
  const stored = await whileWaiting(openingModel, session.call('memory.store', memory));
  terminal.json(stored);
  noteDegraded(terminal, stored.degraded);
  terminal.line(`Remembered as ${printable(stored.id)}, in the ${tier} tier.`);
  return exitCodes.fine;
}

/** `omega memory delete ID`: forgets a memory, and says which it was. Fails with `NOT_FOUND`. */
export async function memoryDeleteCommand(session: Session, id: string): Promise<ExitCode> {
  const { terminal } = session;
  // Null where it has outlived its tier; it goes all the same.
  const memory = await session.call('memory.get', { id });
  await session.call('memory.delete', { id });
  terminal.json({ deleted: true, id, memory });
  const text = memory === null ? 'It had outlived its tier.' : excerpt(memory.text);
  terminal.line(`Deleted the memory ${printable(id)}: ${text}`);
  return exitCodes.fine;
}

/** `omega memory consolidate`: puts memory in order now, and says what that did. */
export async function memoryConsolidateCommand(session: Session): Promise<ExitCode> {
  const { terminal } = session;
  const work = session.call('memory.consolidate', {});
  const report = await whileWaiting('Putting memory in order …', work);
  terminal.json(report);
  noteDegraded(terminal, report.degraded);
  const { sizes, degraded: _, ...counts } = report;
  const done = Object.entries(counts).filter(([, count]) => count > 0);
  const text = done.map(([name, count]) => `${count} ${name}`).join(', ');
  terminal.line(text === '' ? 'Memory was in order.' : `Memory is in order: ${text}.`);
  const all = sum(sizes);
  terminal.line(`It holds ${all} ${all === 1 ? 'memory' : 'memories'}.`);
  return exitCodes.fine;
}

/** `omega memory sizes`: how many memories each tier holds. */
export async function memorySizesCommand(session: Session): Promise<ExitCode> {
  const { terminal } = session;
  const sizes = await session.call('memory.sizes', {});
  terminal.json(sizes);
  for (const tier of memoryTiers) terminal.line(`${tier.padEnd(12)} ${sizes[tier]}`);
  terminal.line(`${'all'.padEnd(12)} ${sum(sizes)}`);
  return exitCodes.fine;
}

function sum(sizes: Readonly<Record<MemoryTier, number>>): number {
  return memoryTiers.reduce((total, tier) => total + sizes[tier], 0);
}
