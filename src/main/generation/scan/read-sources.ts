import { join } from 'node:path';
import { throwIfCancelled } from '#main/core/abort.ts';
import { readText } from './read-text.ts';
import { patternsFor } from './signals/registry.ts';
import { extractSignals, type Signal } from './source-signals.ts';

/** Bytes of a file that the scan reads at most; larger files are listed as ignored. */
export const maxFileBytes = 1_000_000;

/** Files that are read at once. */
const readers = 8;

/** The signals of some sources in the order of their files, and the files that could not be read. */
export type SourcesRead = {
  readonly signals: readonly Signal[];
  readonly failed: readonly {
    readonly path: string;
    readonly reason: string;
    readonly tooLarge: boolean;
  }[];
};

/** Reads sources once each and keeps their signals, not their text. Runs in any thread. */
export async function readSources(
  root: string,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<SourcesRead> {
  const found: (readonly Signal[])[] = new Array(paths.length);
  const failed: SourcesRead['failed'][number][] = [];
  let next = 0;
  const reader = async (): Promise<void> => {
    while (next < paths.length) {
      throwIfCancelled(signal);
      const index = next++;
      const path = paths[index] as string;
      const read = await readText(join(root, path), maxFileBytes);
      if (read.ok) found[index] = extractSignals(path, read.text, patternsFor(path));
      else failed.push({ path, reason: read.reason, tooLarge: read.tooLarge });
    }
  };
  await Promise.all(Array.from({ length: readers }, reader));
  return { signals: found.flat(), failed };
}
