import { arun } from '#main/core/maybe-async/arun.ts';
import { blocking } from '#main/core/maybe-async/blocking.ts';
import { OmegaError } from '#shared/error.ts';
import { joined, readSources, type SourcesRead } from './read-sources.ts';

/** Files that one thread takes at a time. */
const chunkFiles = 128;

/** Below this a thread takes longer to start than it saves. */
const minFiles = 2_000;

const readInThread = blocking<typeof import('./read-sources.ts'), 'readSourcesSync'>(
  new URL('./read-sources.ts', import.meta.url),
  'readSourcesSync',
);

/**
 * Reads the sources of a project, those of a large one in this thread and in another side by side.
 * Rejects with `CANCELLED` alone: what a thread could not do is done here.
 */
export async function shareSources(
  root: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<SourcesRead> {
  if (paths.length < minFiles) return readSources(root, paths, signal);
  const chunks: (readonly string[])[] = [];
  for (let at = 0; at < paths.length; at += chunkFiles) {
    chunks.push(paths.slice(at, at + chunkFiles));
  }
  const read: SourcesRead[] = new Array(chunks.length);
  let next = 0;
  const take = async (work: (chunk: readonly string[]) => Promise<SourcesRead>): Promise<void> => {
    while (next < chunks.length) {
      const index = next++;
      read[index] = await work(chunks[index] as readonly string[]);
    }
  };
  const here = (chunk: readonly string[]) => readSources(root, chunk, signal);
  const there = async (chunk: readonly string[]) => {
    try {
      return await arun(readInThread, [root, chunk], { signal });
    } catch (error) {
      if (error instanceof OmegaError && error.code === 'CANCELLED') throw error;
      return here(chunk);
    }
  };
  await Promise.all([take(there), take(here)]);
  return joined(read);
}
