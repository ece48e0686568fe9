import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '#main/core/clock.ts';
import { Storage } from '#main/storage/storage.ts';
import { TelemetryWriter, type TelemetryWriterOptions } from '#main/storage/telemetry-writer.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

function open(folder = tempFolder()) {
  const storage = new Storage(folder, systemClock);
  onTestFinished(() => storage.dispose());
  return { storage, folder, telemetry: storage.telemetry };
}

const row = (at: number, metrics = '{}') => ({ door: 'web', pid: 1, at, metrics, health: null });

function write(storage: Storage, options: Partial<TelemetryWriterOptions> = {}) {
  const errors: unknown[] = [];
  const writer = new TelemetryWriter({
    store: storage.telemetry,
    clock: systemClock,
    door: 'web',
    everyMs: 5,
    snapshot: async () => ({ metrics: '{}', health: null, mark: '' }),
    onError: (error) => errors.push(error),
    ...options,
  });
  onTestFinished(() => writer.dispose());
  return { writer, errors };
}

it('one row an instance, the newest first, without those that ended', () => {
  const one = open();
  const two = open(one.folder);
  one.telemetry.write(row(1));
  two.telemetry.write(row(2, '{"a":1}'));
  one.telemetry.write(row(3));
  expect(two.telemetry.running()).toMatchObject([
    { instance: one.storage.instance.id, at: 3 },
    { instance: two.storage.instance.id, at: 2, metrics: '{"a":1}' },
  ]);
  // As if it had crashed: its row stays, its lock does not.
  two.storage.dispose();
  expect(one.telemetry.running().map(({ at }) => at)).toEqual([3]);
  const three = open(one.folder);
  three.telemetry.sweep();
  expect(three.telemetry.running()).toHaveLength(1);
  one.telemetry.sweep();
  expect(three.telemetry.running()).toEqual([]);
});

it('is written when something happened, not for every look, and goes with its instance', async () => {
  const { storage } = open();
  let [mark, looks] = ['a', 0];
  const snapshot = async () => {
    looks += 1;
    return { metrics: JSON.stringify({ looks }), health: '{}', mark };
  };
  const { writer } = write(storage, { snapshot });
  await expect.poll(() => looks, { timeout: 10_000 }).toBeGreaterThan(5);
  expect(storage.telemetry.running()).toMatchObject([{ metrics: '{"looks":1}', pid: process.pid }]);
  mark = 'b';
  const seen = () => JSON.parse(storage.telemetry.running()[0]?.metrics ?? '{}').looks;
  await expect.poll(seen, { timeout: 10_000 }).toBeGreaterThan(5);
  writer.dispose();
  expect(storage.telemetry.running()).toEqual([]);
});

it('is written anew after a minute without news, since memory and uptime change', async () => {
  const { storage } = open();
  let now = 0;
  write(storage, { clock: { ...systemClock, now: () => now } });
  const at = () => storage.telemetry.running()[0]?.at;
  await expect.poll(at).toBe(0);
  now = 59_000;
  await sleep(50);
  expect(at()).toBe(0);
  now = 60_000;
  await expect.poll(at).toBe(60_000);
});

it('tells of a store that cannot be written once, and goes on', async () => {
  const { storage } = open();
  let [broken, tries] = [true, 0];
  const snapshot = async () => {
    tries += 1;
    if (broken) throw new Error('no');
    return { metrics: '{}', health: null, mark: '' };
  };
  const { errors } = write(storage, { snapshot });
  await expect.poll(() => tries, { timeout: 10_000 }).toBeGreaterThan(3);
  expect(errors).toHaveLength(1);
  broken = false;
  await expect.poll(() => storage.telemetry.running().length).toBe(1);
});
