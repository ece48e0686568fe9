import { onTestFinished } from 'vitest';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { OmegaRuntime } from '#main/runtime/omega-runtime.ts';
import type { RuntimeOptions } from '#main/runtime/runtime-options.ts';
import { type ConfigChange, configDefaults, withChange } from '#shared/config.ts';
import type { OmegaEvent } from '#shared/contract.ts';
import { changing } from './changing.ts';
import { computeEntry, hasModel, modelsFolder } from './model.ts';
import { tempFolder } from './temp-folder.ts';

/** A runtime on a data folder of its own, with settings that the test may change, and its events. */
export function openRuntime(settings: ConfigChange = {}, options: Partial<RuntimeOptions> = {}) {
  const dataFolder = options.dataFolder ?? tempFolder();
  const config = changing(withChange(configDefaults, settings));
  const events: OmegaEvent[] = [];
  const acceleration = hasModel ? { spawn: forkCompute(computeEntry), modelsFolder } : undefined;
  const set = (change: ConfigChange) => config.set(withChange(config.current, change));
  const runtime = new OmegaRuntime({
    config,
    acceleration,
    setConfig: async (change) => set(change),
    ...options,
    dataFolder,
  });
  runtime.bus.listen((event) => events.push(event));
  onTestFinished(() => runtime.dispose());
  const types = () => events.map(({ type }) => type);
  return { runtime, dataFolder, events, types, set };
}
