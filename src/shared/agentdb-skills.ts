import { z } from 'zod';
import { id, json, share, vector, words } from './agentdb-fields.ts';

const skillName = z.string().trim().min(1).max(200);

/** A skill to be kept; one of a name that is there becomes its next version. */
export const newSkillSchema = z
  .object({
    name: skillName,
    /** When to use it; this is what searches go by. */
    description: words,
    /** How to do it. */
    content: z.string().max(100_000).default(''),
    metadata: json.default({}),
    embedding: vector.optional(),
  })
  .strict();
/** See {@link newSkillSchema}. */
export type NewSkill = z.input<typeof newSkillSchema>;

/** A version of a skill, and how it did. Times are ms since 1970. */
export type Skill = {
  readonly id: string;
  readonly name: string;
  /** From 1. */
  readonly version: number;
  readonly description: string;
  readonly content: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
  readonly uses: number;
  readonly successes: number;
  /** How likely its next use succeeds, by its uses and, before them, those of the version before. */
  readonly worth: number;
  readonly meanReward: number | null;
  readonly meanLatencyMs: number | null;
  readonly lastUsedAt: number | null;
};

/** What a skill is wanted for. */
export const skillQuerySchema = z
  .object({
    text: words.optional(),
    embedding: vector.optional(),
    limit: z.int().min(1).max(100).default(10),
  })
  .strict()
  .refine((query) => (query.text === undefined) !== (query.embedding === undefined), {
    error: 'give either a text or an embedding',
  });
/** See {@link skillQuerySchema}. */
export type SkillQuery = z.input<typeof skillQuerySchema>;

/** A skill that was found; `score` orders the answer, `similarity` is null where words found it. */
export type FoundSkill = {
  readonly skill: Skill;
  readonly similarity: number | null;
  readonly score: number;
};

/** Names one version of a skill: by its id, or by its name and number; the latest where absent. */
export const skillNameSchema = z.union([
  z.object({ id }).strict(),
  z.object({ name: skillName, version: z.int().min(1).optional() }).strict(),
]);
/** See {@link skillNameSchema}. */
export type SkillName = z.input<typeof skillNameSchema>;

/** Which skills to list: every version of one name, newest first, or the latest of all names. */
export const skillListSchema = z
  .object({ name: skillName.optional(), limit: z.int().min(1).max(1000).default(100) })
  .strict();
/** See {@link skillListSchema}. */
export type SkillList = z.input<typeof skillListSchema>;

/** One use of a version of a skill. */
export const skillUseSchema = z
  .object({
    id,
    success: z.boolean(),
    reward: share.optional(),
    latencyMs: z.number().min(0).optional(),
  })
  .strict();
/** See {@link skillUseSchema}. */
export type SkillUse = z.input<typeof skillUseSchema>;
