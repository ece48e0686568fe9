import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { systemClock } from '#main/core/clock.ts';
import { EventMetrics } from '#main/core/events/event-metrics.ts';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import { EventAppender } from '#main/storage/event-appender.ts';
import { EventJournal } from '#main/storage/event-journal.ts';
import { Storage } from '#main/storage/storage.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { makeReadOnly, tinyDisk } from '#test/support/tiny-disk.ts';
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
    const folder = tempFolder();
    const [one, two] = [openJournal(folder), openJournal(folder)];
    one.add(...updates(1, 9_900));
    one.journal.dispose();
    two.add(...updates(9_901, 10_100));
    two.journal.dispose();
    expect(one.ids()).toEqual(range(101, 10_100));
    expect(one.rows.latest(null, 1)[0]?.seq).toBe(10_100);
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

  // With SQLite's usual five seconds of waiting, or without a rest, this one would stand still.
  it('waits for another process in its own time, not in the app’s, and loses nothing', async () => {
    const folder = tempFolder();
    const { add, groups, ids, errors, dropped } = openJournal(folder);
    const other = new Sqlite(join(folder, 'omega.db'));
    other.exec('BEGIN IMMEDIATE');
    const began = performance.now();
    for (let from = 1; from <= 5_120; from += 256) {
      add(...updates(from, from + 255));
      await turn();
    }
    const ms = performance.now() - began;
    // A try, then a rest of half a second before the next; each costs 20 ms.
    expect(groups.length).toBeLessThanOrEqual(1 + ms / 500);
    expect(ms).toBeLessThan(4_000);
    other.exec('ROLLBACK');
    other.close();
    await vi.waitFor(() => expect(ids()).toEqual(range(1, 5_120)), 10_000);
    expect([errors, await dropped()]).toEqual([[], 0]);
  });

  it('keeps what is emitted before there is a store, and what after the store was closed', async () => {
    const folder = tempFolder();
    const storage = new Storage(folder, systemClock);
    const { id } = storage.instance;
    storage.dispose();
    const metrics = new EventMetrics(createMetrics());
    const onError = (error: unknown): void => expect.fail(String(error));
    const journal = new EventJournal({ open: () => new EventAppender(folder), metrics, onError });
    const record = { seq: 1, at: 1, traceId: null };
    journal.add({ ...record, event: { type: 'system.started' } });
    await turn();
    journal.begin(id);
    journal.add({ ...record, event: { type: 'system.shutdown', report: [] } });
    journal.dispose();
    const { rows } = openJournal(folder);
    expect(rows.latest(null, 9).map(({ type, instance }) => [type, instance])).toEqual([
      ['system.started', id],
      ['system.shutdown', id],
    ]);
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

  it('counts what it could not write when it closes', async ({ skip }) => {
    const disk = tinyDisk(2_000);
    if (disk === null) return skip('this user may not mount a disk');
    new Storage(disk, systemClock).dispose();
    makeReadOnly(disk);
    const metrics = createMetrics();
    const errors: unknown[] = [];
    const journal = new EventJournal({
      open: () => new EventAppender(disk),
      metrics: new EventMetrics(metrics),
      onError: (error) => errors.push(error),
    });
    journal.begin('i');
    const record = { at: 1, traceId: null, event: { type: 'system.started' } } as const;
    for (let seq = 1; seq <= 256; seq += 1) journal.add({ ...record, seq });
    await vi.waitFor(() => expect(errors).toHaveLength(1), 10_000);
    expect(errors[0]).toMatchObject({ code: expect.stringMatching(/READONLY|CANTOPEN/) });
    for (let seq = 257; seq <= 300; seq += 1) journal.add({ ...record, seq });
    journal.dispose();
    const dropped = await metrics.getSingleMetric('omega_events_dropped_total')?.get();
    expect(dropped?.values).toMatchObject([{ labels: { by: 'journal' }, value: 300 }]);
  });
});
