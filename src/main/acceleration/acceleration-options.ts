import { availableParallelism } from 'node:os';
import type { Config } from '#shared/config.ts';

/** What a user may set about acceleration. */
export type AccelerationSettings = Readonly<Config['acceleration']>;

/** Threads of each session: as set, or so that all slots together use the machine once. */
export function threadsOf(
  { threads, slots }: Pick<AccelerationSettings, 'threads' | 'slots'>,
  cores = availableParallelism(),
): number {
  return threads > 0 ? threads : Math.min(64, Math.max(1, Math.floor(cores / slots)));
}
