import type { Service } from '#shared/scan.ts';
import { type Attempt, compareSafety } from '../attempt.ts';
import { agreement } from './vote.ts';

/**
 * The best attempt, whatever the order in which they came: judged by the validators' errors and
 * warnings, then by hardening, then by how many facts it shares with the majority, then by size; what
 * is still equal is decided by the texts. Null where there is none.
 */
export function chooseBest(attempts: readonly Attempt[], service: Service | null): Attempt | null {
  const votes = agreement(attempts, service);
  const ranked = attempts.map((attempt, at) => ({ attempt, votes: votes[at] ?? 0 }));
  ranked.sort(
    (one, other) =>
      compareSafety(one.attempt.score, other.attempt.score) ||
      other.votes - one.votes ||
      one.attempt.score.size - other.attempt.score.size ||
      (textOf(one.attempt) < textOf(other.attempt) ? -1 : 1),
  );
  return ranked[0]?.attempt ?? null;
}

function textOf({ files, origin }: Attempt): string {
  const texts = files.map(({ artifact }) => `${artifact.path}\0${artifact.content}`);
  return [...texts, origin.provider, origin.model, origin.promptHash].join('\0');
}
