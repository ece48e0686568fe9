import type { FoundMemory, Memory } from '#shared/memory.ts';
import { worthOf } from './tier-policy.ts';

/** How much freshness and worth may add to what the words and the meaning say, as a share of it. */
const freshnessShare = 0.05;
const worthShare = 0.1;
/** A memory of this age is half as fresh as a new one, in ms: a week. */
const freshMs = 7 * 86_400_000;

/** Most that {@link scoreOf} makes of a score, as a factor. */
export const largestBoost = 1 + freshnessShare + worthShare;

/**
 * The order of an answer: what words and meaning say, and among what is about equal the fresher,
 * the more important and the oftener used. A first place is hardly lost for it to a second.
 */
export function scoreOf(score: number, memory: Memory, now: number): number {
  const age = Math.max(0, now - memory.accessedAt);
  const fresh = freshMs / (freshMs + age);
  return score * (1 + freshnessShare * fresh + worthShare * worthOf(memory));
}

/** Puts found memories in order, best first; of equal ones the newer comes first. */
export function rankFound(found: readonly FoundMemory[]): readonly FoundMemory[] {
  return [...found].sort(
    (one, other) => other.score - one.score || other.memory.createdAt - one.memory.createdAt,
  );
}
