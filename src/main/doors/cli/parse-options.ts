import { InvalidArgumentError } from 'commander';
import { type ArtifactKind, artifactKinds } from '#shared/artifact.ts';
import { type EventPattern, isJournaledPattern } from '#shared/event-kinds.ts';

/** Names with commas between them. Throws `InvalidArgumentError`, like all of these. */
export function parseList(text: string): readonly string[] {
  const items = text.split(',').map((item) => item.trim());
  if (items.some((item) => item === '')) throw new InvalidArgumentError('Give names, with commas.');
  return items;
}

/** Kinds of artifacts. */
export function parseKinds(text: string): readonly ArtifactKind[] {
  return parseList(text).map((item) => {
    const kind = artifactKinds.find((known) => known === item);
    if (!kind) throw new InvalidArgumentError(`Give some of ${artifactKinds.join(',')}.`);
    return kind;
  });
}

/** Kinds of events that the journal keeps, and `noun.*`. */
export function parsePatterns(text: string): readonly EventPattern[] {
  return parseList(text).map((item) => {
    if (isJournaledPattern(item)) return item;
    throw new InvalidArgumentError(
      `"${item}" is no kind that is kept, such as memory.stored or memory.*.`,
    );
  });
}

/** How many of a list. */
export function parseLimit(text: string): number {
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > 1000)
    throw new InvalidArgumentError('Give a whole number from 1 to 1000.');
  return count;
}

/** Jobs at once. */
export function parseConcurrency(text: string): number {
  const count = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > 64) throw new InvalidArgumentError('Give a whole number from 1 to 64.');
  return count;
}

/** A trace, or its first digits. */
export function parseTrace(text: string): string {
  if (!/^[0-9a-f]{4,32}$/.test(text)) {
    throw new InvalidArgumentError('Give 4 to 32 of the digits 0-9 and a-f.');
  }
  return text;
}

/** How many lines. */
export function parseLines(text: string): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : -1;
  if (count < 0 || count > 100_000) {
    throw new InvalidArgumentError('Give a whole number from 0 to 100000.');
  }
  return count;
}
