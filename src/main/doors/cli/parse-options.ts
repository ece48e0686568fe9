import { InvalidArgumentError } from 'commander';
import { type ArtifactKind, artifactKinds } from '#shared/artifact.ts';
import { type EventPattern, isJournaledPattern } from '#shared/event-kinds.ts';
import { type MemoryTier, memoryTiers } from '#shared/memory.ts';
import { type ModelProvider, modelProviders } from '#shared/providers.ts';
import { meant } from './one-of.ts';

/** Names with commas between them. Throws `InvalidArgumentError`, like all of these. */
export function parseList(text: string): readonly string[] {
  const items = text.split(',').map((item) => item.trim());
  if (items.some((item) => item === '')) throw new InvalidArgumentError('Give names, with commas.');
  return items;
}

/** Kinds of artifacts; `all` is every one. */
export function parseKinds(text: string): readonly ArtifactKind[] {
  if (text.trim() === 'all') return artifactKinds;
  return parseList(text).map((item) => {
    const kind = artifactKinds.find((known) => known === item);
    if (!kind) {
      const near = meant(item, artifactKinds);
      throw new InvalidArgumentError(
        `"${item.slice(0, 40)}" is no kind. ${near}Give all, or some of ${artifactKinds.join(',')}.`,
      );
    }
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

/** Tiers of memory. */
export function parseTiers(text: string): readonly MemoryTier[] {
  return parseList(text).map((item) => {
    const tier = memoryTiers.find((known) => known === item);
    if (!tier) throw new InvalidArgumentError(`Give some of ${memoryTiers.join(',')}.`);
    return tier;
  });
}

/** How many of a list. */
export function parseLimit(text: string): number {
  return wholeNumber(text, 1, 1000);
}

/** How many of a short list. */
export function parseFew(text: string): number {
  return wholeNumber(text, 1, 100);
}

/** How many cycles. */
export function parseCycles(text: string): number {
  return wholeNumber(text, 1, 200);
}

/** Jobs at once. */
export function parseConcurrency(text: string): number {
  return wholeNumber(text, 1, 32);
}

/** Files in one request. */
export function parseBatchSize(text: string): number {
  return wholeNumber(text, 1, 50);
}

/** Tokens of an answer. */
export function parseTokens(text: string): number {
  return wholeNumber(text, 64, 200_000);
}

/** How freely a model writes. */
export function parseTemperature(text: string): number {
  const temperature = /^\d(?:\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (!(temperature <= 2)) throw new InvalidArgumentError('Give a number from 0 to 2.');
  return temperature;
}

/** US dollars of a run. */
export function parseBudget(text: string): number {
  const usd = /^\d{1,6}(?:\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
  if (!(usd <= 100_000)) throw new InvalidArgumentError('Give US dollars, from 0 to 100000.');
  return usd;
}

/** Providers of models. */
export function parseProviders(text: string): readonly ModelProvider[] {
  return parseList(text).map((item) => {
    const provider = modelProviders.find((known) => known === item);
    if (!provider) throw new InvalidArgumentError(`Give some of ${modelProviders.join(',')}.`);
    return provider;
  });
}

/** Which version. */
export function parseVersion(text: string): number {
  return wholeNumber(text, 1, 999_999);
}

/** A share, such as an importance. */
export function parseShare(text: string): number {
  const share = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(share >= 0 && share <= 1)) throw new InvalidArgumentError('Give a number from 0 to 1.');
  return share;
}

/** US dollars a million tokens. */
export function parsePrice(text: string): number {
  const price = /^\d{1,6}(?:\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN;
  if (!(price >= 0 && price <= 100_000)) {
    throw new InvalidArgumentError('Give US dollars, from 0 to 100000.');
  }
  return price;
}

/** A trace, or its first digits. */
export function parseTrace(text: string): string {
  if (!/^[0-9a-f]{4,32}$/.test(text)) {
    throw new InvalidArgumentError('Give 4 to 32 of the digits 0-9 and a-f.');
  }
  return text;
}

/** The key of an answer. */
export function parseKey(text: string): string {
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new InvalidArgumentError('Give all 64 digits of the key.');
  return text;
}

/** The key of an answer, or its first digits. */
export function parseKeyStart(text: string): string {
  if (!/^[0-9a-f]{8,64}$/.test(text)) {
    throw new InvalidArgumentError('Give 8 to 64 of the digits 0-9 and a-f.');
  }
  return text;
}

/** A whole number above 0. */
export function parseWhole(text: string): number {
  return wholeNumber(text, 1, 999_999);
}

/** A time with its unit, as `90s`, `5m` or `1h`; in seconds. */
export function parseSeconds(text: string): number {
  const [, number, unit = 's'] = /^(\d{1,5})([smh]?)$/.exec(text) ?? [];
  const seconds = Number(number) * { s: 1, m: 60, h: 3_600 }[unit as 's' | 'm' | 'h'];
  if (seconds >= 1 && seconds <= 86_400) return seconds;
  throw new InvalidArgumentError('Give a time from 1s to 24h, as 60s or 5m.');
}

/** How many lines. */
export function parseLines(text: string): number {
  return wholeNumber(text, 0, 100_000);
}

function wholeNumber(text: string, least: number, most: number): number {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
}
