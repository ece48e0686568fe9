import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { OmegaApi } from '#main/runtime/omega-api.ts';
import type { RuntimeOptions } from '#main/runtime/runtime-options.ts';
import type { ConfigChange } from '#shared/config.ts';
import { computeEntry } from './model.ts';
import { openRuntime } from './open-runtime.ts';
import { tempFolder } from './temp-folder.ts';

/** A runtime that runs, with its api; without acceleration unless it is asked for. */
export async function openOmega(
  settings: ConfigChange = {},
  options: Partial<RuntimeOptions> = {},
) {
  const opened = openRuntime(settings, { acceleration: undefined, ...options });
  await opened.runtime.start();
  return { ...opened, api: new OmegaApi(opened.runtime) };
}

/** Acceleration with an index and without a model: vectors that are given need none. */
export function indexAlone() {
  return { spawn: forkCompute(computeEntry), modelsFolder: tempFolder() };
}

/** Acceleration whose process takes every order and answers none: what asks it waits for ever. */
export function hanging() {
  const folder = tempFolder();
  const entry = join(folder, 'hangs.mjs');
  writeFileSync(entry, "process.on('message', () => undefined);\n");
  return { spawn: forkCompute(entry), modelsFolder: folder };
}

/** What a call came to: `ok`, or the code that it failed with. */
export function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error: { code?: string }) => error.code ?? String(error),
  );
}
