import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { OmegaError } from '#shared/error.ts';

const environmentSchema = z.object({
  OMEGA_EMBED_GPU_SLOTS: z.coerce.number().int().min(1).max(16).default(2),
  OMEGA_DEVICE: z.enum(['auto', 'cpu']).default('auto'),
});

/** What a user may set about acceleration, in the environment. */
export type AccelerationSettings = {
  /** Sessions side by side, `OMEGA_EMBED_GPU_SLOTS`. */
  readonly slots: number;
  /** Threads of each session on the CPU, so that all slots together use the machine once. */
  readonly threads: number;
  /** Whether a GPU that opens is used, `OMEGA_DEVICE` (`auto` or `cpu`). */
  readonly preferGpu: boolean;
};

/** Reads the settings; throws `INVALID_INPUT` that names the variable and what it takes. */
export function accelerationSettings(
  env: Readonly<Record<string, string | undefined>>,
  cores = availableParallelism(),
): AccelerationSettings {
  const parsed = environmentSchema.safeParse({
    OMEGA_EMBED_GPU_SLOTS: env.OMEGA_EMBED_GPU_SLOTS || undefined,
    OMEGA_DEVICE: env.OMEGA_DEVICE || undefined,
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const what = `The variable ${String(issue?.path[0])} cannot be used: ${issue?.message}.`;
    throw new OmegaError('INVALID_INPUT', `${what} Slots are 1 to 16; a device is auto or cpu.`);
  }
  const { OMEGA_EMBED_GPU_SLOTS: slots, OMEGA_DEVICE: device } = parsed.data;
  const threads = Math.min(64, Math.max(1, Math.floor(cores / slots)));
  return { slots, threads, preferGpu: device === 'auto' };
}
