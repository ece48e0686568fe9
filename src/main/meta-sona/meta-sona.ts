import type { Clock } from '#main/core/clock.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import type { Live } from '#main/core/live.ts';
import { parseInput } from '#main/core/parse-input.ts';
import type { IntelligenceStore } from '#main/storage/intelligence-store.ts';
import type { Config, ConfigChange } from '#shared/config.ts';
import { OmegaError } from '#shared/error.ts';
import type { RuntimeEvent } from '#shared/events.ts';
import {
  type CompareInput,
  type Comparison,
  compareInputSchema,
  type DomainName,
  type Intelligence,
  type IntelligenceSpec,
  type IntelligenceSpecInput,
  intelligenceSpecSchema,
  type TrialRecord,
} from '#shared/intelligence.ts';
import { Applications } from './applications.ts';
import { compare } from './compare.ts';
import { create } from './create.ts';
import type { Domain } from './domains/domain.ts';
import { judge, notReached } from './judge.ts';
import { OneMeasurement } from './one-measurement.ts';
import type { Point } from './space/dimension.ts';
import { type Watched, watch } from './watch.ts';

/** Intelligences of a domain that novelty is judged beside. */
const knownMost = 200;
/** Longest that one in force is compared with what was before it, in seconds. */
const watchSeconds = 20;
const comparisonsMost = 200;

/** What Meta-SONA stands on. */
export type MetaSonaOptions = {
  /** What can be tuned now: more than at the start, once the app is open. */
  readonly domains: () => Promise<readonly Domain[]>;
  readonly store: IntelligenceStore;
  readonly config: Live<Config>;
  /** Writes settings, all or none; null where nobody keeps any. */
  readonly setConfig: ((change: ConfigChange) => Promise<unknown>) | null;
  readonly clock: Clock;
  readonly emit: (event: RuntimeEvent) => void;
};

/**
 * Finds settings that are better by measurement, keeps them as intelligences, and puts them in force
 * and back. One search at a time: two would measure each other.
 */
export class MetaSona implements AsyncResource {
  readonly applications: Applications;
  readonly #options: MetaSonaOptions;
  readonly #measuring = new OneMeasurement();

  constructor(options: MetaSonaOptions) {
    this.#options = options;
    this.applications = new Applications(options);
    options.store.sweep(options.clock.now());
  }

  /**
   * Searches for what a spec asks for. Fails with `CAPABILITY_NOT_REACHED`, whose details hold the best
   * that was found and its id, `INVALID_INPUT`, `NOT_AVAILABLE` for a domain without anything to measure
   * with, `REFUSED` while another search goes on, or `CANCELLED`. Every search is kept, however it ends.
   */
  async createIntelligence(
    input: IntelligenceSpecInput,
    signal?: AbortSignal,
    onTrial?: (trial: TrialRecord) => void,
  ): Promise<Intelligence> {
    const spec = parseInput(intelligenceSpecSchema, 'createIntelligence', input);
    const domain = await this.#domain(spec.domain);
    const odd = Object.keys(spec.constraints).find(
      (limit) => !domain.limits.includes(limit as never),
    );
    if (odd) {
      const message = `${odd} is not measured for ${spec.domain}; it has ${domain.limits.join(', ') || 'no limits'}.`;
      throw new OmegaError('INVALID_INPUT', message);
    }
    const begun = this.#begun(spec, domain);
    return this.#measuring.run(begun.id, signal, (end) =>
      this.#search(begun, domain, end, onTrial),
    );
  }

  /**
   * Measures two intelligences of one domain in turn, on work that neither was found with. Fails with
   * `INVALID_INPUT` for two domains, and as {@link createIntelligence}.
   */
  async compare(input: CompareInput, signal?: AbortSignal): Promise<Comparison> {
    const { one, other, seconds } = parseInput(compareInputSchema, 'compareIntelligences', input);
    const [first, second] = [this.#get(one), this.#get(other)];
    if (first.spec.domain !== second.spec.domain) {
      throw new OmegaError('INVALID_INPUT', 'The two are of different domains.');
    }
    if (!first.best || !second.best) {
      throw new OmegaError('REFUSED', 'Only intelligences that were measured can be compared.');
    }
    return this.#compare(first, first.best.point, second.best.point, seconds, signal);
  }

  /** See {@link watch}. Nothing is watched while a search goes on. */
  async watch(signal: AbortSignal): Promise<readonly Watched[]> {
    if (this.#measuring.isBusy) return [];
    const { store, clock } = this.#options;
    const compare = ({ id, spec, best, before }: Intelligence, end: AbortSignal) => {
      // Nobody agreed to spend it again each day.
      const free = { ...spec, budget: { ...spec.budget, costUsd: 0 } };
      const own = { id, spec: free };
      return this.#compare(own, best?.point ?? {}, before?.point ?? {}, watchSeconds, end);
    };
    return watch({ applications: this.applications, store, clock, compare }, signal);
  }

  /** Ends the search that goes on; whether it was that one. */
  cancel(id: string): boolean {
    return this.#measuring.cancel(id);
  }

  /** The last intelligences, of a domain or of all, the newest first. */
  list(domain: DomainName | null = null, limit = 50): readonly Intelligence[] {
    return this.#options.store.list(domain, limit);
  }

  /** An intelligence, and the measurements that found it. Throws `NOT_FOUND`. */
  show(id: string): {
    readonly intelligence: Intelligence;
    readonly trials: readonly TrialRecord[];
  } {
    return { intelligence: this.#get(id), trials: this.#options.store.trials(id) };
  }

  /** Ends a search under way, and waits for it. */
  dispose(): Promise<void> {
    return this.#measuring.dispose();
  }

  async #compare(
    { id, spec }: Pick<Intelligence, 'id' | 'spec'>,
    one: Point,
    other: Point,
    seconds: number,
    signal: AbortSignal | undefined,
  ): Promise<Comparison> {
    const domain = await this.#domain(spec.domain);
    // Another seed than the search's draws other work.
    const budget = { ...spec.budget, seconds, evaluations: comparisonsMost };
    const own = { ...spec, seed: spec.seed + 1, budget };
    return this.#measuring.run(id, signal, (end) =>
      compare({ domain, spec: own, one, other }, end),
    );
  }

  async #domain(name: DomainName): Promise<Domain> {
    const domain = (await this.#options.domains()).find((one) => one.name === name);
    if (domain) return domain;
    throw new OmegaError('NOT_AVAILABLE', `Nothing of the domain ${name} can be measured here.`);
  }

  #get(id: string): Intelligence {
    const intelligence = this.#options.store.get(id);
    if (intelligence) return intelligence;
    const message = `There is no intelligence ${id}; omega intelligence list names them.`;
    throw new OmegaError('NOT_FOUND', message);
  }

  async #search(
    begun: Intelligence,
    domain: Domain,
    signal: AbortSignal,
    onTrial: ((trial: TrialRecord) => void) | undefined,
  ): Promise<Intelligence> {
    const { store, config, clock, emit } = this.#options;
    store.save(begun);
    let count = 0;
    let best: number | null = null;
    const note = (trial: TrialRecord): void => {
      store.addTrial(begun.id, { ...trial, at: count });
      count += 1;
      if (trial.score !== null) best = Math.max(best ?? trial.score, trial.score);
      const news = { id: begun.id, domain: domain.name, evaluations: count, best };
      emit({ type: 'intelligence.searched', ...news });
      onTrial?.(trial);
    };
    const ended = (end: Partial<Intelligence>): Intelligence => {
      const whole = { ...begun, evaluations: count, ...end, endedAt: clock.now() };
      store.save(whole);
      return whole;
    };
    try {
      const created = await create(
        { domain, spec: begun.spec, settings: config.current.metaSona, onTrial: note },
        signal,
      );
      const made = ended(judge(begun.spec, domain, created, this.#known(domain.name)));
      if (made.state !== 'ready') throw notReached(made);
      emit({ type: 'intelligence.created', id: made.id, domain: domain.name });
      return made;
    } catch (error) {
      if (error instanceof OmegaError && error.code === 'CAPABILITY_NOT_REACHED') throw error;
      const data =
        error instanceof OmegaError
          ? error
          : new OmegaError('INTERNAL', String(error), { cause: error });
      ended({ state: signal.aborted ? 'cancelled' : 'failed', error: data.toData() });
      throw data;
    }
  }

  /** Points of a domain that were found before. */
  #known(domain: DomainName): readonly Point[] {
    return this.list(domain, knownMost).flatMap(({ state, best }) =>
      state === 'ready' && best ? [best.point] : [],
    );
  }

  #begun(spec: IntelligenceSpec, { unit }: Domain): Intelligence {
    const { clock } = this.#options;
    return {
      ...{ id: clock.id(), state: 'searching', spec, createdAt: clock.now(), endedAt: null, unit },
      ...{ tasks: '', best: null, before: null, isBetter: false, fitness: null, generation: 0 },
      ...{ parents: [], evaluations: 0, costUsd: 0, error: null, applied: null },
    };
  }
}
