import { z } from 'zod';
import {
  type CausalEffect,
  type CausalPath,
  causalPathSchema,
  newCausalEdgeSchema,
} from './agentdb-causes.ts';
import {
  type EpisodeTotals,
  episodeFilterSchema,
  episodeQuerySchema,
  newEpisodeSchema,
  type RecalledEpisode,
} from './agentdb-episodes.ts';
import { label } from './agentdb-fields.ts';
import {
  type FoundSkill,
  newSkillSchema,
  type Skill,
  skillListSchema,
  skillNameSchema,
  skillQuerySchema,
  skillUseSchema,
} from './agentdb-skills.ts';
import {
  type CollectionSummary,
  type FoundVector,
  newVectorSchema,
  vectorNameSchema,
  vectorQuerySchema,
} from './agentdb-vectors.ts';

/** The inputs of the contract's routes on vectors, episodes, skills and causes. */
export const agentdbRouteInputs = {
  'vector.store': newVectorSchema,
  'vector.search': vectorQuerySchema,
  'vector.get': vectorNameSchema,
  'vector.delete': vectorNameSchema,
  'vector.collections': z.object({}).strict(),
  'episode.store': newEpisodeSchema,
  'episode.recall': episodeQuerySchema,
  'episode.totals': episodeFilterSchema,
  'skill.create': newSkillSchema,
  'skill.search': skillQuerySchema,
  'skill.use': skillUseSchema,
  'skill.list': skillListSchema,
  'skill.get': skillNameSchema,
  'causal.add': newCausalEdgeSchema,
  'causal.effects': z.object({ cause: label }).strict(),
  'causal.path': causalPathSchema,
} as const;

/** What those routes answer; `degraded` says what an answer lacks and why, or is null. */
export type AgentdbRouteOutputs = {
  'vector.store': { readonly id: string };
  'vector.search': { readonly hits: readonly FoundVector[]; readonly degraded: string | null };
  /** As it was put in, or null; numbers as JSON has them. */
  'vector.get': {
    readonly id: string;
    readonly vector: readonly number[];
    readonly metadata: Readonly<Record<string, unknown>>;
  } | null;
  'vector.delete': { readonly deleted: boolean };
  'vector.collections': readonly CollectionSummary[];
  'episode.store': { readonly id: string; readonly degraded: string | null };
  'episode.recall': {
    readonly episodes: readonly RecalledEpisode[];
    readonly degraded: string | null;
  };
  'episode.totals': EpisodeTotals;
  /** `created` is false where the latest version has the same content. */
  'skill.create': {
    readonly skill: Skill;
    readonly created: boolean;
    readonly degraded: string | null;
  };
  'skill.search': { readonly skills: readonly FoundSkill[]; readonly degraded: string | null };
  'skill.use': Skill;
  'skill.list': readonly Skill[];
  'skill.get': Skill | null;
  'causal.add': CausalEffect;
  'causal.effects': readonly CausalEffect[];
  'causal.path': CausalPath | null;
};
