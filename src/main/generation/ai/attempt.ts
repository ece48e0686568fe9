import type { Artifact, Finding, Provenance } from '#shared/artifact.ts';
import type { ModelProvider } from '#shared/providers.ts';

/** A file of a model, judged. */
export type JudgedFile = { readonly artifact: Artifact; readonly findings: readonly Finding[] };

/** Who wrote an attempt, and what it was asked. */
export type AttemptOrigin = {
  readonly provider: ModelProvider;
  readonly model: string;
  /** See {@link import('./request-hash.ts').requestHash}. */
  readonly promptHash: string;
  readonly cached: boolean;
  /** From which project's answer a person took it over; left out where it was this request's. */
  readonly accepted?: Extract<Provenance['origin'], { readonly type: 'model' }>['accepted'];
  /** Rounds in which findings had gone back before it. */
  readonly repairs: number;
};

/** Where an answer came from, as provenance names it; `repairs` rounds went before it. */
export function originOf(answer: Omit<AttemptOrigin, 'repairs'>, repairs: number): AttemptOrigin {
  const { provider, model, promptHash, cached, accepted } = answer;
  const origin = { provider, model, promptHash, cached, repairs };
  if (!accepted) return origin;
  const { project, madeAt, acceptedAt } = accepted;
  return { ...origin, accepted: { project, madeAt, acceptedAt } };
}

/** How good an attempt is, told by validators alone. */
export type Score = {
  readonly errors: number;
  readonly warnings: number;
  /** See {@link import('./hardening.ts').hardening}. */
  readonly hardening: number;
  /** Characters of its files. */
  readonly size: number;
};

/** The files that a model wrote for one job: the main one at least. */
export type Attempt = {
  readonly origin: AttemptOrigin;
  readonly files: readonly JudgedFile[];
  readonly score: Score;
};

/** Below 0 where the first is better: fewer errors, then fewer warnings, then hardening. */
export function compareSafety(one: Score, other: Score): number {
  return (
    one.errors - other.errors || one.warnings - other.warnings || other.hardening - one.hardening
  );
}

/** The same, and of equals the smaller one. */
export function compareScores(one: Score, other: Score): number {
  return compareSafety(one, other) || one.size - other.size;
}
