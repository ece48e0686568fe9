import { z } from 'zod';
import { artifactKinds } from './artifact.ts';

const fields = {
  /** Runs several jobs at once; off runs them one after the other, in order. */
  async: z.boolean(),
  /** Jobs at once in a run while `async` is on. */
  concurrency: z.int().min(1).max(64),
  /** Artifacts that a new run makes. */
  kinds: z.array(z.enum(artifactKinds)).min(1),
  /** Colours of the app; `auto` follows the system. */
  theme: z.enum(['auto', 'light', 'dark']),
  /** Runs kept in the store; older ones are pruned, checkpoints are kept. */
  keepRuns: z.int().min(1).max(10_000),
};

/** Every setting of the app, with its default. Each takes effect on change, without a restart. */
export const settingsSchema = z.object({
  async: fields.async.default(true),
  concurrency: fields.concurrency.default(4),
  kinds: fields.kinds.default([...artifactKinds]),
  theme: fields.theme.default('auto'),
  keepRuns: fields.keepRuns.default(200),
});
/** See {@link settingsSchema}. */
export type Settings = z.infer<typeof settingsSchema>;

/** A change of some settings. Without defaults: zod would fill the others in and so reset them. */
export const settingsChangeSchema = z.object(fields).partial().strict();
