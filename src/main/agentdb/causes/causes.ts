import { setImmediate as breathe } from 'node:timers/promises';
import { z } from 'zod';
import { throwIfCancelled } from '#main/core/abort.ts';
import type { Clock } from '#main/core/clock.ts';
import { systemCode } from '#main/core/file-error.ts';
import { parseInput } from '#main/core/parse-input.ts';
import type { EdgeRow } from '#main/storage/agentdb/causal-store.ts';
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

const bound = z.number().min(-1).max(1).nullable();
const estimateSchema = z.object({
  uplift: bound,
  low: bound,
  high: bound,
  withCause: z.number(),
  withoutCause: z.number(),
  byTask: z.boolean(),
});

/** Which causes have which effects, by what the stored episodes say when it is asked. */
export class Causes {
  readonly #storage: Storage;
  readonly #clock: Clock;
  readonly #emit: (event: RuntimeEvent) => void;

  constructor(storage: Storage, clock: Clock, emit: (event: RuntimeEvent) => void) {
    this.#storage = storage;
    this.#clock = clock;
    this.#emit = emit;
  }

  /** Notes a cause and its effect, and says what is known of them; noting them again does nothing. */
  add(input: NewCausalEdge): CausalEffect {
    const { cause, effect } = parseInput(newCausalEdgeSchema, 'addCausalEdge', input);
    const { causes } = this.#storage;
    if (causes.size >= maxEdges && !causes.get(cause, effect)) {
      const message = `There are ${maxEdges} causal edges; more are not kept. Use broader labels.`;
      throw new OmegaError('REFUSED', message);
    }
    const isNew = causes.add(cause, effect, this.#clock.now());
    const row = causes.get(cause, effect);
    if (!row) throw new Error('A causal edge was added and is not there.');
    if (isNew) this.#emit({ type: 'causal.added', cause, effect });
    return this.#estimate(row);
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

  async #effects(cause: string, signal?: AbortSignal): Promise<readonly CausalEffect[]> {
    const effects: CausalEffect[] = [];
    for (const row of this.#storage.causes.from(cause)) {
      throwIfCancelled(signal);
      const isStale = row.upto !== this.#storage.causes.lastEpisode;
      effects.push(this.#estimate(row));
      if (isStale) await breathe();
    }
    const low = (effect: CausalEffect): number => effect.low ?? Number.NEGATIVE_INFINITY;
    // Two that are unknown are neither before the other: infinities have no difference.
    return effects.sort((one, other) => (low(one) === low(other) ? 0 : low(other) - low(one)));
  }

  /** The estimate from all episodes: the one that is kept, where none came since. */
  #estimate(row: EdgeRow): CausalEffect {
    const { causes } = this.#storage;
    const { cause, effect } = row;
    if (row.upto === causes.lastEpisode) {
      const kept = parseEstimate(row.estimate);
      if (kept) return { cause, effect, ...kept };
    }
    const kind = effect === 'reward' ? 'mean' : 'share';
    const sums = causes.sums(cause, effect);
    const made = estimateUplift(kind, sums);
    this.#keep(row, made, sums.upto);
    return { cause, effect, ...made };
  }

  /** Keeps an estimate where the store takes it: one that cannot be written now can still be read. */
  #keep(row: EdgeRow, made: Uplift, upto: number): void {
    try {
      this.#storage.causes.keep(row, JSON.stringify(made), upto);
    } catch (error) {
      if (!systemCode(error).startsWith('SQLITE_')) throw error;
    }
  }
}

/** Reads an estimate; one that is damaged or of another version reads as none. */
function parseEstimate(text: string | null): Uplift | null {
  if (text === null) return null;
  try {
    return estimateSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
