import { systemCode } from '#main/core/file-error.ts';
import { parseInput } from '#main/core/parse-input.ts';
import type { EpisodeStore } from '#main/storage/agentdb/episode-store.ts';
import type { FieldCondition, VectorFilter } from '#main/storage/vectors/vector-filter.ts';
import {
  type Episode,
  type EpisodeFilter,
  type EpisodeQuery,
  type EpisodeTotals,
  episodeFilterSchema,
  episodeQuerySchema,
  type NewEpisode,
  newEpisodeSchema,
  type RecalledEpisode,
} from '#shared/agentdb-episodes.ts';
import { OmegaError } from '#shared/error.ts';
import { catchUpRows, embedAll, type MeaningfulPart } from './meanings.ts';

/** What was recalled; `degraded` says why the answer may lack what is there, or is not by meaning. */
export type Recalled = {
  readonly episodes: readonly RecalledEpisode[];
  readonly degraded: string | null;
};

/** Reflexion (Shinn et al., NeurIPS 2023): what was tried, what came of it, and what to do otherwise. */
export class Episodes {
  readonly #part: MeaningfulPart;

  constructor(part: MeaningfulPart) {
    this.#part = part;
  }

  /**
   * Stores an episode and its vector together. Where it cannot be embedded now it is stored without,
   * found by its words, and embedded later. Throws `CONFLICT` where its id is there already.
   */
  async store(
    input: NewEpisode,
    signal?: AbortSignal,
  ): Promise<{ readonly id: string; readonly degraded: string | null }> {
    const { embedding, ...given } = parseInput(newEpisodeSchema, 'storeEpisode', input);
    const { clock, meanings, emit } = this.#part;
    const episode: Episode = {
      ...given,
      id: given.id ?? clock.id(),
      latencyMs: given.latencyMs ?? null,
      tokens: given.tokens ?? null,
      at: given.at ?? clock.now(),
    };
    const { id, task } = episode;
    const { vector, problem } = await meanings.ofStored(textOf(episode), embedding, signal);
    await this.#write(episode, vector);
    emit({ type: 'episode.stored', id, task });
    return { id, degraded: problem && `${problem} Until it is, its words alone find it.` };
  }

  /** The episodes that are most like what is asked, of those that match; without a wish the newest. */
  async recall(input: EpisodeQuery, signal?: AbortSignal): Promise<Recalled> {
    const asked = parseInput(episodeQuerySchema, 'recallEpisodes', input);
    const { text, embedding, limit, ...filter } = asked;
    if (text === undefined && embedding === undefined) {
      return { episodes: unranked(this.#store.newest(filter, limit)), degraded: null };
    }
    const { vector, problem } = await this.#part.meanings.ofAsked(text, embedding, signal);
    if (vector === null) {
      const found = this.#store.withWords(text ?? '', filter, limit);
      const degraded = `${problem} These were found by their words.`;
      return { episodes: unranked(found), degraded };
    }
    await this.#catchUp(signal);
    const conditions = vectorFilter(filter);
    const { hits, degraded } = await this.#part.meanings.find(vector, {
      k: limit,
      filter: conditions,
      signal,
    });
    const episodes = hits.flatMap(({ id, score }) => {
      const episode = this.#store.get(id);
      return episode ? [{ episode, similarity: score }] : [];
    });
    const { pending } = this.#store;
    const missing = pending === 0 ? null : `${pending} episodes are not embedded yet.`;
    return { episodes, degraded: degraded ?? missing };
  }

  /** What the episodes that match came to. */
  analyze(input: EpisodeFilter): EpisodeTotals {
    return this.#store.totals(parseInput(episodeFilterSchema, 'analyzeEpisodes', input));
  }

  get #store(): EpisodeStore {
    return this.#part.storage.episodes;
  }

  async #write(episode: Episode, vector: Float32Array | null): Promise<void> {
    const { id } = episode;
    const insert = (): void => this.#store.insert(episode, vector !== null);
    try {
      if (vector === null) this.#part.storage.transaction(insert);
      else await this.#part.meanings.write({ id, vector, metadata: keysOf(episode) }, insert);
    } catch (error) {
      if (systemCode(error) !== 'SQLITE_CONSTRAINT_UNIQUE') throw error;
      const message = `An episode with the id "${id}" is there already, and episodes do not change; store this one under another id.`;
      throw new OmegaError('CONFLICT', message, { cause: error });
    }
  }

  /** Embeds what was stored while the embedder was not to be had; how many it could. */
  embedWaiting(signal: AbortSignal): Promise<number> {
    return embedAll(
      () => this.#store.pending,
      () => this.#catchUp(signal),
    );
  }

  async #catchUp(signal: AbortSignal | undefined): Promise<void> {
    const waiting = this.#store.unembedded(catchUpRows).map((episode) => ({
      id: episode.id,
      text: textOf(episode),
      metadata: keysOf(episode),
      isDue: () => this.#store.isPending(episode.id),
      done: () => this.#store.setEmbedded(episode.id),
    }));
    await this.#part.meanings.catchUp(waiting, signal);
  }
}

function unranked(episodes: readonly Episode[]): readonly RecalledEpisode[] {
  return episodes.map((episode) => ({ episode, similarity: null }));
}

/** What an episode is recalled by. */
function textOf({ task, critique }: Episode): string {
  return `${task}\n${critique}`.trim();
}

/** What filters look at beside the vector. */
function keysOf({ sessionId, success, reward, at }: Episode) {
  return { sessionId, success, reward, at };
}

function vectorFilter({ sessionId, success, minReward, from, to }: EpisodeFilter): VectorFilter {
  const conditions: Record<string, FieldCondition> = {};
  if (sessionId !== undefined) conditions.sessionId = sessionId;
  if (success !== undefined) conditions.success = success;
  if (minReward !== undefined) conditions.reward = { from: minReward };
  if (from !== undefined || to !== undefined) conditions.at = { from, to };
  return conditions;
}
