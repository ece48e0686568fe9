import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { systemClock } from '#main/core/clock.ts';
import { Storage } from '#main/storage/storage.ts';
import { openApi } from '#test/support/open-api.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

function filled(): string {
  const folder = tempFolder();
  const storage = new Storage(folder, systemClock);
  storage.projects.add({ root: '/a', name: 'a', addedAt: 1, sample: false });
  for (let index = 0; index < 200; index += 1) {
    storage.projects.add({ root: `/p${index}`, name: 'p'.repeat(200), addedAt: 2, sample: false });
  }
  storage.dispose();
  return folder;
}

describe('a store that is damaged', () => {
  it.each([
    ['at its head', (bytes: Buffer) => bytes.fill(0x5a, 0, 200)],
    ['in its middle', (bytes: Buffer) => bytes.fill(0x5a, 4096, bytes.length)],
    ['by being cut', (bytes: Buffer) => bytes.subarray(0, 5000)],
  ])('%s is kept aside, and the app starts fresh and says so', async (_name, damage) => {
    const folder = filled();
    const file = join(folder, 'omega.db');
    const damaged = Buffer.from(damage(readFileSync(file)));
    writeFileSync(file, damaged);
    const { call } = await openApi({ dataFolder: folder });
    expect(await call('project.list', {})).toEqual([]);
    const { notices } = await call('app.info', {});
    const aside = readdirSync(folder).find((name) => name.startsWith('omega.db.damaged-'));
    expect(notices[0]).toContain(aside);
    expect(readFileSync(join(folder, aside ?? '')).equals(damaged)).toBe(true);
  });
});

describe('the store', () => {
  it('of a newer version is refused and left as it is', async () => {
    const folder = filled();
    const db = new Sqlite(join(folder, 'omega.db'));
    db.exec('INSERT INTO schema_version VALUES (999, 0)');
    db.close();
    expect(() => new Storage(folder, systemClock)).toThrow(
      expect.objectContaining({ code: 'REFUSED' }),
    );
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
  });

  it('lives by its lock, which goes with it, and closes twice without harm', () => {
    const folder = join(tempFolder(), 'data');
    const storage = new Storage(folder, systemClock);
    expect(storage.instance.isAlive(storage.instance.id)).toBe(true);
    storage.dispose();
    storage.dispose();
    expect(readdirSync(join(folder, 'instances'))).toEqual([]);
  });

  it('is whole after a process was killed in the middle of its writes', async () => {
    const folder = tempFolder();
    for (let round = 0; round < 4; round += 1) {
      const script = join(import.meta.dirname, 'write-child.ts');
      const child = spawn(process.execPath, [script, folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      child.kill('SIGKILL');
      await once(child, 'exit');
      const db = new Sqlite(join(folder, 'omega.db'));
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(db.pragma('foreign_key_check')).toEqual([]);
      // Each transaction of the child adds two: never one.
      const { count } = db
        .prepare<[], { count: number }>('SELECT count(*) AS count FROM projects')
        .get() ?? {
        count: -1,
      };
      expect(count % 2).toBe(0);
      expect(count).toBeGreaterThan(0);
      db.close();
    }
    const storage = new Storage(folder, systemClock);
    const locks = readdirSync(join(folder, 'instances')).filter((name) => name.endsWith('.lock'));
    expect(locks).toEqual([`${storage.instance.id}.lock`]);
    storage.dispose();
  });
});
