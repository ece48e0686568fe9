import { z } from 'zod';
import { artifactKinds, findingSchema, provenanceSchema } from './artifact.ts';
import { errorDataSchema } from './error.ts';
import { ensemblePresets, makers } from './providers.ts';
import { targetSchema } from './target.ts';
import { measuredUsageSchema } from './usage.ts';

/** States of a job. The last three are final. */
export const jobStates = ['pending', 'running', 'completed', 'failed', 'cancelled'] as const;
/** One of {@link jobStates}. */
export type JobState = (typeof jobStates)[number];

/** Review state of a proposal. `unchanged`: the file on disk already has these bytes. */
export const proposalStates = ['open', 'accepted', 'rejected', 'applied', 'unchanged'] as const;
/** One of {@link proposalStates}. */
export type ProposalState = (typeof proposalStates)[number];

/** A proposal without its texts, as lists carry it; `replaces` tells whether a file was on disk when proposed. */
export const proposalSummarySchema = z.object({
  id: z.string(),
  runId: z.string(),
  jobId: z.string(),
  root: z.string(),
  service: z.string().nullable(),
  kind: z.enum(artifactKinds),
  path: z.string(),
  replaces: z.boolean(),
  state: z.enum(proposalStates),
  findings: z.array(findingSchema),
  provenance: provenanceSchema,
  /** Who made the other file that can be taken in its place; absent where there is none. */
  alternative: z.enum(['blueprint', 'model', 'edit']).optional(),
});
/** See {@link proposalSummarySchema}. */
export type ProposalSummary = z.infer<typeof proposalSummarySchema>;

/** One artifact beside what is on disk. `base` is the text on disk when proposed, null where there was none. */
export const proposalSchema = proposalSummarySchema.extend({
  base: z.string().nullable(),
  content: z.string(),
});
/** See {@link proposalSchema}. */
export type Proposal = z.infer<typeof proposalSchema>;

/** One artifact to make. Times are epoch milliseconds. `service` is null for files of the whole project. */
export const jobSchema = z.object({
  id: z.string(),
  runId: z.string(),
  root: z.string(),
  service: z.string().nullable(),
  kind: z.enum(artifactKinds),
  state: z.enum(jobStates),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** One and the same for jobs that are done together, in one request; null before it begins. */
  chunk: z.string().nullable().default(null),
  error: errorDataSchema.nullable(),
  files: z.int(),
  errors: z.int(),
  warnings: z.int(),
  /** What models took for it; null where none was asked. */
  usage: z
    .object({
      calls: z.int(),
      cached: z.int(),
      inputTokens: z.int(),
      outputTokens: z.int(),
      /** Null where the price of a call is unknown. */
      costUsd: z.number().nullable(),
      /** Findings that went back to the model. */
      repairs: z.int(),
    })
    .nullable()
    .default(null),
  /** What it took itself, in ms, without its waits for others; null before it ended. */
  workMs: z.number().nullable().default(null),
});
/** See {@link jobSchema}. */
export type Job = z.infer<typeof jobSchema>;

/** What a job is before anybody began with it. */
export const freshJob = {
  state: 'pending',
  startedAt: null,
  endedAt: null,
  chunk: null,
  error: null,
  files: 0,
  errors: 0,
  warnings: 0,
  usage: null,
  workMs: null,
} as const satisfies Partial<Job>;

/** States of a run; `scanning` comes before its jobs are known. A paused one goes on when it is resumed. */
export const runStates = [
  'scanning',
  'running',
  'paused',
  'completed',
  'failed',
  'cancelled',
] as const;
/** One of {@link runStates}. */
export type RunState = (typeof runStates)[number];

/**
 * What a run is asked to do. `concurrency` counts jobs (with a model: requests) at once, within what
 * the settings allow over all runs; with `async` off it is one, in order. A change of those settings
 * stands in its place while the run is under way.
 */
export const runRequestSchema = z.object({
  roots: z.array(z.string().min(1).max(4096)).min(1).max(1000),
  kinds: z.array(z.enum(artifactKinds)).min(1),
  /** Names of services to restrict the run to; absent means every deployable one. */
  services: z.array(z.string()).optional(),
  concurrency: z.int().min(1).max(32).default(3),
  async: z.boolean().default(true),
  /**
   * Most jobs of one project that a model is asked for together, with one context; 1 is batch mode
   * off, null means as it is set, also while the run is under way.
   */
  batchSize: z.int().min(1).max(50).nullable().default(null),
  /** Where the files are to work; null means as it is set when the run starts. */
  target: targetSchema.nullable().default(null),
  /** What the services were measured to take, for their requests and limits. */
  usage: measuredUsageSchema.optional(),
  /** What makes the files. */
  use: z.enum(makers).default('blueprint'),
  /** Null means the one that is set for the provider. */
  model: z.string().trim().min(1).max(200).nullable().default(null),
  ensemble: z.enum(ensemblePresets).default('off'),
  /** Null means as it is set; so do the two that follow. */
  temperature: z.number().min(0).max(2).nullable().default(null),
  maxTokens: z.int().min(64).max(200_000).nullable().default(null),
  budgetUsd: z.number().min(0).max(100_000).nullable().default(null),
  /** `refresh` asks anew and keeps the answer, `off` leaves the cache alone. */
  cache: z.enum(['use', 'refresh', 'off']).default('use'),
  /** Among runs that are under way at once, higher goes first. */
  priority: z.int().min(-10).max(10).default(0),
  /** Whether it uses what was learned, and whether anything is learned from it. */
  memory: z.boolean().default(true),
});
/** See {@link runRequestSchema}; what a caller passes. */
export type RunRequest = z.input<typeof runRequestSchema>;

/** A project that a run could not scan, with the reason. */
export const runFailureSchema = z.object({ root: z.string(), error: errorDataSchema });

/** A set of jobs over one or many projects. Times are epoch milliseconds. */
export const runSchema = z.object({
  id: z.string(),
  state: z.enum(runStates),
  request: runRequestSchema,
  createdAt: z.number(),
  endedAt: z.number().nullable(),
  /** Why it is paused, as a person reads it; null where it is not. */
  paused: z.string().nullable().default(null),
  failures: z.array(runFailureSchema),
  jobs: z.array(jobSchema),
});
/** See {@link runSchema}. */
export type Run = z.infer<typeof runSchema>;

/** A file that an apply wrote; `before` is the sha256 of what was there, null where there was nothing. */
export const appliedFileSchema = z.object({
  path: z.string(),
  before: z.string().nullable(),
  after: z.string(),
  provenance: provenanceSchema,
});

/** What an undo restores: one accepted write to one project. Times are epoch milliseconds. */
export const checkpointSchema = z.object({
  id: z.string(),
  root: z.string(),
  runId: z.string(),
  createdAt: z.number(),
  undoneAt: z.number().nullable(),
  files: z.array(appliedFileSchema),
});
/** See {@link checkpointSchema}. */
export type Checkpoint = z.infer<typeof checkpointSchema>;
