import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ApiOptions } from '#main/api/create-api.ts';
import { type Environment, variablesOf } from '#main/core/config/environment.ts';
import { offlinePorts } from '#main/generation/offline-ports.ts';
import type { ConfigKey } from '#shared/config.ts';
import type { Proposal, RunRequest } from '#shared/run.ts';
import { type BehaviourChange, StandIn } from '#test/stand-ins/server.ts';
import { standInEnv, standInSettings } from './live-providers.ts';
import { openApi } from './open-api.ts';
import { tempFolder } from './temp-folder.ts';

/** The environment in which the app asks a stand-in for every provider, with its keys. */
export function standInEnvironment(urls: Pick<StandIn, 'urls'>): Environment {
  const settings = Object.entries(standInSettings(urls)).map(([field, value]) => [
    variablesOf(`providers.${field}` as ConfigKey)[0],
    String(value),
  ]);
  return { ...standInEnv, ...Object.fromEntries(settings) };
}

/**
 * The whole app, from its contract to a socket, whose providers are one stand-in. Repair is off, so
 * that a request is a job's, and retries come soon, unless `env` says otherwise.
 */
export async function standInApp(
  behaviour: BehaviourChange = {},
  env: Environment = {},
  options: Partial<ApiOptions> = {},
) {
  const standIn = await StandIn.start(behaviour);
  onTestFinished(() => standIn.close());
  const quick = { OMEGA_PROVIDERS_REPAIR_ROUNDS: '0', OMEGA_RETRY_POLICY_INITIAL_DELAY_MS: '2' };
  const opened = await openApi({
    ports: offlinePorts,
    door: 'web',
    ...options,
    env: { ...standInEnvironment(standIn), ...quick, ...env },
  });
  /** A run to its end, with its proposals. */
  const generate = async (request: Partial<RunRequest> & Pick<RunRequest, 'roots'>) => {
    const run = await opened.runToEnd({ kinds: ['dockerfile'], use: 'openai', ...request });
    const proposals: Proposal[] = [];
    for (const { id } of await opened.call('proposal.list', { runId: run.id })) {
      proposals.push(await opened.call('proposal.get', { id }));
    }
    return { run, proposals };
  };
  return { ...opened, standIn, generate };
}

/** A project of so many small services, each with a Dockerfile and a manifest to make. */
export function manyServices(count: number, called = 'many'): string {
  const root = join(tempFolder(), called);
  for (let index = 1; index <= count; index += 1) {
    const name = `service-${index}`;
    const folder = join(root, name);
    mkdirSync(folder, { recursive: true });
    const manifest = {
      name,
      scripts: { start: 'node server.js' },
      dependencies: { express: '^4' },
      engines: { node: '22' },
    };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'package-lock.json'), '{"lockfileVersion":3}');
    const listen = `app.listen(${3000 + index});`;
    writeFileSync(join(folder, 'server.js'), `const app = require('express')();\n${listen}\n`);
  }
  return root;
}
