import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeCheckout } from './checkout.ts';
import { alive, eventually } from './processes.ts';

let checkout: ReturnType<typeof makeCheckout>;
let started: ChildProcess[] = [];
beforeEach(() => {
  checkout = makeCheckout();
});
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  started = [];
  checkout.dispose();
});

/** Starts `npm start`'s script and waits until the server has printed its address. */
async function start(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [join(checkout.root, 'scripts', 'start.mjs'), ...args], {
    env: { PATH: process.env.PATH, ...env },
  });
  started.push(child);
  const seen = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    seen.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    seen.err += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await eventually(() => seen.out.includes('token='));
  const server = Number(/pid (\d+)/.exec(seen.out)?.[1]);
  return { child, seen, ended, server };
}

test('a start with nothing to do serves at once and says why there is no window', async () => {
  const begin = Date.now();
  const { seen } = await start([]);
  expect(Date.now() - begin).toBeLessThan(3_000);
  expect(seen.err).toContain('served to the browser: there is no display here');
  expect(seen.err).not.toContain('set-up:');
  const url = /http:\S+/.exec(seen.out)?.[0] ?? '';
  expect(await (await fetch(url)).text()).toBe('page');
});

test('SIGTERM reaches the server, and its exit code comes back', async () => {
  const { child, ended, seen } = await start(['--no-open']);
  child.kill('SIGTERM');
  expect(await ended).toBe(7);
  expect(seen.out).toContain('ending');
});

test('killed outright, it leaves no server behind', async () => {
  const { child, server } = await start(['--no-open', '--port', '0']);
  expect(alive(server)).toBe(true);
  child.kill('SIGKILL');
  await eventually(() => !alive(server));
});

test('a usage error ends with 2 before anything is set up', () => {
  const result = spawnSync(
    process.execPath,
    [join(checkout.root, 'scripts', 'start.mjs'), '--prot', '1'],
    { encoding: 'utf8' },
  );
  expect(result.status).toBe(2);
  expect(result.stderr).toContain('Usage: npm start');
});

test('omega runs where the user stood, hands on its arguments and its code', () => {
  const place = join(checkout.root, 'a place');
  mkdirSync(place);
  const result = spawnSync(
    process.execPath,
    [join(checkout.root, 'scripts', 'omega.mjs'), 'scan', 'with space', '--json'],
    {
      cwd: checkout.root,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        npm_lifecycle_event: 'omega',
        INIT_CWD: place,
        CLI_CODE: '3',
      },
    },
  );
  expect(JSON.parse(result.stdout)).toMatchObject({
    args: ['scan', 'with space', '--json'],
    cwd: realpathSync(place),
  });
  expect(result.status).toBe(3);
  expect(result.stderr).toBe('');
});
