import type { AgentDb } from '#main/agentdb/agent-db.ts';
import type { SubscribeOptions } from '#main/core/events/event-bus.ts';
import { runtimeMetrics } from '#main/core/metrics/runtime-metrics.ts';
import type { Memories } from '#main/memory/memories.ts';
import { OmegaError } from '#shared/error.ts';
import type { RuntimeHealth, RuntimeMetrics, StopReport } from '#shared/runtime.ts';
import type { OmegaRuntime } from './omega-runtime.ts';
import { operations as named, type Operation } from './operations.ts';

type Input<F> = F extends (input: infer I, signal?: AbortSignal) => unknown ? I : never;
type Output<F> = F extends (...args: never[]) => Promise<infer O> ? Promise<O> : never;
type Of<Part, Method extends keyof Part> = Output<Part[Method]>;

/**
 * Every operation of the runtime, in one place. Each call passes one guard (see `Calls`): it fails
 * with `NOT_RUNNING`, `CIRCUIT_OPEN`, `TIMEOUT`, `SUBSYSTEM_DEGRADED` (a write that cannot be kept),
 * `INVALID_INPUT`, or what the operation says. An answer whose `degraded` is a text was found with
 * less than the runtime has, and says why.
 */
export class OmegaApi {
  readonly #runtime: OmegaRuntime;

  constructor(runtime: OmegaRuntime) {
    this.#runtime = runtime;
  }

  /** See {@link Memories.store}. */
  storeMemory(input: Input<Memories['store']>, signal?: AbortSignal): Of<Memories, 'store'> {
    return this.#degradable(named.storeMemory, signal, (own) => this.#memory.store(input, own));
  }

  /** See {@link Memories.storeMany}. */
  storeMemories(
    inputs: Input<Memories['storeMany']>,
    signal?: AbortSignal,
  ): Of<Memories, 'storeMany'> {
    return this.#call(named.storeMemories, signal, (own) => this.#memory.storeMany(inputs, own));
  }

  /** See {@link Memories.query}. `QueryBuilder` helps to write the query. */
  queryMemories(input: Input<Memories['query']>, signal?: AbortSignal): Of<Memories, 'query'> {
    return this.#degradable(named.queryMemories, signal, (own) => this.#memory.query(input, own));
  }

  /** See {@link Memories.get}. */
  getMemory(id: string, signal?: AbortSignal): Of<Memories, 'get'> {
    return this.#call(named.getMemory, signal, () => this.#memory.get(id));
  }

  /** See {@link Memories.update}. */
  updateMemory(
    id: string,
    change: Parameters<Memories['update']>[1],
    signal?: AbortSignal,
  ): Of<Memories, 'update'> {
    return this.#degradable(named.updateMemory, signal, (own) =>
      this.#memory.update(id, change, own),
    );
  }

  /** See {@link Memories.remove}. */
  deleteMemory(id: string, signal?: AbortSignal): Of<Memories, 'remove'> {
    return this.#call(named.deleteMemory, signal, () => this.#memory.remove(id));
  }

  /** See {@link Memories.consolidate}. */
  consolidate(signal?: AbortSignal): Of<Memories, 'consolidate'> {
    return this.#call(named.consolidate, signal, (own) => this.#memory.consolidate(own));
  }

  /** See {@link AgentDb.storeVector}. */
  storeVector(
    input: Input<AgentDb['storeVector']>,
    signal?: AbortSignal,
  ): Of<AgentDb, 'storeVector'> {
    return this.#call(named.storeVector, signal, () => this.#agentdb.storeVector(input));
  }

  /** See {@link AgentDb.searchVectors}. */
  searchVectors(
    input: Input<AgentDb['searchVectors']>,
    signal?: AbortSignal,
  ): Of<AgentDb, 'searchVectors'> {
    return this.#degradable(named.searchVectors, signal, (own) =>
      this.#agentdb.searchVectors(input, own),
    );
  }

  /** See {@link AgentDb.getVector}. */
  getVector(input: Input<AgentDb['getVector']>, signal?: AbortSignal): Of<AgentDb, 'getVector'> {
    return this.#call(named.getVector, signal, () => this.#agentdb.getVector(input));
  }

  /** See {@link AgentDb.deleteVector}. */
  deleteVector(
    input: Input<AgentDb['deleteVector']>,
    signal?: AbortSignal,
  ): Of<AgentDb, 'deleteVector'> {
    return this.#call(named.deleteVector, signal, () => this.#agentdb.deleteVector(input));
  }

  /** See {@link AgentDb.storeEpisode}. */
  storeEpisode(
    input: Input<AgentDb['storeEpisode']>,
    signal?: AbortSignal,
  ): Of<AgentDb, 'storeEpisode'> {
    return this.#degradable(named.storeEpisode, signal, (own) =>
      this.#agentdb.storeEpisode(input, own),
    );
  }

  /** See {@link AgentDb.recallEpisodes}. */
  recallEpisodes(
    input: Input<AgentDb['recallEpisodes']>,
    signal?: AbortSignal,
  ): Of<AgentDb, 'recallEpisodes'> {
    return this.#degradable(named.recallEpisodes, signal, (own) =>
      this.#agentdb.recallEpisodes(input, own),
    );
  }

  /** See {@link AgentDb.createSkill}. */
  createSkill(
    input: Input<AgentDb['createSkill']>,
    signal?: AbortSignal,
  ): Of<AgentDb, 'createSkill'> {
    return this.#degradable(named.createSkill, signal, (own) =>
      this.#agentdb.createSkill(input, own),
    );
  }

  /** See {@link AgentDb.searchSkills}. */
  searchSkills(
    input: Input<AgentDb['searchSkills']>,
    signal?: AbortSignal,
  ): Of<AgentDb, 'searchSkills'> {
    return this.#degradable(named.searchSkills, signal, (own) =>
      this.#agentdb.searchSkills(input, own),
    );
  }

  /** See {@link AgentDb.recordSkillUse}. */
  recordSkillUse(
    input: Input<AgentDb['recordSkillUse']>,
    signal?: AbortSignal,
  ): Of<AgentDb, 'recordSkillUse'> {
    return this.#call(named.recordSkillUse, signal, () => this.#agentdb.recordSkillUse(input));
  }

  /** See {@link AgentDb.addCausalEdge}. */
  addCausalEdge(
    input: Input<AgentDb['addCausalEdge']>,
    signal?: AbortSignal,
  ): Of<AgentDb, 'addCausalEdge'> {
    return this.#call(named.addCausalEdge, signal, () => this.#agentdb.addCausalEdge(input));
  }

  /** See {@link AgentDb.causalEffects}. */
  causalEffects(cause: string, signal?: AbortSignal): Of<AgentDb, 'causalEffects'> {
    return this.#call(named.causalEffects, signal, (own) =>
      this.#agentdb.causalEffects(cause, own),
    );
  }

  /** See {@link AgentDb.causalPath}. */
  causalPath(input: Input<AgentDb['causalPath']>, signal?: AbortSignal): Of<AgentDb, 'causalPath'> {
    return this.#call(named.causalPath, signal, (own) => this.#agentdb.causalPath(input, own));
  }

  /** Fails with `NOT_AVAILABLE`: this version has no loops. */
  async executeLoopCycle(type: string, input: unknown): Promise<never> {
    void [type, input];
    throw notAvailable('Loops');
  }

  /** Fails with `NOT_AVAILABLE`: this version makes no intelligences. */
  async createIntelligence(spec: unknown): Promise<never> {
    void spec;
    throw notAvailable('Intelligences');
  }

  /** Fails with `NOT_AVAILABLE`: this version has no intelligences. */
  async listIntelligences(): Promise<never> {
    throw notAvailable('Intelligences');
  }

  /** How the runtime and its parts are; answered in every state. */
  getRuntimeHealth(): RuntimeHealth {
    return this.#runtime.health();
  }

  /** What was counted since the runtime was made; answered in every state. */
  getMetrics(): RuntimeMetrics {
    return runtimeMetrics(this.#runtime.operations);
  }

  /** What happens from now on, or from an earlier number, at the reader's own pace. */
  subscribeEvents(options?: SubscribeOptions): ReturnType<OmegaRuntime['bus']['subscribe']> {
    return this.#runtime.bus.subscribe(options);
  }

  /** Stops the runtime; what each part came to. */
  shutdown(): Promise<StopReport> {
    return this.#runtime.stop();
  }

  get #memory(): Memories {
    return this.#runtime.parts.memory.running.current;
  }

  get #agentdb(): AgentDb {
    return this.#runtime.parts.agentdb.running.current;
  }

  #call<T>(
    operation: Operation,
    signal: AbortSignal | undefined,
    task: (own: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.#runtime.calls.run(operation, task, signal);
  }

  /** Like {@link #call}; an answer that came from a fallback has the parts tried at once. */
  async #degradable<T extends { readonly degraded: string | null }>(
    operation: Operation,
    signal: AbortSignal | undefined,
    task: (own: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const answer = await this.#runtime.calls.run(operation, task, signal);
    if (answer.degraded !== null) this.#runtime.suspect();
    return answer;
  }
}

function notAvailable(what: string): OmegaError {
  const message = `${what} are not part of this version of Omega yet.`;
  return new OmegaError('NOT_AVAILABLE', message);
}
