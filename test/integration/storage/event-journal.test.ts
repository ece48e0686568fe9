import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '#main/core/clock.ts';
import { EventRows } from '#main/storage/event-rows.ts';
import { Storage } from '#main/storage/storage.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { tinyDisk } from '#test/support/tiny-disk.ts';
import { openJournal, range, updates } from './journal-support.ts';

const turn = () => new Promise(setImmediate);

describe('the journal of events', () => {
  it('writes later, in one group, and leaves out what only the page needs', async () => {
    const { add, rows, groups, storage } = openJournal(tempFolder());
    add({ type: 'scan.progress', root: '/a', files: 1 }, { type: 'system.started' });
    add({ type: 'memory.stored', id: 'm', tier: 'session', bytes: 3 });
    expect(rows.latest(null, 10)).toEqual([]);
    await vi.waitFor(() => expect(groups).toEqual([2]), 5_000);
    const instance = storage.instance.id;
    expect(rows.latest(null, 10)).toEqual([
      { seq: 1, at: 1_002, traceId: 'trace-2', instance, type: 'system.started', data: {} },
      {
        seq: 2,
        at: 1_003,
        traceId: 'trace-3',
        instance,
        type: 'memory.stored',
        data: { id: 'm', tier: 'session', bytes: 3 },
      },
    ]);
  });

  it('writes a burst in groups of 256, one a turn, without waiting for its timer', async () => {
    const { add, groups, ids } = openJournal(tempFolder());
    add(...updates(1, 600));
    expect(groups).toEqual([]);
    await turn();
    await turn();
    expect(groups.slice(0, 2)).toEqual([256, 256]);
    await vi.waitFor(() => expect(groups).toEqual([256, 256, 88]), 5_000);
    expect(ids()).toEqual(range(1, 600));
  });

  it('writes the rest when it closes, and takes nothing after', async () => {
    const { add, journal, ids, dropped } = openJournal(tempFolder());
    add(...updates(1, 300));
    journal.dispose();
    add(...updates(301, 302));
    journal.dispose();
    expect([ids(), await dropped()]).toEqual([range(1, 300), 0]);
  });

  it('keeps the latest 10,000, and goes on counting', () => {
    const { add, journal, ids, rows } = openJournal(tempFolder());
    add(...updates(1, 9_900));
    journal.dispose();
    rows.append('other', updateRows(9_901, 10_100), 10_000, 0);
    expect(ids()).toEqual(range(101, 10_100));
    expect(rows.latest(null, 1)[0]?.seq).toBe(10_100);
  });

  it('keeps of a huge event that it was, and drops one that is no JSON, with no harm to others', async () => {
    const { add, journal, rows, dropped } = openJournal(tempFolder());
    const circle: Record<string, unknown> = {};
    circle.itself = circle;
    add({ type: 'memory.retrieved', ids: ['x'.repeat(40_000)] });
    add({ type: 'memory.retrieved', ids: circle as unknown as readonly string[] });
    add({ type: 'memory.deleted', id: 'last' });
    journal.dispose();
    expect(rows.latest(null, 9).map(({ type, data }) => [type, data])).toEqual([
      ['memory.retrieved', null],
      ['memory.deleted', { id: 'last' }],
    ]);
    expect(await dropped()).toBe(1);
  });

  it('is shared: two processes write one order, and each reads both', () => {
    const folder = tempFolder();
    const [one, two] = [openJournal(folder), openJournal(folder)];
    one.add(...updates(1, 10));
    one.journal.dispose();
    two.add(...updates(11, 20));
    two.journal.dispose();
    expect(one.ids()).toEqual(range(1, 20));
    const events = two.rows.after(5, new Set(['memory.updated']), 10);
    expect(events.map(({ seq }) => seq)).toEqual(range(6, 15));
    expect(events.map(({ instance }) => instance)).toEqual([
      ...Array(5).fill(one.storage.instance.id),
      ...Array(5).fill(two.storage.instance.id),
    ]);
    expect(two.rows.latest(new Set(['error']), 10)).toEqual([]);
  });

  // With SQLite's usual five seconds of waiting, another process' write would stop this one.
  it('waits for another process in its own time, not in the app’s, and loses nothing', async () => {
    const folder = tempFolder();
    const { add, groups, ids, errors, dropped } = openJournal(folder);
    const other = new Sqlite(join(folder, 'omega.db'));
    other.exec('BEGIN IMMEDIATE');
    add(...updates(1, 256));
    const began = performance.now();
    await turn();
    await turn();
    expect(groups).toEqual([256]);
    expect(performance.now() - began).toBeLessThan(2_000);
    other.exec('ROLLBACK');
    other.close();
    await vi.waitFor(() => expect(ids()).toEqual(range(1, 256)), 10_000);
    expect([errors, await dropped()]).toEqual([[], 0]);
  });

  it('leaves the connection’s own patience as it was', () => {
    const folder = tempFolder();
    new Storage(folder, systemClock).dispose();
    const db = new Sqlite(join(folder, 'omega.db'));
    const rows = new EventRows(db);
    const patience = () => db.pragma('busy_timeout', { simple: true });
    rows.append('i', updateRows(1, 1), 10, 20);
    expect(patience()).toBe(5_000);
    db.pragma('query_only = ON');
    expect(() => rows.append('i', updateRows(2, 2), 10, 20)).toThrow('readonly');
    expect(patience()).toBe(5_000);
    db.close();
  });

  it('loses, when the process is killed, the last group at most', async () => {
    for (const delay of [0, 40, 90]) {
      const folder = tempFolder();
      const script = join(import.meta.dirname, 'emit-child.ts');
      const child = spawn(process.execPath, [script, folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (text) => {
        said += text;
      });
      await vi.waitFor(() => expect(said.split('\n').length).toBeGreaterThan(100), 20_000);
      await new Promise((done) => setTimeout(done, delay));
      child.kill('SIGKILL');
      await once(child, 'close');
      const emitted = Number(said.trimEnd().split('\n').at(-1));
      const { ids } = openJournal(folder);
      const written = ids();
      const last = written.at(-1) ?? 0;
      expect(written).toEqual(range(Math.max(1, last - 9_999), last));
      // A group, and the burst that filled it.
      expect(emitted - last).toBeLessThanOrEqual(256 + 10);
      expect(last).toBeGreaterThan(0);
    }
  });
});

describe('the journal on a disk that takes nothing', () => {
  it('drops the oldest, counts them, says so once, and writes on when there is room', async ({
    skip,
  }) => {
    const disk = tinyDisk(2_000);
    if (disk === null) return skip('this user may not mount a disk');
    const { add, ids, errors, dropped } = openJournal(join(disk, 'data'));
    const filler = join(disk, 'filler');
    const others = readdirSync(join(disk, 'data')).reduce(
      (sum, name) => sum + statSync(join(disk, 'data', name)).size,
      0,
    );
    // Leaves room for some groups, so that it fills up in the middle of the work.
    writeFileSync(filler, Buffer.alloc(2_000_000 - others - 150_000));
    add(...updates(1, 10_500));
    expect(await dropped()).toBe(500);
    await vi.waitFor(() => expect(errors).toHaveLength(1), 10_000);
    expect(errors[0]).toMatchObject({ code: expect.stringMatching(/SQLITE_(FULL|IOERR)/) });
    const before = ids();
    expect(before).toEqual(range(501, 500 + before.length));
    rmSync(filler);
    await vi.waitFor(() => expect(ids()).toEqual(range(501, 10_500)), 15_000);
    expect([errors.length, await dropped()]).toEqual([1, 500]);
  });

  it('counts what it could not write when it closes', async () => {
    const folder = tempFolder();
    new Storage(folder, systemClock).dispose();
    // What SQLite makes of a disk that is mounted for reading.
    const db = new Sqlite(join(folder, 'omega.db'), { readonly: true });
    onTestFinished(() => void db.close());
    const { add, journal, errors, dropped, ids } = openJournal(folder, new EventRows(db));
    add(...updates(1, 256));
    await vi.waitFor(() => expect(errors).toHaveLength(1), 10_000);
    expect(errors[0]).toMatchObject({ code: 'SQLITE_READONLY' });
    add(...updates(257, 300));
    journal.dispose();
    expect([ids(), await dropped()]).toEqual([[], 300]);
  });
});

function updateRows(from: number, to: number) {
  return range(from, to).map((id) => ({
    at: 0,
    type: 'memory.updated',
    trace: null,
    data: JSON.stringify({ id: String(id) }),
  }));
}
