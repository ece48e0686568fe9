import { setTimeout } from 'node:timers/promises';
import { createApi } from '#main/api/create-api.ts';
import { smallPorts } from '#test/support/small-ports.ts';

/**
 * Runs over a project whose second job never ends; the parent kills it. Arguments: data folder, root,
 * and the run to resume where it is not to start one.
 */
const [dataFolder = '', root = '', resumed] = process.argv.slice(2);
const ports = {
  ...smallPorts,
  validate: async (file: { readonly path: string; readonly content: string }) => {
    if (file.path.startsWith('b/')) await setTimeout(60_000);
    return [];
  },
};
const api = await createApi({ dataFolder, door: 'cli', version: '0', ports });
api.listen((event) => {
  if (event.type === 'job.updated')
    process.stdout.write(`${event.job.service} ${event.job.state}\n`);
});
if (resumed) await api.call('run.resume', { id: resumed });
else await api.call('run.start', { roots: [root], kinds: ['dockerfile'], async: false });
