import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasModel } from '#test/support/model.ts';
import { openRuntime } from '#test/support/open-runtime.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { tinyDisk } from '#test/support/tiny-disk.ts';

const quiet = { 'healthMonitor.enabled': false } as const;

describe('the runtime', () => {
  it('goes through its states, may be started again, and says what stopping came to', async () => {
    const { runtime, events } = openRuntime(quiet);
    expect(runtime.state).toBe('created');
    expect(await runtime.stop()).toEqual([]);
    expect(() => runtime.storage).toThrow(expect.objectContaining({ code: 'NOT_RUNNING' }));
    for (let turn = 0; turn < 2; turn += 1) {
      await runtime.start();
      expect(runtime.state).toBe('running');
      runtime.storage.probe(`turn ${turn}`);
      const report = await runtime.stop();
      expect(report.every(({ outcome }) => outcome === 'stopped')).toBe(true);
      expect(report.at(-1)?.name).toBe('storage');
      expect(runtime.state).toBe('stopped');
    }
    const states = events.flatMap((event) => (event.type === 'runtime.state' ? event.state : []));
    expect(states.join(' ')).toBe(
      'starting running stopping stopped starting running stopping stopped',
    );
    expect(events.map(({ type }) => type)).toContain('system.started');
    expect(events.at(-1)?.type).toBe('system.shutdown');
  });

  it('is in error after a start that failed, and starts when that is mended', async () => {
    const dataFolder = join(tempFolder(), 'home');
    writeFileSync(dataFolder, 'a file where the folder should be');
    const { runtime } = openRuntime(quiet, { dataFolder });
    await expect(runtime.start()).rejects.toMatchObject({ name: 'OmegaError' });
    expect(runtime.state).toBe('error');
    const fine = openRuntime(quiet);
    await fine.runtime.start();
    expect(fine.runtime.state).toBe('running');
  });

  it.skipIf(!hasModel)(
    'tries the real work of every part, asleep ones only when asked to',
    async () => {
      // To open the model takes its time on a busy machine.
      const { runtime } = openRuntime({ ...quiet, 'healthMonitor.checkTimeoutSecs': 50 });
      await runtime.start();
      await runtime.check();
      const status = (name: string) =>
        runtime.health().subsystems.find((one) => one.name === name)?.status;
      expect([status('storage'), status('embeddings'), status('vectors')]).toEqual([
        'healthy',
        'unknown',
        'unknown',
      ]);
      await runtime.check({ wake: true });
      expect([status('embeddings'), status('vectors')]).toEqual(['healthy', 'healthy']);
      expect(runtime.state).toBe('running');
      expect(runtime.health().resources.rssMb).toBeGreaterThan(20);
    },
  );

  it('is degraded while the store cannot be written, and whole again by itself', async () => {
    const disk = tinyDisk(4096);
    if (disk === null) return;
    const { runtime, events } = openRuntime(
      { ...quiet, 'resources.minFreeDiskMb': 0 },
      { dataFolder: join(disk, 'home') },
    );
    await runtime.start();
    const ballast = join(disk, 'ballast');
    for (let size = 4_000_000; size >= 1000; size = Math.floor(size / 2)) {
      try {
        writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' });
      } catch {
        // Full for this much; less may still fit.
      }
    }
    await runtime.check();
    await runtime.check();
    expect(runtime.state).toBe('degraded');
    expect(runtime.board.find('memory', 'read-only')?.reason).toContain('full');
    writeFileSync(ballast, '');
    await runtime.check();
    await runtime.check();
    await runtime.check();
    expect(runtime.board.isWhole).toBe(true);
    expect(runtime.state).toBe('running');
    expect(events.filter(({ type }) => type === 'degradation.left').length).toBeGreaterThan(0);
  });

  it('notices little free space, before the store does', async () => {
    const { runtime, set } = openRuntime(quiet);
    await runtime.start();
    await runtime.check();
    expect(runtime.state).toBe('running');
    set({ 'resources.minFreeDiskMb': 1_000_000 });
    await runtime.check();
    expect(runtime.board.find('memory', 'read-only')?.reason).toContain('free some space');
    set({ 'resources.minFreeDiskMb': 0, 'resources.maxRssMb': 1 });
    await runtime.check();
    expect(runtime.board.list().map(({ level }) => level)).toEqual(['low-memory']);
    set({ 'resources.maxRssMb': 0 });
    await runtime.check();
    expect(runtime.state).toBe('running');
  });
});
