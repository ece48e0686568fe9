import type { Usage } from '#shared/usage.ts';

/** What to ask for, by what was measured, in Kubernetes' units; null where it was not measured. */
export type Recommended = {
  readonly cpu: string | null;
  readonly memory: string | null;
  readonly limit: string | null;
  /** Why, in a line. */
  readonly reason: string;
};

/** Figures of fewer samples say little of a peak. */
const fewSamples = 20;

/**
 * Requests at the 95th percentile, as the scheduler needs them: what is used nearly always. The limit
 * of memory a quarter above the 99th, since a container that goes past it is killed.
 */
export function recommend({ samples, cpuMilli, memoryMi, memoryMi99 }: Usage): Recommended {
  const few = samples < fewSamples ? ' That is little: measure through a busy day.' : '';
  const said = [
    ...(cpuMilli === null ? [] : [`${cpuMilli}m CPU`]),
    ...(memoryMi === null ? [] : [`${memoryMi}Mi memory`]),
  ].join(' and ');
  const peak =
    memoryMi99 === null ? '' : `; the limit is the 99th of memory, ${memoryMi99}Mi, and a quarter`;
  return {
    cpu: cpuMilli === null ? null : `${Math.max(10, Math.ceil(cpuMilli / 10) * 10)}m`,
    memory: memoryMi === null ? null : `${roundMemory(memoryMi)}Mi`,
    limit:
      memoryMi99 === null ? null : `${roundMemory(Math.max(memoryMi99 * 1.25, memoryMi ?? 0))}Mi`,
    reason: `Measured: the 95th percentile of ${samples} samples is ${said}${peak}.${few}`,
  };
}

function roundMemory(mebibytes: number): number {
  return Math.max(16, Math.ceil(mebibytes / 16) * 16);
}
