import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixed } from '#main/core/live.ts';
import { OmegaRuntime } from '#main/runtime/omega-runtime.ts';
import { operations } from '#main/runtime/operations.ts';
import { configDefaults } from '#shared/config.ts';

/** A call through a runtime that is up, with all that a call passes, whose work is nothing. */
export async function guardedCalls() {
  const dataFolder = mkdtempSync(join(tmpdir(), 'omega-bench-'));
  const runtime = new OmegaRuntime({ dataFolder, config: fixed(configDefaults) });
  await runtime.start();
  const work = async (): Promise<number> => 1;
  return {
    call: () => runtime.calls.run(operations.queryMemories, work, undefined),
    dispose: async () => {
      await runtime.dispose();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
