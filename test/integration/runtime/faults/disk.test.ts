import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { OmegaApi } from '#main/runtime/omega-api.ts';
import { OmegaError } from '#shared/error.ts';
import { failingDisk } from '#test/support/failing-disk.ts';
import { openRuntime } from '#test/support/open-runtime.ts';
import { tinyDisk } from '#test/support/tiny-disk.ts';

const text = (at: number) => `memory number${at} ${'of some length '.repeat(60)}`;
const episode = { sessionId: 's', task: 'open a port', reward: 1, success: true };

async function open(disk: string) {
  const opened = openRuntime(
    {
      ...{ 'resources.minFreeDiskMb': 0, 'healthMonitor.checkIntervalSecs': 0.2 },
      'healthMonitor.recoveryTimeoutSecs': 0.3,
    },
    { dataFolder: join(disk, 'data'), acceleration: undefined },
  );
  await opened.runtime.start();
  const api = new OmegaApi(opened.runtime);
  await api.storeEpisode({ ...episode, id: 'first' });
  await api.addCausalEdge({ cause: 'x', effect: 'success' });
  const told: string[] = [];
  /** Stores memories until one is refused; its error. */
  const storeUntilRefused = async (most: number): Promise<OmegaError | null> => {
    for (let at = 0; at < most; at += 1) {
      try {
        told.push((await api.storeMemory({ tier: 'semantic', text: text(told.length) })).id);
      } catch (error) {
        expect(error).toBeInstanceOf(OmegaError);
        return error as OmegaError;
      }
    }
    return null;
  };
  const expectReads = async (): Promise<void> => {
    for (const id of told) expect(await api.getMemory(id)).not.toBeNull();
    const at = told.length - 1;
    const found = await api.queryMemories({ text: `number${at}`, limit: 1 });
    expect(found.memories[0]?.memory.id).toBe(told[at]);
    expect((await api.recallEpisodes({ text: 'port' })).episodes.length).toBeGreaterThan(0);
    expect(await api.causalEffects('x')).toHaveLength(1);
    expect((await api.searchSkills({ text: 'anything' })).skills).toEqual([]);
  };
  /** Every write is refused, by its name and without a wait. */
  const expectRefusals = async (): Promise<void> => {
    const [id = ''] = told;
    for (const write of [
      () => api.storeMemory({ text: 'a' }),
      () => api.storeMemories([{ text: 'a' }]),
      () => api.updateMemory(id, { importance: 1 }),
      () => api.deleteMemory(id),
      () => api.consolidate(),
      () => api.storeEpisode(episode),
      () => api.createSkill({ name: 'a', description: 'b' }),
      () => api.addCausalEdge({ cause: 'y', effect: 'success' }),
    ]) {
      await expect(write()).rejects.toMatchObject({
        code: 'SUBSYSTEM_DEGRADED',
        retryable: true,
        details: { level: 'read-only' },
      });
    }
  };
  return { ...opened, api, told, storeUntilRefused, expectReads, expectRefusals };
}

/** Takes what is left of a disk. */
function fill(path: string): void {
  for (const bytes of [100_000, 4_096, 512]) {
    try {
      for (;;) appendFileSync(path, Buffer.alloc(bytes));
    } catch {}
  }
}

function integrityOf(dataFolder: string): unknown {
  const db = new Sqlite(join(dataFolder, 'omega.db'));
  try {
    return db.pragma('integrity_check', { simple: true });
  } finally {
    db.close();
  }
}

describe('a disk that is full', () => {
  it('has writes refused and reads go on, until there is room again', async ({ skip }) => {
    const disk = tinyDisk(8_000);
    if (disk === null) return skip('this user may not mount a disk');
    const { runtime, api, told, dataFolder, ...expects } = await open(disk);
    expect(await expects.storeUntilRefused(50)).toBeNull();
    const filler = join(disk, 'filler');
    fill(filler);
    const refused = await expects.storeUntilRefused(10_000);
    fill(filler);
    expect(['NO_SPACE', 'SUBSYSTEM_DEGRADED']).toContain(refused?.code);
    expect(refused?.message).toMatch(/free some space/);
    await expect.poll(() => runtime.state).toBe('degraded');
    await expects.expectReads();
    await expects.expectRefusals();
    // For a while: nothing that the trials do brings the reads down.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await expects.expectReads();
    expect(runtime.board.find('memory', 'read-only')?.reason).toMatch(/full/);
    rmSync(filler);
    await expect.poll(() => runtime.state, { timeout: 10_000 }).toBe('running');
    expect(await expects.storeUntilRefused(50)).toBeNull();
    await api.storeEpisode({ ...episode, id: 'later' });
    await expects.expectReads();
    const report = await runtime.stop();
    expect(report.filter(({ outcome }) => outcome !== 'stopped')).toEqual([]);
    expect(integrityOf(dataFolder)).toBe('ok');
    expect(new Set(told).size).toBe(told.length);
  });
});

describe('a disk that turns read-only', () => {
  it('has writes refused and reads go on, and the stop says what it came to', async ({ skip }) => {
    const disk = failingDisk(24);
    if (disk === null) return skip('this user may not mount a disk');
    const { runtime, ...expects } = await open(disk.folder);
    expect(await expects.storeUntilRefused(50)).toBeNull();
    await disk.fail();
    const refused = await expects.storeUntilRefused(500);
    expect(['NOT_WRITABLE', 'NO_SPACE', 'SUBSYSTEM_DEGRADED']).toContain(refused?.code);
    await expect.poll(() => runtime.board.find('memory', 'read-only')).not.toBeNull();
    await expects.expectReads();
    await expects.expectRefusals();
    const report = await runtime.stop();
    expect(report.map(({ name }) => name)).toContain('storage');
    expect(runtime.state).toBe('stopped');
  });
});
