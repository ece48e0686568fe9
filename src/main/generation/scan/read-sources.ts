import { join } from 'node:path';
import { throwIfCancelled } from '#main/core/abort.ts';
import { readText, readTextSync, type TextRead } from './read-text.ts';
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
    readonly kind: 'too-large' | 'unreadable';
    readonly reason: string;
  }[];
};

/** Reads sources once each and keeps their signals, not their text. */
export async function readSources(
  root: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<SourcesRead> {
  const found: SourcesRead[] = new Array(paths.length);
  let next = 0;
  const reader = async (): Promise<void> => {
    while (next < paths.length) {
      throwIfCancelled(signal);
      const index = next++;
      const path = paths[index] as string;
      found[index] = digest(path, await readText(join(root, path), maxFileBytes));
    }
  };
  await Promise.all(Array.from({ length: readers }, reader));
  return joined(found);
}

/** The same for a thread that may be held. */
export function readSourcesSync(root: string, paths: readonly string[]): SourcesRead {
  return joined(paths.map((path) => digest(path, readTextSync(join(root, path), maxFileBytes))));
}

/** What several readings found, in their order. */
export function joined(parts: readonly SourcesRead[]): SourcesRead {
  return {
    signals: parts.flatMap(({ signals }) => signals),
    failed: parts.flatMap(({ failed }) => failed),
  };
}

const none: readonly never[] = [];

/** What {@link readSources} finds in a text that is there already. */
export function digest(path: string, read: TextRead): SourcesRead {
  if (read.ok) return { signals: extractSignals(path, read.text, patternsFor(path)), failed: none };
  return { signals: none, failed: [{ path, kind: read.kind, reason: read.reason }] };
}
