import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { OmegaError } from '#shared/error.ts';

const accelerationSettingsSchema = z.object({
  device: z.enum(['auto', 'cpu']).default('auto'),
  slots: z.coerce.number().int().min(1).max(16).default(2),
  threads: z.coerce.number().int().min(0).max(64).default(0),
  maxBatch: z.coerce.number().int().min(1).max(4096).default(512),
  targetLatencyMs: z.coerce.number().min(1).max(60_000).default(10),
});

/** What a user may set about acceleration. */
export type AccelerationSettings = Readonly<z.infer<typeof accelerationSettingsSchema>>;

/** The variable of each setting, and what it takes. */
const variables = {
  /** Whether a GPU that opens is used. */
  device: ['OMEGA_DEVICE', 'auto or cpu'],
  /** Sessions side by side. */
  slots: ['OMEGA_EMBED_GPU_SLOTS', 'a number from 1 to 16'],
  /** Threads of each session on the CPU; 0 shares the cores out, see {@link threadsOf}. */
  threads: ['OMEGA_EMBED_THREADS', 'a number from 0 (shares the cores out) to 64'],
  /** Most texts in one micro-batch, and in one request to a device. */
  maxBatch: ['EMBED_MAX_BATCH', 'a number from 1 to 4096'],
  /** Longest that a single text should take from its call to its vector, in ms. */
  targetLatencyMs: ['ACCEL_TARGET_LAT_MS', 'milliseconds from 1 to 60000'],
} as const satisfies Record<keyof AccelerationSettings, readonly [string, string]>;

/** Reads the settings; throws `INVALID_INPUT` that names the variable and what it takes. */
export function accelerationSettings(
  env: Readonly<Record<string, string | undefined>>,
): AccelerationSettings {
  const given = Object.entries(variables).map(([field, [name]]) => [field, env[name] || undefined]);
  const parsed = accelerationSettingsSchema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path[0] as keyof AccelerationSettings;
  const [name, takes] = variables[field];
  throw new OmegaError('INVALID_INPUT', `The variable ${name} cannot be used: it takes ${takes}.`);
}

/** Threads of each session: as set, or so that all slots together use the machine once. */
export function threadsOf(
  { threads, slots }: Pick<AccelerationSettings, 'threads' | 'slots'>,
  cores = availableParallelism(),
): number {
  return threads > 0 ? threads : Math.min(64, Math.max(1, Math.floor(cores / slots)));
}
