import { throwIfCancelled } from '#main/core/abort.ts';
import { steadyNow } from '#main/core/clock.ts';
import { untilAborted } from '#main/core/until-aborted.ts';
import { OmegaError } from '#shared/error.ts';
import type { IntelligenceSpec, Measured, TrialRecord } from '#shared/intelligence.ts';
import type { MetaSonaSettings } from '#shared/settings/meta-sona-settings.ts';
import type { Domain, Evaluation, TaskBench, TaskSet } from './domains/domain.ts';
import { race } from './evaluate/race.ts';
import { underConstraints } from './evaluate/rules.ts';
import { search } from './search/search.ts';
import { Surrogate } from './search/surrogate.ts';
import type { Trial } from './search/trial.ts';
import type { Point } from './space/dimension.ts';

/** Share of a budget that is kept for the comparison at its end. */
const lastShare = 0.5;
/** Points that are compared at the end, beside what is in force. */
const finalists = 6;
/** Longest that one measurement may take, in ms; one that does not return is a failure like others. */
const evaluationMs = 30_000;
/** What even a measurement at the end of a budget is given, in ms. */
const leastMs = 2_000;
/** Measurements on unseen work that are made though the search took all: of what is in force, and of the best. */
const leastRaced = 2;

/** What a search for an intelligence is made with. */
export type CreateOptions = {
  readonly domain: Domain;
  readonly spec: IntelligenceSpec;
  readonly settings: MetaSonaSettings;
  readonly onTrial: (trial: TrialRecord) => void;
};

/** What a search came to: every finalist that could be measured, the best first, and what is in force. */
export type Created = {
  readonly tasks: string;
  readonly ranked: readonly Measured[];
  readonly before: Measured | null;
  readonly trials: readonly Trial[];
  readonly evaluations: number;
  readonly costUsd: number;
};

/**
 * Searches the space of a domain with half of the budget, then compares the best that were
 * found, and what is in force, on work that the search has not seen. Fails with what the domain's
 * work cannot be made ready for, with `UNAVAILABLE` where no point could be measured, or `CANCELLED`.
 */
export async function create(options: CreateOptions, signal: AbortSignal): Promise<Created> {
  const { domain, spec, settings } = options;
  const bench = await domain.open(spec, signal);
  const { inForce } = bench;
  try {
    const meter = new Meter(bench, spec);
    const trials = await search(
      domain.space,
      async (point) => {
        const { score, quality } = await meter.evaluate(point, 'search', 0, signal);
        // Falls steeply, so that what is not capable enough does not win by being fast.
        return score * Math.min(1, quality / Math.max(spec.minCapability, 1e-9)) ** 8;
      },
      {
        seed: spec.seed,
        evaluations: Math.max(1, Math.floor(spec.budget.evaluations * (1 - lastShare))),
        mctsIterations: settings.mctsIterations,
        ppoLearningRate: settings.ppoLearningRate,
        parts: { tree: true, policy: true, evolution: settings.evolutionEnabled },
        onTrial: (trial) => {
          options.onTrial(recordOf(trial, meter.evaluations - 1));
          return !meter.canSearch;
        },
      },
      signal,
    );
    const finals = finalistsOf(trials, domain, inForce);
    let raced = 0;
    const measured = await race([inForce, ...finals], {
      evaluate: (point, turn) => {
        raced += 1;
        return meter.evaluate(point, 'held-out', turn, signal);
      },
      canGoOn: () => meter.canRace || raced < leastRaced,
      signal,
    });
    const before = measured.find(({ point }) => point === inForce) ?? null;
    if (measured.length === 0) throw nothingMeasured(domain, trials);
    const { evaluations, costUsd } = meter;
    return { tasks: bench.about, ranked: measured, before, trials, evaluations, costUsd };
  } finally {
    await bench.dispose();
  }
}

/** Counts what a budget allows, and keeps each measurement within its time. */
class Meter {
  evaluations = 0;
  costUsd = 0;
  readonly #bench: TaskBench;
  readonly #spec: IntelligenceSpec;
  readonly #began = steadyNow();

  constructor(bench: TaskBench, spec: IntelligenceSpec) {
    this.#bench = bench;
    this.#spec = spec;
  }

  get canSearch(): boolean {
    return this.#isWithin(1 - lastShare);
  }

  get canRace(): boolean {
    return this.#isWithin(1);
  }

  async evaluate(
    point: Point,
    tasks: TaskSet,
    turn: number,
    signal: AbortSignal,
  ): Promise<Evaluation> {
    this.evaluations += 1;
    const ms = Math.min(evaluationMs, Math.max(leastMs, Math.ceil(this.#leftMs)));
    const end = AbortSignal.any([signal, AbortSignal.timeout(ms)]);
    try {
      const found = await untilAborted(this.#bench.evaluate(point, tasks, turn, end), end);
      this.costUsd += found.figures.costUsd ?? 0;
      return underConstraints(found, this.#spec.constraints);
    } catch (error) {
      throwIfCancelled(signal);
      if (!end.aborted) throw error;
      const message = `It did not end within ${Math.round(ms / 100) / 10} s.`;
      throw new OmegaError('TIMEOUT', message, { retryable: true, cause: error });
    }
  }

  get #leftMs(): number {
    return this.#spec.budget.seconds * 1_000 - (steadyNow() - this.#began);
  }

  /** Whether this share of the budget is not used up. Money is a limit only where it is spent. */
  #isWithin(share: number): boolean {
    const { evaluations, seconds, costUsd } = this.#spec.budget;
    return (
      this.evaluations < evaluations * share &&
      steadyNow() - this.#began < seconds * share * 1_000 &&
      (this.costUsd === 0 || this.costUsd < costUsd * share)
    );
  }
}

/**
 * The points that are compared at the end, without what is in force: those that scored best, and as
 * many that should have by what was measured around them. One score may be luck.
 */
function finalistsOf(
  trials: readonly Trial[],
  { space }: Domain,
  inForce: Point,
): readonly Point[] {
  const surrogate = new Surrogate(space);
  for (const { point, score } of trials) surrogate.add(point, score);
  const own = space.keyOf(inForce);
  const tried = new Map(
    trials.flatMap((one) => (one.score === null || one.key === own ? [] : [[one.key, one]])),
  );
  const all = [...tried.values()];
  const lucky = all.toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0));
  const sound = all.toSorted(
    (a, b) => surrogate.guess(b.point).mean - surrogate.guess(a.point).mean,
  );
  const chosen = new Set(lucky.slice(0, finalists / 2));
  for (const one of [...sound, ...lucky]) if (chosen.size < finalists) chosen.add(one);
  return [...chosen].map(({ point }) => point);
}

function recordOf({ key: _key, parents, ...trial }: Trial, at: number): TrialRecord {
  return { ...trial, at, parents: [...parents] };
}

function nothingMeasured({ name }: Domain, trials: readonly Trial[]): OmegaError {
  const why = trials.find(({ error }) => error !== null)?.error ?? 'the budget was over before.';
  const message = `No setting of ${name} could be measured: ${why} Give it a larger budget, or look at omega health.`;
  return new OmegaError('UNAVAILABLE', message, { retryable: true });
}
