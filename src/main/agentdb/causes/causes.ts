import { setImmediate as breathe } from 'node:timers/promises';
import { throwIfCancelled } from '#main/core/abort.ts';
import type { Clock } from '#main/core/clock.ts';
import { parseInput } from '#main/core/parse-input.ts';
import type { Edge } from '#main/storage/agentdb/causal-store.ts';
import type { Storage } from '#main/storage/storage.ts';
import {
  type CausalEffect,
  type CausalPath,
  type CausalPathQuery,
  causalPathSchema,
  type NewCausalEdge,
  newCausalEdgeSchema,
} from '#shared/agentdb-causes.ts';
import { label } from '#shared/agentdb-fields.ts';
import { OmegaError } from '#shared/error.ts';
import type { RuntimeEvent } from '#shared/events.ts';
import { bestPath } from './best-path.ts';
import { estimateUplift, type Uplift } from './uplift.ts';

/** Edges that are kept at most. */
const maxEdges = 10_000;

/** An estimate, and the key of the newest episode that it is from. */
type Estimated = { readonly uplift: Uplift; readonly upto: number };

/** Which causes have which effects, by what the stored episodes say when it is asked. */
export class Causes {
  readonly #storage: Storage;
  readonly #clock: Clock;
  readonly #emit: (event: RuntimeEvent) => void;
  readonly #estimated = new Map<string, Estimated>();

  constructor(storage: Storage, clock: Clock, emit: (event: RuntimeEvent) => void) {
    this.#storage = storage;
    this.#clock = clock;
    this.#emit = emit;
  }

  /** Notes a cause and its effect, and says what is known of them; noting them again does nothing. */
  add(input: NewCausalEdge): CausalEffect {
    const { cause, effect } = parseInput(newCausalEdgeSchema, 'addCausalEdge', input);
    const { causes } = this.#storage;
    if (causes.size >= maxEdges && !causes.has(cause, effect)) {
      const message = `There are ${maxEdges} causal edges; more are not kept. Use broader labels.`;
      throw new OmegaError('REFUSED', message);
    }
    const isNew = causes.add(cause, effect, this.#clock.now());
    if (isNew) this.#emit({ type: 'causal.added', cause, effect });
    return this.#estimate({ cause, effect });
  }

  /** The effects of a cause: those that it surely has most of first, those that nothing is known of last. */
  effects(input: string, signal?: AbortSignal): Promise<readonly CausalEffect[]> {
    return this.#effects(parseInput(label, 'causalEffects', input), signal);
  }

  /** See {@link bestPath}. */
  path(input: CausalPathQuery, signal?: AbortSignal): Promise<CausalPath | null> {
    const { from, to, maxDepth } = parseInput(causalPathSchema, 'causalPath', input);
    return bestPath((cause) => this.#effects(cause, signal), from, to, maxDepth);
  }

  /** Forgets estimates, which are made anew when they are asked for; how many there were. */
  shrink(): number {
    const { size } = this.#estimated;
    this.#estimated.clear();
    return size;
  }

  async #effects(cause: string, signal?: AbortSignal): Promise<readonly CausalEffect[]> {
    const effects: CausalEffect[] = [];
    for (const edge of this.#storage.causes.from(cause)) {
      throwIfCancelled(signal);
      effects.push(this.#estimate(edge));
      await breathe();
    }
    const low = (effect: CausalEffect): number => effect.low ?? Number.NEGATIVE_INFINITY;
    // Two that are unknown are neither before the other: infinities have no difference.
    return effects.sort((one, other) => (low(one) === low(other) ? 0 : low(other) - low(one)));
  }

  /** The estimate from all episodes: the last one, where none came since. */
  #estimate({ cause, effect }: Edge): CausalEffect {
    const key = JSON.stringify([cause, effect]);
    const known = this.#estimated.get(key);
    if (known && known.upto === this.#storage.causes.lastEpisode) {
      return { cause, effect, ...known.uplift };
    }
    const { upto, ...sums } = this.#storage.causes.sums(cause, effect);
    const uplift = estimateUplift(effect === 'reward' ? 'mean' : 'share', sums);
    // Not in the store: what is only read must not have to wait until it can be written.
    this.#estimated.set(key, { uplift, upto });
    return { cause, effect, ...uplift };
  }
}
