import { z } from 'zod';
import { OmegaError } from '#shared/error.ts';

const size = z.int().min(1).max(65_536);

const batchPolicySchema = z
  .object({
    targetLatencyMs: z.number().min(0.1).max(600_000).default(10),
    minBatch: size.default(64),
    maxBatch: size.default(512),
    step: size.default(32),
  })
  .strict()
  .refine(({ minBatch, maxBatch }) => minBatch <= maxBatch, {
    message: 'minBatch must not be larger than maxBatch',
    path: ['minBatch'],
  });

/** How an AdaptiveBatcher groups. Sizes are items. */
export type BatchPolicy = {
  /** Longest that an item should take from its call to its answer, in milliseconds. */
  readonly targetLatencyMs: number;
  /** Size that is preferred while the target leaves time for it; where small batches are faster or
   * the target asks for it, batches are smaller. */
  readonly minBatch: number;
  readonly maxBatch: number;
  /** Distance of the sizes that are tried above `minBatch`. */
  readonly step: number;
};

/** A policy with defaults for what is absent. Throws `INVALID_INPUT` that names the field. */
export function batchPolicy(given: Partial<BatchPolicy> = {}): BatchPolicy {
  const parsed = batchPolicySchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const message = `The batch policy's ${issue?.path.join('.') || 'fields'}: ${issue?.message}.`;
  throw new OmegaError('INVALID_INPUT', message, { cause: parsed.error });
}

/** The sizes that are tried: doubling up to `minBatch`, then by `step` up to `maxBatch`. */
export function sizesOf({ minBatch, maxBatch, step }: BatchPolicy): readonly number[] {
  const sizes: number[] = [];
  for (let next = 1; next < minBatch; next *= 2) sizes.push(next);
  for (let next = minBatch; next < maxBatch; next += step) sizes.push(next);
  return [...sizes, maxBatch];
}
