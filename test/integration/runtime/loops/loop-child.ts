import { setTimeout as sleep } from 'node:timers/promises';
import { fixed } from '#main/core/live.ts';
import { OmegaRuntime } from '#main/runtime/omega-runtime.ts';
import { configDefaults, withChange } from '#shared/config.ts';
import { found, giveLoops, loopOf } from '#test/support/loops.ts';

/**
 * A process with loops, until it is killed. Arguments: data folder, how long a cycle takes, and the
 * period, in ms. Says `ready`, and `begun` as each cycle begins.
 */
const [dataFolder = '', ms = '', period = ''] = process.argv.slice(2);
const settings = { 'healthMonitor.enabled': false, 'loops.adaptiveSecs': Number(period) / 1_000 };
const config = fixed(withChange(configDefaults, settings));
const runtime = new OmegaRuntime({ dataFolder, config });
await runtime.start();
giveLoops(runtime, [
  loopOf('adaptive', async (_, { signal }) => {
    process.stdout.write('begun\n');
    await sleep(Number(ms), undefined, { signal });
    return found();
  }),
]);
process.stdout.write('ready\n');
setInterval(() => undefined, 60_000);
