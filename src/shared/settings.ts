import { z } from 'zod';
import { artifactKinds } from './artifact.ts';

/** Every setting of the app, with its default. Each takes effect on change, without a restart. */
export const settingsSchema = z.object({
  /** Runs several jobs at once; off runs them one after the other, in order. */
  async: z.boolean().default(true),
  /** Jobs at once in a run while `async` is on. */
  concurrency: z.int().min(1).max(64).default(4),
  /** Artifacts that a new run makes. */
  kinds: z
    .array(z.enum(artifactKinds))
    .min(1)
    .default([...artifactKinds]),
  /** Colours of the app; `auto` follows the system. */
  theme: z.enum(['auto', 'light', 'dark']).default('auto'),
  /** Runs kept in the store; older ones are pruned, checkpoints are kept. */
  keepRuns: z.int().min(1).max(10_000).default(200),
});
/** See {@link settingsSchema}. */
export type Settings = z.infer<typeof settingsSchema>;

const { shape } = settingsSchema;

/**
 * A change of some settings. It holds the bare types: a partial of the schema above would fill in
 * the defaults of what the change leaves out, and so reset it.
 */
export const settingsChangeSchema = z
  .object({
    async: shape.async.unwrap(),
    concurrency: shape.concurrency.unwrap(),
    kinds: shape.kinds.unwrap(),
    theme: shape.theme.unwrap(),
    keepRuns: shape.keepRuns.unwrap(),
  } satisfies Record<keyof Settings, z.ZodType>)
  .partial()
  .strict();
