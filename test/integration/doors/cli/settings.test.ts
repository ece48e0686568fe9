import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { cliEntry } from '#test/support/cli-entry.ts';
import { openApi, project } from '#test/support/open-api.ts';
import { proveSettings } from '#test/support/prove-settings.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

/** A service that the real scanner knows. */
function service(): string {
  const root = join(tempFolder(), 'shop');
  mkdirSync(root);
  const scripts = { start: 'node server.js' };
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'shop', scripts }));
  writeFileSync(join(root, 'server.js'), "require('http').createServer().listen(3000);\n");
  return root;
}

/** What `omega generate` asks for under these settings, where its options say nothing. */
function asksFor(variables: Readonly<Record<string, string>>): object {
  const env = { ...process.env, OMEGA_HOME: tempFolder(), ...variables };
  const args = [cliEntry, 'generate', service(), '--json'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  if (!stdout) throw new Error(stderr);
  return (JSON.parse(stdout) as { run: { request: object } }).run.request;
}

proveSettings('run', {
  kinds: async () => {
    expect(asksFor({ OMEGA_RUN_KINDS: 'compose' })).toMatchObject({ kinds: ['compose'] });
    // A run that begins goes by all of its settings, the app's as the command's.
    const other = { OMEGA_RUN_KINDS: 'dockerfile', ASYNC_ENABLED: 'false' };
    const request = asksFor({ ...other, OMEGA_ASYNC_CONCURRENCY: '7' });
    expect(request).toMatchObject({ kinds: ['dockerfile'], async: false, concurrency: 7 });
  },
  keep: async () => {
    const { call, runToEnd } = await openApi({ env: {} });
    const root = project('web');
    const runs = async (count: number) => {
      for (let at = 0; at < count; at += 1) {
        await runToEnd({ roots: [root], kinds: ['dockerfile'] });
      }
      return (await call('run.list', {})).length;
    };
    await call('config.set', { 'run.keep': 3 });
    expect(await runs(4)).toBe(3);
    await call('config.set', { 'run.keep': 1 });
    expect(await runs(1)).toBe(1);
  },
});
