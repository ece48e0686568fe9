import { arun } from '#main/core/maybe-async/arun.ts';
import { blocking } from '#main/core/maybe-async/blocking.ts';
import type { Service } from '#shared/scan.ts';
import type { Drift } from './drift.ts';
import { findDrift } from './find-drift.ts';
import type { KnownFile } from './said-index.ts';

/** From this length on, in UTF-16 code units, files are read in a thread. */
const threadLength = 8_000;
const timeoutMs = 30_000;

const findInThread = blocking<typeof import('./find-drift.ts'), 'findDrift'>(
  new URL('./find-drift.ts', import.meta.url),
  'findDrift',
);

/**
 * {@link findDrift}, in a thread where the files are long or hold a chart's templates. Rejects with
 * `CANCELLED`, and with `TIMEOUT` after 30 s.
 */
export async function findDriftAnywhere(
  services: readonly Service[],
  files: readonly KnownFile[],
  signal: AbortSignal,
): Promise<readonly Drift[]> {
  const length = files.reduce((sum, { content }) => sum + content.length, 0);
  const isShort = length < threadLength && !files.some(({ kind }) => kind === 'chart-file');
  if (isShort) return findDrift(services, files);
  return arun(findInThread, [services, files], { signal, timeoutMs });
}
