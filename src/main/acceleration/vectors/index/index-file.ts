import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, statSync, writeFileSync } from 'node:fs';
import { OmegaError } from '#shared/error.ts';
import type { LiveIndex } from './live-index.ts';

const removedOf = (path: string): string => `${path}.removed`;

/** Merges what waits and writes the index to a file, with the keys that were removed beside it. */
export function saveIndex(index: LiveIndex, path: string): { sha256: string; bytes: number } {
  while (index.mergeBlock());
  index.engine.save(path);
  const removed = index.removedKeys();
  writeFileSync(removedOf(path), new Uint8Array(removed.buffer));
  return { sha256: hashOf([path, removedOf(path)]), bytes: statSync(path).size };
}

/** Reads what {@link saveIndex} wrote. Native code that reads a damaged file may end the process, so that one is refused first. */
export function restoreIndex(index: LiveIndex, path: string, sha256: string): void {
  if (hashOf([path, removedOf(path)]) !== sha256) {
    throw new OmegaError('REFUSED', 'The file of the index is damaged; it is made anew.');
  }
  index.engine.restore(path);
  const bytes = new Uint8Array(readFileSync(removedOf(path)));
  index.remove(new Float64Array(bytes.buffer));
}

function hashOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(1 << 20);
  for (const path of paths) {
    const file = openSync(path, 'r');
    try {
      for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
        hash.update(buffer.subarray(0, read));
      }
    } finally {
      closeSync(file);
    }
  }
  return hash.digest('hex');
}
