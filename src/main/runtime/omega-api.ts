import type { SubscribeOptions } from '#main/core/events/event-bus.ts';
import { runtimeMetrics } from '#main/core/metrics/runtime-metrics.ts';
import type { Memories } from '#main/memory/memories.ts';
import type { RuntimeHealth, RuntimeMetrics, StopReport } from '#shared/runtime.ts';
import type { Input, Of } from './guarded-api.ts';
import { memoryId } from './memory-id.ts';
import { MetaSonaApi } from './meta-sona-api.ts';
import type { OmegaRuntime } from './omega-runtime.ts';
import { operations as named } from './operations.ts';

/**
 * Every operation of the runtime, in one place. Each call passes one guard (see `Calls`): it fails
 * with `NOT_RUNNING`, `CIRCUIT_OPEN`, `TIMEOUT`, `SUBSYSTEM_DEGRADED` (a write that cannot be kept),
 * `INVALID_INPUT`, or what the operation says. An answer whose `degraded` is a text was found with
 * less than the runtime has, and says why.
 */
export class OmegaApi extends MetaSonaApi {
  /** See {@link Memories.store}. */
  storeMemory(input: Input<Memories['store']>, signal?: AbortSignal): Of<Memories, 'store'> {
    return this.degradable(named.storeMemory, signal, (own) => this.#memory.store(input, own));
  }

  /** See {@link Memories.storeMany}. */
  storeMemories(
    inputs: Input<Memories['storeMany']>,
    signal?: AbortSignal,
  ): Of<Memories, 'storeMany'> {
    return this.call(named.storeMemories, signal, (own) => this.#memory.storeMany(inputs, own));
  }

  /** See {@link Memories.query}. `QueryBuilder` helps to write the query. */
  queryMemories(input: Input<Memories['query']>, signal?: AbortSignal): Of<Memories, 'query'> {
    return this.degradable(named.queryMemories, signal, (own) => this.#memory.query(input, own));
  }

  /** See {@link Memories.get}. */
  getMemory(id: string, signal?: AbortSignal): Of<Memories, 'get'> {
    return this.call(named.getMemory, signal, () => this.#memory.get(memoryId(id)));
  }

  /** See {@link Memories.update}. */
  updateMemory(
    id: string,
    change: Parameters<Memories['update']>[1],
    signal?: AbortSignal,
  ): Of<Memories, 'update'> {
    return this.degradable(named.updateMemory, signal, (own) =>
      this.#memory.update(memoryId(id), change, own),
    );
  }

  /** See {@link Memories.remove}. */
  deleteMemory(id: string, signal?: AbortSignal): Of<Memories, 'remove'> {
    return this.call(named.deleteMemory, signal, () => this.#memory.remove(memoryId(id)));
  }

  /** See {@link Memories.consolidate}. */
  consolidate(signal?: AbortSignal): Of<Memories, 'consolidate'> {
    return this.call(named.consolidate, signal, (own) => this.#memory.consolidate(own));
  }

  /** See {@link Memories.sizes}. */
  memorySizes(signal?: AbortSignal): Of<Memories, 'sizes'> {
    return this.call(named.memorySizes, signal, () => this.#memory.sizes());
  }

  /** How the runtime and its parts are; answered in every state. */
  getRuntimeHealth(): RuntimeHealth {
    return this.runtime.health();
  }

  /** What was counted since the runtime was made; answered in every state. */
  getMetrics(): RuntimeMetrics {
    return runtimeMetrics(this.runtime.operations);
  }

  /** What happens from now on, or from an earlier number, at the reader's own pace. */
  subscribeEvents(options?: SubscribeOptions): ReturnType<OmegaRuntime['bus']['subscribe']> {
    return this.runtime.bus.subscribe(options);
  }

  /** Stops the runtime; what each part came to. */
  shutdown(): Promise<StopReport> {
    return this.runtime.stop();
  }

  get #memory(): Memories {
    return this.runtime.parts.memory.running.current;
  }
}
