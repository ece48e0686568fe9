import type { Clock } from '#main/core/clock.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import type { Live } from '#main/core/live.ts';
import { parseInput } from '#main/core/parse-input.ts';
import type { IntelligenceStore } from '#main/storage/intelligence-store.ts';
import type { Config, ConfigChange } from '#shared/config.ts';
import { OmegaError } from '#shared/error.ts';
import type { RuntimeEvent } from '#shared/events.ts';
import {
  type DomainName,
  type Intelligence,
  type IntelligenceSpec,
  type IntelligenceSpecInput,
  intelligenceSpecSchema,
  type TrialRecord,
} from '#shared/intelligence.ts';
import { Applications } from './applications.ts';
import { type Created, create } from './create.ts';
import type { Domain } from './domains/domain.ts';
import { fitnessOf } from './evaluate/fitness.ts';
import { isClearlyBetter } from './evaluate/measured.ts';
import { keepsConstraints } from './evaluate/rules.ts';

/** Intelligences of a domain that novelty is judged beside. */
const knownMost = 200;

/** What Meta-SONA stands on. */
export type MetaSonaOptions = {
  /** What can be tuned now: more than at the start, once the app is open. */
  readonly domains: () => readonly Domain[];
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
  readonly #closing = new AbortController();
  #searching: { readonly id: string; readonly end: AbortController } | null = null;
  #work: Promise<unknown> = Promise.resolve();

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
    const domain = this.#options.domains().find(({ name }) => name === spec.domain);
    if (!domain) {
      const message = `Nothing of the domain ${spec.domain} can be measured here.`;
      throw new OmegaError('NOT_AVAILABLE', message);
    }
    const odd = Object.keys(spec.constraints).find(
      (limit) => !domain.limits.includes(limit as never),
    );
    if (odd) {
      const message = `${odd} is not measured for ${spec.domain}; it has ${domain.limits.join(', ') || 'no limits'}.`;
      throw new OmegaError('INVALID_INPUT', message);
    }
    if (this.#searching) {
      const message =
        'Another search goes on, and two would measure each other; wait, or cancel it.';
      throw new OmegaError('REFUSED', message, { retryable: true });
    }
    const end = new AbortController();
    const begun = this.#begun(spec, domain);
    this.#searching = { id: begun.id, end };
    const all = [end.signal, this.#closing.signal, ...(signal ? [signal] : [])];
    const work = this.#search(begun, domain, AbortSignal.any(all), onTrial).finally(() => {
      this.#searching = null;
    });
    this.#work = work.catch(() => undefined);
    return work;
  }

  /** Ends the search that goes on; whether it was that one. */
  cancel(id: string): boolean {
    if (this.#searching?.id !== id) return false;
    this.#searching.end.abort();
    return true;
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
    const intelligence = this.#options.store.get(id);
    if (!intelligence) {
      throw new OmegaError(
        'NOT_FOUND',
        `There is no intelligence ${id}; omega intelligence list names them.`,
      );
    }
    return { intelligence, trials: this.#options.store.trials(id) };
  }

  /** Ends a search under way, and waits for it. */
  async dispose(): Promise<void> {
    this.#closing.abort();
    await this.#work;
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
      const made = ended(this.#judged(begun.spec, domain, created));
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

  /** The best that keeps all that was asked for; otherwise the best of all, refused. */
  #judged(spec: IntelligenceSpec, domain: Domain, created: Created): Partial<Intelligence> {
    const { ranked, before, tasks, evaluations, costUsd, trials } = created;
    const fits = ranked.find(
      (one) => one.quality >= spec.minCapability && keepsConstraints(one.figures, spec.constraints),
    );
    // Nothing that fits: the one that comes nearest to what was asked for.
    const best =
      fits ?? ranked.toSorted((a, b) => b.quality - a.quality || b.rulesKept - a.rulesKept)[0];
    if (!best) return { state: 'failed' };
    const key = domain.space.keyOf(best.point);
    const trial = trials.find((one) => one.key === key);
    const known = this.list(spec.domain, knownMost).flatMap((one) =>
      one.state === 'ready' && one.best ? [one.best.point] : [],
    );
    const others = before && before !== best ? [...known, before.point] : known;
    return {
      state: fits ? 'ready' : 'refused',
      tasks,
      best,
      before,
      isBetter: before !== null && before !== best && isClearlyBetter(best, before),
      fitness: fitnessOf(domain.space, best, before, others),
      generation: trial?.generation ?? 0,
      parents: [...(trial?.parents ?? [])],
      evaluations,
      costUsd,
    };
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

function notReached(made: Intelligence): OmegaError {
  const { minCapability, name } = made.spec;
  const { quality = 0, rulesKept = 0 } = made.best ?? {};
  const reached = `it does ${percent(quality)} of the work right and keeps ${percent(rulesKept)} of the rules`;
  const message = `${name} was not made: at least ${percent(minCapability)} and all rules were asked for, and of the best that was found ${reached}. Ask for less, or give it a larger budget.`;
  return new OmegaError('CAPABILITY_NOT_REACHED', message, {
    details: { id: made.id, best: made.best },
  });
}

function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10} %`;
}
