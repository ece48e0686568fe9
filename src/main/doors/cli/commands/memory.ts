import { OmegaError } from '#shared/error.ts';
import type { FoundMemory, Memory, MemoryTier } from '#shared/memory.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import {
  excerpt,
  noteDegraded,
  printFields,
  printText,
  shareText,
  timeText,
} from '../kept-text.ts';
import type { Session } from '../session.ts';
import { printable, type Terminal } from '../terminal.ts';
import { openingModel, whileWaiting } from '../while-waiting.ts';

/** Which memories `omega memory list` and `search` look among. */
export type MemoryFilterOptions = {
  readonly tier?: readonly MemoryTier[];
  readonly type?: readonly string[];
  readonly tag?: readonly string[];
  readonly limit: number;
};

/** `omega memory list`: the newest memories. */
export async function memoryListCommand(
  session: Session,
  options: MemoryFilterOptions,
): Promise<ExitCode> {
  const { terminal } = session;
  const answer = await session.call('memory.query', { ...queryOf(options), recalls: false });
  terminal.json(answer);
  noteDegraded(terminal, answer.degraded);
  if (answer.memories.length === 0) {
    terminal.note(
      isFiltered(options)
        ? 'No memory matches. `omega memory sizes` shows what each tier holds.'
        : 'Nothing is remembered yet. To keep something: omega memory add TEXT',
    );
  }
  print(terminal, answer.memories);
  return exitCodes.fine;
}

/** `omega memory search TEXT`: the memories that fit a text best, by words and meaning. */
export async function memorySearchCommand(
  session: Session,
  text: string,
  options: MemoryFilterOptions,
): Promise<ExitCode> {
  const { terminal } = session;
  const search = session.call('memory.query', { ...queryOf(options), text });
  const answer = await whileWaiting(openingModel, search);
  terminal.json(answer);
  noteDegraded(terminal, answer.degraded);
  if (answer.memories.length === 0) {
    terminal.note('Nothing that is remembered fits. `omega memory list` shows what there is.');
  }
  print(terminal, answer.memories);
  return exitCodes.fine;
}

/** `omega memory get ID`: all of one memory. Fails with `NOT_FOUND`. */
export async function memoryGetCommand(session: Session, id: string): Promise<ExitCode> {
  const { terminal } = session;
  const memory = await session.call('memory.get', { id });
  if (memory === null) {
    const message = `There is no memory "${id}", or it has outlived its tier. \`omega memory list\` shows what there is.`;
    throw new OmegaError('NOT_FOUND', message);
  }
  terminal.json(memory);
  printFields(terminal, fieldsOf(memory));
  terminal.line();
  printText(terminal, memory.text);
  return exitCodes.fine;
}

function queryOf({ tier, type, tag, limit }: MemoryFilterOptions) {
  return {
    ...(tier && { tiers: [...tier] }),
    ...(type && { types: [...type] }),
    ...(tag && { tags: [...tag] }),
    limit,
  };
}

function isFiltered({ tier, type, tag }: MemoryFilterOptions): boolean {
  return tier !== undefined || type !== undefined || tag !== undefined;
}

function print(terminal: Terminal, found: readonly FoundMemory[]): void {
  for (const { memory } of found) {
    const { id, tier, type, createdAt } = memory;
    const tags = memory.tags.map((tag) => `#${tag}`).join(' ');
    const about = printable(`${tier} ${type} ${tags}`.trimEnd());
    terminal.line(
      `${terminal.style('bold', printable(id))} ${about} ${terminal.style('dim', timeText(createdAt))}`,
    );
    terminal.line(`    ${excerpt(memory.text)}`);
  }
}

function fieldsOf(memory: Memory) {
  const { source, ref, merged, moves } = memory.provenance;
  return {
    id: memory.id,
    tier: memory.tier,
    type: memory.type,
    tags: memory.tags.join(', '),
    importance: shareText(memory.importance),
    confidence: shareText(memory.confidence),
    made: `${timeText(memory.createdAt)} by ${source}`,
    from: ref ?? null,
    recalled: memory.uses === 0 ? 'never' : `${memory.uses} times, ${timeText(memory.accessedAt)}`,
    merged: merged.map(({ id }) => id).join(', '),
    moved: moves.map(({ from, at }) => `from ${from} ${timeText(at)}`).join(', '),
    metadata: Object.keys(memory.metadata).length > 0 ? JSON.stringify(memory.metadata) : null,
  };
}
