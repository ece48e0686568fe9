import type { JobRemedy, JobTrouble } from '#main/generation/engine/job-reactions.ts';
import type { ErrorCode } from '#shared/error.ts';

/** Longest that a job waits for a provider that broke, in ms. */
const longestWaitMs = 60_000;
/** How long where nobody says, in ms. */
const usualWaitMs = 2_000;
/** Times that one job is done again. */
const mostAgain = 2;
/** Jobs of a run that must have failed alike before it is stopped. */
const alikeBeforeStop = 3;

/** Failures that the next job would meet too: each says what is wrong with the provider. */
const lasting: ReadonlySet<ErrorCode> = new Set([
  'UNAUTHORIZED',
  'UNAVAILABLE',
  'TIMEOUT',
  'CIRCUIT_OPEN',
  'NOT_FOUND',
]);
/** Of these, what passes. */
const passing: ReadonlySet<ErrorCode> = new Set(['UNAVAILABLE', 'TIMEOUT', 'CIRCUIT_OPEN']);

/**
 * What is done about a job: another provider that the settings name, else once more after the rest
 * where its provider worked before; a run whose jobs fail alike is stopped before all of them have.
 * An invalid file gives way to a valid one of the blueprint, which costs nothing. `alike` counts the
 * jobs of this run that failed in the same way before.
 */
export function remedyOf(trouble: JobTrouble, alike: number): JobRemedy {
  const { error, can, others, again, worked } = trouble;
  const may = (what: JobRemedy['do']): boolean => can.includes(what);
  if (error === null && may('blueprint')) return { do: 'blueprint' };
  const [other] = others;
  if (other && may('reroute')) return { do: 'reroute', provider: other };
  if (error === null || !lasting.has(error.code)) return { do: 'leave' };
  if (worked && again < mostAgain && passing.has(error.code) && may('again')) {
    return { do: 'again', afterMs: waitOf(error.details) };
  }
  if (alike + 1 >= alikeBeforeStop && may('stop')) {
    const why = `${alike + 1} files failed one after the other: ${error.message} Resume the run when that is mended; the files that wait are made then.`;
    return { do: 'stop', why };
  }
  return { do: 'leave' };
}

function waitOf(details: Readonly<Record<string, unknown>> | undefined): number {
  const asked = details?.retryAfterMs;
  return Math.min(longestWaitMs, typeof asked === 'number' && asked > 0 ? asked : usualWaitMs);
}
