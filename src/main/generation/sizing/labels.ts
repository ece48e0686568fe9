import { OmegaError } from '#shared/error.ts';

/** The error for figures that cannot be used. */
export function invalid(why: string): OmegaError {
  return new OmegaError('INVALID_INPUT', `The figures of CPU and memory cannot be read. ${why}`);
}

/** Whether a metric is the memory that a container has in use, in bytes. */
export function isMemory(metric: string): boolean {
  return /^container_memory_(?:working_set|rss|usage)_bytes$/.test(metric);
}

/** Whose figures labels speak of: the container's, else the pod's; null for sums over a node or pod. */
export function nameOf(labels: Readonly<Record<string, unknown>>): string | null {
  const { container, pod } = labels;
  if (container === 'POD' || container === '') return null;
  if (typeof container === 'string') return container;
  return typeof pod === 'string' && pod !== '' ? nameOfPod(pod) : null;
}

/** The name of the workload that made a pod: without the hashes behind it. */
export function nameOfPod(pod: string): string {
  return pod.replace(/-[0-9a-f]{6,10}-[0-9a-z]{5}$/, '').replace(/-\d{1,4}$/, '');
}
