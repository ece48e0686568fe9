import { z } from 'zod';
import { label, outcomes } from './agentdb-fields.ts';

const estimated = z
  .never({ error: 'it is estimated from stored episodes; leave it out and store episodes' })
  .optional();

/** A guess that a cause has an effect. What it comes to is estimated, never taken from the caller. */
export const newCausalEdgeSchema = z
  .object({
    cause: label,
    effect: z.union([z.enum(outcomes), label]),
    uplift: estimated,
    confidence: estimated,
    sampleSize: estimated,
  })
  .strict()
  .refine(({ cause, effect }) => cause !== effect, { error: 'nothing is its own cause' });
/** See {@link newCausalEdgeSchema}. */
export type NewCausalEdge = z.input<typeof newCausalEdgeSchema>;

/** What stored episodes say about a cause and its effect. */
export type CausalEffect = {
  readonly cause: string;
  readonly effect: string;
  /**
   * How much the effect's share (or mean reward) is higher with the cause than without, −1 to 1;
   * null, as `low` and `high` then, while too few episodes tell.
   */
  readonly uplift: number | null;
  /** The interval that holds the true value with a confidence of 95 %. */
  readonly low: number | null;
  readonly high: number | null;
  /** Episodes that the estimate is from. */
  readonly withCause: number;
  readonly withoutCause: number;
  /** Whether only episodes of the same task were compared with each other. */
  readonly byTask: boolean;
};

/** Between what to look for a chain of causes. */
export const causalPathSchema = z
  .object({
    from: label,
    to: z.union([z.enum(outcomes), label]),
    /** Most edges of the chain. */
    maxDepth: z.int().min(1).max(16).default(5),
  })
  .strict()
  .refine(({ from, to }) => from !== to, { error: 'from and to are the same' });
/** See {@link causalPathSchema}. */
export type CausalPathQuery = z.input<typeof causalPathSchema>;

/** A chain of causes, each of whose effects is the next one's cause. */
export type CausalPath = {
  readonly edges: readonly CausalEffect[];
  /** The product of the edges' lower bounds. */
  readonly strength: number;
};
