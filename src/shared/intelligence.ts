import { z } from 'zod';
import { errorDataSchema } from './error.ts';

/** What can be tuned; each has a space of settings and a measurement of its own. */
export const domainNames = ['vector-search', 'embedding', 'scheduler', 'generation'] as const;
/** One of {@link domainNames}. */
export type DomainName = (typeof domainNames)[number];

/** The least capability that a tuning asks for, where nobody says another: what a user of it counts on. */
export const usualCapability: Readonly<Record<DomainName, number>> = {
  'vector-search': 0.99,
  embedding: 0.9,
  scheduler: 0.9,
  generation: 0.7,
};

/** A setting of every parameter that exists for it, by name. */
export const pointSchema = z.record(z.string().max(60), z.union([z.string().max(200), z.number()]));

const budgetSchema = z
  .object({
    /** Measurements of candidates, those of the last comparison among them. */
    evaluations: z.int().min(1).max(10_000).default(60),
    seconds: z.number().min(0.1).max(86_400).default(120),
    /** US dollars that calls to models may cost; where it is 0 none that cost are made. */
    costUsd: z.number().min(0).max(10_000).default(0),
  })
  .strict();

const constraintsSchema = z
  .object({
    /** Longest that one piece of work may take, in ms. */
    latencyMs: z.number().positive().optional(),
    /** Most memory that it may take, in MB. */
    memoryMb: z.number().positive().optional(),
    /** Most that one piece of work may cost, in US dollars. */
    costUsd: z.number().min(0).optional(),
    /** Least share of the hardening rules that files have to keep, 0 to 1. */
    hardening: z.number().min(0).max(1).optional(),
  })
  .strict();
/** Limits that an intelligence has to keep. */
export type Constraints = z.infer<typeof constraintsSchema>;

/** What an intelligence is to be: where it is looked for, how good it has to be, and at what cost. */
export const intelligenceSpecSchema = z
  .object({
    name: z.string().trim().min(1).max(100),
    domain: z.enum(domainNames).default('embedding'),
    /** Least share of the held-out work that it has to do right, 0 to 1. */
    minCapability: z.number().min(0).max(1).default(0.7),
    seed: z.int().min(0).max(2_147_483_647).default(1),
    budget: budgetSchema.prefault({}),
    constraints: constraintsSchema.prefault({}),
  })
  .strict();
/** See {@link intelligenceSpecSchema}. */
export type IntelligenceSpec = z.infer<typeof intelligenceSpecSchema>;
/** A spec with what has a default left out. */
export type IntelligenceSpecInput = z.input<typeof intelligenceSpecSchema>;

const share = z.number().min(0).max(1);

/** How good an intelligence was measured to be, on work that the search had not seen; 0 to 1 each. */
export const fitnessSchema = z.object({
  /** Share of the work that it does right. */
  capability: share,
  /** Its score beside that of what is in force: 0.5 where they are equal, 0.67 at twice as much. */
  efficiency: share,
  /** Share of the rules that it keeps. */
  alignment: share,
  /** How far it is from all that are known. */
  novelty: share,
  /** 1 less the half width of its 95 % interval over its score. */
  confidence: share,
  overall: share,
});
/** See {@link fitnessSchema}. */
export type Fitness = z.infer<typeof fitnessSchema>;

/** Repeated measurements of one point. */
export const measuredSchema = z.object({
  point: pointSchema,
  /** The mean score, the higher the better, with its 95 % interval. */
  score: z.object({ mean: z.number(), low: z.number(), high: z.number() }),
  repeats: z.int(),
  /** Standard deviation over the mean. */
  variation: z.number(),
  /** Share of the work that was done right, in the mean. */
  quality: share,
  /** Share of the rules that were kept, in the mean. */
  rulesKept: share,
  /** What else was measured, in the mean, by name with its unit. */
  figures: z.record(z.string(), z.number()),
});
/** See {@link measuredSchema}. */
export type Measured = z.infer<typeof measuredSchema>;

/** Two points measured in turn on the same work. */
export const comparisonSchema = z.object({
  tasks: z.string(),
  unit: z.string(),
  one: measuredSchema,
  other: measuredSchema,
  /** Which has its interval above the other's; null where they overlap. */
  better: z.enum(['one', 'other']).nullable(),
});
/** See {@link comparisonSchema}. */
export type Comparison = z.infer<typeof comparisonSchema>;

/** How the making of an intelligence ended; `cut-off` is one whose process ended in the middle. */
export const intelligenceStates = [
  'searching',
  'ready',
  'refused',
  'failed',
  'cancelled',
  'cut-off',
] as const;
/** One of {@link intelligenceStates}. */
export type IntelligenceState = (typeof intelligenceStates)[number];

/** A setting as it was before and is after. */
export const settingMoveSchema = z.object({
  setting: z.string(),
  before: z.json(),
  after: z.json(),
});
/** See {@link settingMoveSchema}. */
export type SettingMove = z.infer<typeof settingMoveSchema>;

/** That an intelligence is in force: which settings it moved. Times in ms since 1970. */
export const appliedSchema = z.object({
  at: z.number(),
  moves: z.array(settingMoveSchema),
  /** When, and why, the settings before it were put back; null while it is in force. */
  undone: z.object({ at: z.number(), reason: z.string() }).nullable(),
  /** When it was last compared with what was before it; null where it never was. */
  checkedAt: z.number().nullable().default(null),
});
/** See {@link appliedSchema}. */
export type Applied = z.infer<typeof appliedSchema>;

/** A named point in the space of a domain, with what was measured of it. Times in ms since 1970. */
export const intelligenceSchema = z.object({
  id: z.string(),
  state: z.enum(intelligenceStates),
  spec: intelligenceSpecSchema,
  createdAt: z.number(),
  endedAt: z.number().nullable(),
  /** What it was measured with: which data, how much. */
  tasks: z.string(),
  /** What the score counts. */
  unit: z.string(),
  /** The best that was found; of one that was refused too. */
  best: measuredSchema.nullable(),
  /** What was in force, measured in turn with it. */
  before: measuredSchema.nullable(),
  /** Whether the two intervals lie apart, the best's above. */
  isBetter: z.boolean(),
  fitness: fitnessSchema.nullable(),
  generation: z.int(),
  /** Points that the best was bred from, as text. */
  parents: z.array(z.string()),
  evaluations: z.int(),
  costUsd: z.number(),
  error: errorDataSchema.nullable(),
  /** Null where it was never applied. */
  applied: appliedSchema.nullable(),
});
/** See {@link intelligenceSchema}. */
export type Intelligence = z.infer<typeof intelligenceSchema>;

/** One measurement that a search made. */
export const trialSchema = z.object({
  at: z.int(),
  point: pointSchema,
  origin: z.enum(['start', 'tree', 'bred', 'random']),
  generation: z.int(),
  parents: z.array(z.string()),
  score: z.number().nullable(),
  error: z.string().nullable(),
});
/** See {@link trialSchema}. */
export type TrialRecord = z.infer<typeof trialSchema>;

/** What is asked to compare two intelligences: their ids, and the longest that it may take. */
export const compareInputSchema = z
  .object({
    one: z.string().min(1).max(64),
    other: z.string().min(1).max(64),
    seconds: z.number().min(0.1).max(3_600).default(60),
  })
  .strict();
/** See {@link compareInputSchema}. */
export type CompareInput = z.input<typeof compareInputSchema>;
