import { z } from 'zod';
import { id, label, share, time, vector, words } from './agentdb-fields.ts';

/** Something that was tried, and what came of it. */
export const newEpisodeSchema = z
  .object({
    /** One of ours where absent. */
    id: id.optional(),
    sessionId: id,
    /** What was to be done; episodes of one task are compared with each other first. */
    task: words,
    input: z.string().max(100_000).default(''),
    output: z.string().max(100_000).default(''),
    reward: share,
    success: z.boolean(),
    /** What to do otherwise next time. */
    critique: z.string().max(10_000).default(''),
    latencyMs: z.number().min(0).optional(),
    tokens: z.int().min(0).optional(),
    /** Conditions that held: `used:cache-mount`; causes and effects are estimated from them. */
    labels: z.array(label).max(64).default([]),
    /** Of the task and the critique, made from them where absent. */
    embedding: vector.optional(),
    /** When, in ms since 1970; now where absent. */
    at: time.optional(),
  })
  .strict();
/** See {@link newEpisodeSchema}. */
export type NewEpisode = z.input<typeof newEpisodeSchema>;

/** A stored episode. */
export type Episode = {
  readonly id: string;
  readonly sessionId: string;
  readonly task: string;
  readonly input: string;
  readonly output: string;
  readonly reward: number;
  readonly success: boolean;
  readonly critique: string;
  readonly latencyMs: number | null;
  readonly tokens: number | null;
  readonly labels: readonly string[];
  readonly at: number;
};

const episodeConditions = {
  sessionId: id.optional(),
  success: z.boolean().optional(),
  minReward: share.optional(),
  /** At or after, and before, in ms since 1970. */
  from: time.optional(),
  to: time.optional(),
};

/** Conditions on episodes; all must hold. */
export const episodeFilterSchema = z.object(episodeConditions).strict();
/** See {@link episodeFilterSchema}. */
export type EpisodeFilter = z.output<typeof episodeFilterSchema>;

/** Which episodes to recall. Without text or embedding the newest come first. */
export const episodeQuerySchema = z
  .object({
    text: words.optional(),
    embedding: vector.optional(),
    limit: z.int().min(1).max(1000).default(10),
    ...episodeConditions,
  })
  .strict();
/** See {@link episodeQuerySchema}. */
export type EpisodeQuery = z.input<typeof episodeQuerySchema>;

/** An episode that was recalled; `similarity` is the cosine, null where words or time found it. */
export type RecalledEpisode = { readonly episode: Episode; readonly similarity: number | null };

/** What episodes came to; means are null where there is nothing to take them of. */
export type EpisodeTotals = {
  readonly count: number;
  readonly successRate: number | null;
  readonly meanReward: number | null;
  readonly meanLatencyMs: number | null;
  readonly meanTokens: number | null;
};
