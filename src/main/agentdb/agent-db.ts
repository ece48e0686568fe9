import { embeddingDimensions } from '#main/acceleration/embeddings/model-files.ts';
import { RememberedTexts } from '#main/acceleration/embeddings/remembered-texts.ts';
import type { VectorIndex } from '#main/acceleration/vectors/vector-index.ts';
import type { Clock } from '#main/core/clock.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import { type Live, livePart } from '#main/core/live.ts';
import { createMetrics, type Metrics } from '#main/core/metrics/metrics.ts';
import type { Storage } from '#main/storage/storage.ts';
import type { VectorRecord } from '#main/storage/vectors/vector-rows.ts';
import type {
  CausalEffect,
  CausalPath,
  CausalPathQuery,
  NewCausalEdge,
} from '#shared/agentdb-causes.ts';
import type {
  EpisodeFilter,
  EpisodeQuery,
  EpisodeTotals,
  NewEpisode,
} from '#shared/agentdb-episodes.ts';
import type {
  NewSkill,
  Skill,
  SkillList,
  SkillName,
  SkillQuery,
  SkillUse,
} from '#shared/agentdb-skills.ts';
import type {
  CollectionSummary,
  NewVector,
  VectorName,
  VectorQuery,
} from '#shared/agentdb-vectors.ts';
import type { RuntimeEvent } from '#shared/events.ts';
import type { AgentdbSettings } from '#shared/settings/agentdb-settings.ts';
import { Causes } from './causes/causes.ts';
import { Episodes, type Recalled } from './episodes.ts';
import { type EmbedText, Meanings } from './meanings.ts';
import { type FoundSkills, type MadeSkill, Skills } from './skills.ts';
import { Vectors, type VectorsFound } from './vectors.ts';

/** What {@link AgentDb} is opened with. */
export type AgentDbOptions = {
  readonly storage: Storage;
  /** The index over `storage.vectors` that runs now; throws where none does. */
  readonly vectors: () => VectorIndex;
  readonly embed: EmbedText;
  readonly settings: Live<AgentdbSettings>;
  readonly clock: Clock;
  readonly emit: (event: RuntimeEvent) => void;
  /** Where counters are kept; a registry of its own where absent. Takes one only. */
  readonly metrics?: Metrics;
};

/**
 * What agents keep: vectors in collections, episodes with what came of them, skills with how they
 * did, and causes whose effects are estimated from the episodes. Every input is parsed: what is wrong
 * with it is an `INVALID_INPUT` that says where, and nothing is written then.
 */
export class AgentDb implements AsyncResource {
  readonly #storage: Storage;
  readonly #texts: RememberedTexts;
  readonly #vectors: Vectors;
  readonly #episodes: Episodes;
  readonly #skills: Skills;
  readonly #causes: Causes;

  constructor({ storage, vectors, embed, settings, clock, emit, metrics }: AgentDbOptions) {
    this.#storage = storage;
    this.#texts = new RememberedTexts({
      embed,
      size: livePart(settings, ({ cacheSize }) => cacheSize),
      metrics: metrics ?? createMetrics(),
    });
    const remembered: EmbedText = (text, signal) => this.#texts.embed(text, signal);
    const dimensions = embeddingDimensions;
    const part = (collection: string) => ({
      meanings: new Meanings({
        ...{ vectors, collection, dimensions, embedQuery: remembered, embedNew: embed },
      }),
      ...{ storage, clock, emit },
    });
    this.#vectors = new Vectors({
      ...{ vectors, store: storage.vectors, embed: remembered, emit },
      dimension: () => settings.current.dimension,
      newId: () => clock.id(),
    });
    this.#episodes = new Episodes(part('episodes'));
    this.#skills = new Skills(part('skills'));
    this.#causes = new Causes(storage, clock, emit);
  }

  /** See {@link Vectors.store}. */
  storeVector(input: NewVector): Promise<{ readonly id: string }> {
    return this.#vectors.store(input);
  }

  /** See {@link Vectors.search}. */
  searchVectors(input: VectorQuery, signal?: AbortSignal): Promise<VectorsFound> {
    return this.#vectors.search(input, signal);
  }

  /** A vector as it was put in, or null. */
  async getVector(input: VectorName): Promise<VectorRecord | null> {
    return this.#vectors.get(input);
  }

  /** Deletes a vector; whether it was there. */
  deleteVector(input: VectorName): Promise<{ readonly deleted: boolean }> {
    return this.#vectors.remove(input);
  }

  /** See {@link Vectors.collections}. */
  async listCollections(): Promise<readonly CollectionSummary[]> {
    return this.#vectors.collections();
  }

  /** See {@link Episodes.store}. */
  storeEpisode(
    input: NewEpisode,
    signal?: AbortSignal,
  ): Promise<{ readonly id: string; readonly degraded: string | null }> {
    return this.#episodes.store(input, signal);
  }

  /** See {@link Episodes.recall}. */
  recallEpisodes(input: EpisodeQuery, signal?: AbortSignal): Promise<Recalled> {
    return this.#episodes.recall(input, signal);
  }

  /** What the episodes that match came to. */
  async analyzeEpisodes(input: EpisodeFilter = {}): Promise<EpisodeTotals> {
    return this.#episodes.analyze(input);
  }

  /** See {@link Skills.create}. */
  createSkill(input: NewSkill, signal?: AbortSignal): Promise<MadeSkill> {
    return this.#skills.create(input, signal);
  }

  /** See {@link Skills.search}. */
  searchSkills(input: SkillQuery, signal?: AbortSignal): Promise<FoundSkills> {
    return this.#skills.search(input, signal);
  }

  /** Counts a use of a version. Fails with `NOT_FOUND` where there is none of that id. */
  async recordSkillUse(input: SkillUse): Promise<Skill> {
    return this.#skills.use(input);
  }

  /** One version of a skill, or null. */
  async getSkill(input: SkillName): Promise<Skill | null> {
    return this.#skills.get(input);
  }

  /** Every version of a name, newest first, or the latest of each name. */
  async listSkills(input: SkillList = {}): Promise<readonly Skill[]> {
    return this.#skills.list(input);
  }

  /** See {@link Causes.add}. */
  async addCausalEdge(input: NewCausalEdge): Promise<CausalEffect> {
    return this.#causes.add(input);
  }

  /** See {@link Causes.effects}. */
  async causalEffects(cause: string, signal?: AbortSignal): Promise<readonly CausalEffect[]> {
    return this.#causes.effects(cause, signal);
  }

  /** See {@link Causes.path}. */
  async causalPath(input: CausalPathQuery, signal?: AbortSignal): Promise<CausalPath | null> {
    return this.#causes.path(input, signal);
  }

  /** Embeds episodes and skills that wait for it; how many it could. Fails with `CANCELLED`. */
  async embedWaiting(signal: AbortSignal): Promise<number> {
    return (await this.#episodes.embedWaiting(signal)) + (await this.#skills.embedWaiting(signal));
  }

  /** Has episodes and skills embedded anew: their vectors are another model's. How many had one. */
  embedAgain(): number {
    const { episodes, skills } = this.#storage;
    return episodes.embedAgain() + skills.embedAgain();
  }

  /** Reads each table once; throws what keeps it from being read. */
  async check(): Promise<void> {
    this.#episodes.analyze({ from: Number.MAX_SAFE_INTEGER });
    this.#skills.list({ limit: 1 });
    await this.#causes.effects('check');
    this.#vectors.get({ id: 'check' });
  }

  /** Gives back memory that is only held to be fast; how many things were forgotten. */
  shrink(): number {
    return this.#texts.shrink() + this.#causes.shrink();
  }

  dispose(): void {
    this.#texts.dispose();
  }
}
