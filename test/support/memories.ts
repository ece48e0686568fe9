import { createHash } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { VectorIndex } from '#main/acceleration/vectors/vector-index.ts';
import { type Clock, systemClock } from '#main/core/clock.ts';
import { fixed, type Live } from '#main/core/live.ts';
import type { Embed } from '#main/memory/embedder.ts';
import { Memories } from '#main/memory/memories.ts';
import type { MemoryIndex } from '#main/memory/memory-index.ts';
import { Storage } from '#main/storage/storage.ts';
import type { RuntimeEvent } from '#shared/events.ts';
import { type MemorySettings, memorySettings } from '#shared/settings/memory-settings.ts';
import { computeEntry } from './model.ts';
import { tempFolder } from './temp-folder.ts';

/** Numbers of a vector in tests. */
export const dimensions = 64;
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** A vector of the words of a text: texts that share words are alike. No model, but real numbers. */
export function wordVector(text: string): Float32Array {
  const vector = new Float32Array(dimensions);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const hash = createHash('sha256').update(word).digest();
    for (let at = 0; at < 32; at += 1) {
      const place = (hash[at] ?? 0) % dimensions;
      vector[place] = (vector[place] ?? 0) + ((hash[31 - at] ?? 0) % 2 === 0 ? 1 : -1);
    }
  }
  return vector;
}

/** A clock that stands still until it is told otherwise. */
export function heldClock(at = 1_700_000_000_000): Clock & { time: number } {
  return {
    time: at,
    now() {
      return this.time;
    },
    id: () => systemClock.id(),
  };
}

type Given = {
  readonly folder?: string;
  readonly settings?: Partial<MemorySettings>;
  readonly live?: Live<MemorySettings>;
  readonly embed?: Embed;
  readonly index?: (real: MemoryIndex) => MemoryIndex;
};

/** Memories on a real store with a real index, which go with the test. */
export function openMemories(given: Given = {}) {
  const clock = heldClock();
  const folder = given.folder ?? tempFolder();
  const storage = new Storage(folder, clock);
  const vectors = new VectorIndex({
    spawn: forkCompute(computeEntry),
    store: storage.vectors,
    folder,
    engine: fixed('auto' as const),
  });
  const events: RuntimeEvent[] = [];
  const real = vectors.openOver(storage.memories.vectors(dimensions));
  const settings = given.live ?? fixed(memorySettings.parse(given.settings ?? {}));
  const memories = new Memories({
    store: storage.memories,
    vectors: given.index ? given.index(real) : real,
    embed: given.embed ?? (async (text) => wordVector(text)),
    settings,
    clock,
    emit: (event) => events.push(event),
  });
  let open = true;
  const close = async (): Promise<void> => {
    if (!open) return;
    open = false;
    await memories.stop();
    await vectors.dispose();
    storage.dispose();
  };
  onTestFinished(close);
  return { memories, storage, vectors, clock, events, folder, close };
}

/** The texts of what was found, best first. */
export async function textsOf(answer: ReturnType<Memories['query']>): Promise<readonly string[]> {
  return (await answer).memories.map(({ memory }) => memory.text);
}
