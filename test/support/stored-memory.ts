import { onTestFinished } from 'vitest';
import { proposalMemory } from '#main/api/proposal-memory.ts';
import { fixed } from '#main/core/live.ts';
import { OmegaApi } from '#main/runtime/omega-api.ts';
import { OmegaRuntime } from '#main/runtime/omega-runtime.ts';
import { configDefaults } from '#shared/config.ts';
import type { Memory } from '#shared/memory.ts';

/** What an app's memory holds in its data folder, seen and changed behind its back. */
export async function storedMemory(dataFolder: string) {
  const runtime = new OmegaRuntime({ dataFolder, config: fixed(configDefaults) });
  await runtime.start();
  onTestFinished(() => runtime.dispose());
  const { memories } = runtime.storage;
  const all = () => memories.page(0, 10_000);
  return {
    /** The same memory as another app on the folder has it. */
    memory: proposalMemory(new OmegaApi(runtime)),
    /** What is stored of a type, newest first. */
    all: (...types: string[]): readonly Memory[] =>
      all()
        .map(({ memory }) => memory)
        .filter(({ type }) => types.includes(type))
        .reverse(),
    /** Empties the memory. */
    empty: () => {
      const removes = all().map(({ key, revision }) => ({ key, revision }));
      memories.apply(removes.map((one) => ({ removes: [one] })));
    },
    /** Puts other metadata in place of a memory's. */
    tamper: (id: string, metadata: Memory['metadata']) => {
      const found = memories.find(id);
      if (!found) throw new Error(`There is no memory ${id}`);
      const { key, revision } = found;
      memories.apply([{ edits: [{ key, revision, set: { metadata } }] }]);
    },
  };
}
