import { throwIfCancelled } from '#main/core/abort.ts';
import { fileError } from '#main/core/file-error.ts';
import type { OmegaEvent } from '#shared/contract.ts';
import type { Run } from '#shared/run.ts';
import type { ScanResult } from '#shared/scan.ts';
import type { GenerationPorts } from '../ports.ts';
import { BatchProcessor } from './batch-processor.ts';

/** Scans at once; more would only compete for the disk. */
const maxScans = 4;
/** Milliseconds between two progress events of one scan. */
const progressPeriod = 50;

/** A project that was scanned, or why it could not be. */
export type Scanned =
  | { readonly ok: true; readonly project: ScanResult }
  | { readonly ok: false; readonly failure: Run['failures'][number] };

/** Scans the roots, some at once, and answers in their order. Rejects only when cancelled. */
export async function scanRoots(
  ports: GenerationPorts,
  roots: readonly string[],
  options: {
    readonly concurrency: number;
    readonly signal: AbortSignal;
    readonly emit: (event: OmegaEvent) => void;
  },
): Promise<readonly Scanned[]> {
  const { signal, emit } = options;
  const processor = new BatchProcessor({ maxConcurrent: Math.min(options.concurrency, maxScans) });
  const results = await processor.processBatch(
    roots,
    async (root): Promise<Scanned> => {
      try {
        const onProgress = throttledProgress(root, emit);
        return { ok: true, project: await ports.scan(root, { signal, onProgress }) };
      } catch (error) {
        return { ok: false, failure: { root, error: fileError(error, root, 'read').toData() } };
      }
    },
    { signal },
  );
  throwIfCancelled(signal);
  return results.map((result, index) =>
    result.ok
      ? result.data
      : { ok: false, failure: { root: roots[index] ?? '', error: result.error } },
  );
}

/** Tells of a scan's progress, at most once in {@link progressPeriod}. */
export function throttledProgress(
  root: string,
  emit: (event: OmegaEvent) => void,
): (files: number) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (files) => {
    const now = performance.now();
    if (now - last < progressPeriod) return;
    last = now;
    emit({ type: 'scan.progress', root, files });
  };
}
