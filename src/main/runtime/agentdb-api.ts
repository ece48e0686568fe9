import type { AgentDb } from '#main/agentdb/agent-db.ts';
import { GuardedApi, type Input, type Of } from './guarded-api.ts';
import { operations as named } from './operations.ts';

/** The operations on vectors, episodes, skills and causes, each through the guard of AgentDB. */
export abstract class AgentDbApi extends GuardedApi {
  /** See {@link AgentDb.storeVector}. */
  storeVector(
    input: Input<AgentDb['storeVector']>,
    signal?: AbortSignal,
  ): Of<AgentDb, 'storeVector'> {
    return this.call(named.storeVector, signal, () => this.#agentdb.storeVector(input));
  }

  /** See {@link AgentDb.searchVectors}. */
  searchVectors(
    input: Input<AgentDb['searchVectors']>,
    signal?: AbortSignal,
  ): Of<AgentDb, 'searchVectors'> {
    return this.degradable(named.searchVectors, signal, (own) =>
      this.#agentdb.searchVectors(input, own),
    );
  }

  /** See {@link AgentDb.getVector}. */
  getVector(input: Input<AgentDb['getVector']>, signal?: AbortSignal): Of<AgentDb, 'getVector'> {
    return this.call(named.getVector, signal, () => this.#agentdb.getVector(input));
  }

  /** See {@link AgentDb.deleteVector}. */
  deleteVector(
    input: Input<AgentDb['deleteVector']>,
    signal?: AbortSignal,
  ): Of<AgentDb, 'deleteVector'> {
    return this.call(named.deleteVector, signal, () => this.#agentdb.deleteVector(input));
  }

  /** See {@link AgentDb.listCollections}. */
  listCollections(signal?: AbortSignal): Of<AgentDb, 'listCollections'> {
    return this.call(named.listCollections, signal, () => this.#agentdb.listCollections());
  }

  /** See {@link AgentDb.storeEpisode}. */
  storeEpisode(
    input: Input<AgentDb['storeEpisode']>,
    signal?: AbortSignal,
  ): Of<AgentDb, 'storeEpisode'> {
    return this.degradable(named.storeEpisode, signal, (own) =>
      this.#agentdb.storeEpisode(input, own),
    );
  }

  /** See {@link AgentDb.recallEpisodes}. */
  recallEpisodes(
    input: Input<AgentDb['recallEpisodes']>,
    signal?: AbortSignal,
  ): Of<AgentDb, 'recallEpisodes'> {
    return this.degradable(named.recallEpisodes, signal, (own) =>
      this.#agentdb.recallEpisodes(input, own),
    );
  }

  /** See {@link AgentDb.analyzeEpisodes}. */
  analyzeEpisodes(
    input?: Input<AgentDb['analyzeEpisodes']>,
    signal?: AbortSignal,
  ): Of<AgentDb, 'analyzeEpisodes'> {
    return this.call(named.analyzeEpisodes, signal, () => this.#agentdb.analyzeEpisodes(input));
  }

  /** See {@link AgentDb.createSkill}. */
  createSkill(
    input: Input<AgentDb['createSkill']>,
    signal?: AbortSignal,
  ): Of<AgentDb, 'createSkill'> {
    return this.degradable(named.createSkill, signal, (own) =>
      this.#agentdb.createSkill(input, own),
    );
  }

  /** See {@link AgentDb.searchSkills}. */
  searchSkills(
    input: Input<AgentDb['searchSkills']>,
    signal?: AbortSignal,
  ): Of<AgentDb, 'searchSkills'> {
    return this.degradable(named.searchSkills, signal, (own) =>
      this.#agentdb.searchSkills(input, own),
    );
  }

  /** See {@link AgentDb.recordSkillUse}. */
  recordSkillUse(
    input: Input<AgentDb['recordSkillUse']>,
    signal?: AbortSignal,
  ): Of<AgentDb, 'recordSkillUse'> {
    return this.call(named.recordSkillUse, signal, () => this.#agentdb.recordSkillUse(input));
  }

  /** See {@link AgentDb.getSkill}. */
  getSkill(input: Input<AgentDb['getSkill']>, signal?: AbortSignal): Of<AgentDb, 'getSkill'> {
    return this.call(named.getSkill, signal, () => this.#agentdb.getSkill(input));
  }

  /** See {@link AgentDb.listSkills}. */
  listSkills(
    input?: Input<AgentDb['listSkills']>,
    signal?: AbortSignal,
  ): Of<AgentDb, 'listSkills'> {
    return this.call(named.listSkills, signal, () => this.#agentdb.listSkills(input));
  }

  /** See {@link AgentDb.addCausalEdge}. */
  addCausalEdge(
    input: Input<AgentDb['addCausalEdge']>,
    signal?: AbortSignal,
  ): Of<AgentDb, 'addCausalEdge'> {
    return this.call(named.addCausalEdge, signal, () => this.#agentdb.addCausalEdge(input));
  }

  /** See {@link AgentDb.causalEffects}. */
  causalEffects(cause: string, signal?: AbortSignal): Of<AgentDb, 'causalEffects'> {
    return this.call(named.causalEffects, signal, (own) => this.#agentdb.causalEffects(cause, own));
  }

  /** See {@link AgentDb.causalPath}. */
  causalPath(input: Input<AgentDb['causalPath']>, signal?: AbortSignal): Of<AgentDb, 'causalPath'> {
    return this.call(named.causalPath, signal, (own) => this.#agentdb.causalPath(input, own));
  }

  get #agentdb(): AgentDb {
    return this.runtime.parts.agentdb.running.current;
  }
}
