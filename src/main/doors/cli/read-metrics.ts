import { resolve } from 'node:path';
import { readBounded } from '#main/core/read-bounded.ts';
import { maxMetricsLength, parseMetrics } from '#main/generation/sizing/parse-metrics.ts';
import { OmegaError } from '#shared/error.ts';
import type { MeasuredUsage } from '#shared/usage.ts';

/** The figures of a file that `--metrics` names. Throws `NOT_FOUND`, and `INVALID_INPUT` for other texts. */
export async function readMetrics(path: string): Promise<MeasuredUsage> {
  const file = await readBounded(resolve(path), maxMetricsLength);
  if (!file) {
    throw new OmegaError(
      'NOT_FOUND',
      `"${path}" does not exist. Name a file with figures of CPU and memory.`,
    );
  }
  return parseMetrics(file.bytes.toString('utf8'));
}
