import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Sqlite from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '#main/core/clock.ts';
import { Storage } from '#main/storage/storage.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { Client } from './door.ts';

const entry = new URL('../../../../src/main/doors/web/main.ts', import.meta.url).pathname;

async function start() {
  const home = tempFolder();
  const child = spawn(process.execPath, [entry], {
    env: { PATH: process.env.PATH, OMEGA_HOME: home, OMEGA_DEVICE: 'cpu' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let told = '';
  child.stderr.on('data', (data) => {
    told += data;
  });
  const exit = once(child, 'close');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { port, search } = new URL(line);
  const client = await Client.open(Number(port), { path: `/ws${search}`, headers: {} });
  return { home, child, client, exit, told: () => told };
}

type Result = { readonly ok: boolean; readonly data?: { readonly id: string } };

// Catches a close that drops what is under way, answers what was not kept, or leaves the store open.
it.each(['SIGINT', 'SIGTERM'] as const)(
  '%s amid calls: each is answered, what was answered is kept, the store is closed, exit code 0',
  async (signal) => {
    const { home, child, client, exit, told } = await start();
    const embedding = Array.from({ length: 384 }, (_, at) => Math.sin(at + 1));
    const calls = 400;
    for (let id = 1; id <= calls; id += 1) {
      const input = { tier: 'semantic', text: `memory number${id}`, embedding };
      client.send({ id, route: 'memory.store', input });
      // Some in the middle of the work.
      if (id === calls / 2) await client.answer(1);
    }
    const closed = client.closed();
    child.kill(signal);
    expect(await exit).toEqual([0, null]);
    expect(told()).toBe('');
    expect(await closed).toBe(1001);
    const answers = client.frames.flatMap(({ id, result }) =>
      typeof id === 'number' ? [[id, result as Result] as const] : [],
    );
    const kept = answers.flatMap(([, { ok, data }]) => (ok && data ? [data.id] : []));
    expect(kept.length).toBeGreaterThan(0);
    for (const [, result] of answers) {
      if (result.ok) continue;
      expect(result).toMatchObject({ error: { code: expect.stringMatching(/UNAVAIL|CANCEL/) } });
    }
    // No log of SQLite is left, and no lock of the process.
    expect(existsSync(join(home, 'omega.db-wal'))).toBe(false);
    expect(readdirSync(join(home, 'instances'))).toEqual([]);
    const db = new Sqlite(join(home, 'omega.db'));
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
    const storage = new Storage(home, systemClock);
    onTestFinished(() => storage.dispose());
    expect(kept.filter((id) => storage.memories.find(id) === null)).toEqual([]);
  },
);
