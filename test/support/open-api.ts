import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type ApiOptions, createApi } from '#main/api/create-api.ts';
import type { OmegaEvent, Route, RouteInput, RouteOutputs } from '#shared/contract.ts';
import type { Run, RunRequest } from '#shared/run.ts';
import { smallPorts } from './small-ports.ts';
import { tempFolder } from './temp-folder.ts';

/** An api on a data folder of its own, with calls that throw what the api answers with. */
export async function openApi(options: Partial<ApiOptions> = {}) {
  const dataFolder = options.dataFolder ?? tempFolder();
  const api = await createApi({
    door: 'cli',
    version: '1.2.3',
    ports: smallPorts,
    ...options,
    dataFolder,
  });
  onTestFinished(() => api.dispose());
  const events: OmegaEvent[] = [];
  api.listen((event) => events.push(event));
  const call = async <R extends Route>(route: R, input: RouteInput<R>, signal?: AbortSignal) => {
    const result = await api.call(route, input, signal);
    if (!result.ok) throw Object.assign(new Error(result.error.message), result.error);
    return result.data as RouteOutputs[R];
  };
  const ended = (id: string) =>
    new Promise<Run>((resolve, reject) => {
      const look = () =>
        call('run.get', { id }).then((run) => {
          if (run.endedAt === null) return;
          stop();
          resolve(run);
        }, reject);
      const stop = api.listen((event) => {
        if (event.type === 'run.updated' && event.run.id === id) look();
      });
      look();
    });
  const runToEnd = async (request: RunRequest) => ended((await call('run.start', request)).id);
  return { api, dataFolder, events, call, ended, runToEnd };
}

/** A project folder with one folder for each service. */
export function project(...services: readonly string[]): string {
  const root = tempFolder();
  for (const name of services) mkdirSync(join(root, name));
  return root;
}
