import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import type { AgentDb } from '#main/agentdb/agent-db.ts';
import type { NewEpisode } from '#shared/agentdb-episodes.ts';
import { OmegaError } from '#shared/error.ts';
import { byWords, openAgentDb } from '#test/support/agent-db.ts';
import { tinyDisk } from '#test/support/tiny-disk.ts';

const embedding = new Float32Array(384).fill(1);
const episode = { sessionId: 's', task: 'pin the image', reward: 1, success: true };

test('while no index runs rows are kept and found by words; a new one takes over', async () => {
  let running = false;
  const opened = openAgentDb({ running: () => running });
  const { db } = opened;
  expect((await db.storeEpisode(episode)).degraded).toMatch(/not running/);
  const byText = await db.recallEpisodes({ text: 'image' });
  expect(byText.episodes).toHaveLength(1);
  expect(byText.degraded).toMatch(/found by their words/);
  // There are no words to go by: an empty answer would be taken for one.
  const asked = [db.recallEpisodes({ embedding }), db.searchSkills({ embedding })];
  for (const answer of asked) {
    await expect(answer).rejects.toMatchObject({ code: 'SUBSYSTEM_DEGRADED', retryable: true });
  }
  await expect(db.storeVector({ vector: embedding })).rejects.toMatchObject({
    code: 'NOT_RUNNING',
  });
  running = true;
  const { episodes, degraded } = await db.recallEpisodes({ text: 'image' });
  expect(degraded).toBeNull();
  expect(episodes[0]?.similarity).toBeGreaterThan(0.3);
  await opened.restartIndex();
  const again = await db.recallEpisodes({ text: 'image' });
  expect(again).toEqual({ episodes, degraded: null });
});

test('a trial reads every table, and fails where the store is gone', async () => {
  const { db, storage } = openAgentDb();
  await db.check();
  storage.dispose();
  await expect(db.check()).rejects.toThrow();
});

test('while another process writes for long, what is there is read without waiting for it', async () => {
  const { db, folder, restartIndex } = openAgentDb();
  await db.storeVector({ collection: 'c', vector: [1, 2] });
  await db.addCausalEdge({ cause: 'x', effect: 'success' });
  await db.storeEpisode(episode);
  await db.createSkill({ name: 'pin', description: 'pin the image' });
  await restartIndex();
  const other = new Sqlite(join(folder, 'omega.db'));
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  const began = performance.now();
  expect((await db.searchVectors({ collection: 'c', vector: [1, 2] })).hits).toHaveLength(1);
  expect((await db.recallEpisodes({ text: 'image' })).episodes).toHaveLength(1);
  expect((await db.searchSkills({ text: 'image' })).skills).toHaveLength(1);
  expect(await db.causalEffects('x')).toMatchObject([{ withoutCause: 1 }]);
  // A write waits for five seconds before it gives up.
  expect(performance.now() - began).toBeLessThan(4_500);
});

test('a store on a full disk is still recalled from, and causes are still estimated', async () => {
  const disk = tinyDisk(8_000);
  if (disk === null) return;
  let dead = false;
  const { db } = openAgentDb({
    folder: join(disk, 'data'),
    embed: async (text) => {
      if (dead) throw new OmegaError('UNAVAILABLE', 'The model is missing.');
      return byWords(text);
    },
  });
  await db.addCausalEdge({ cause: 'x', effect: 'success' });
  for (let at = 0; at < 20; at += 1) {
    const held = at % 2 === 0;
    await db.storeEpisode({ ...episode, success: held, labels: held ? ['x'] : [] });
  }
  dead = true;
  await db.storeEpisode({ ...episode, task: 'open a port' });
  dead = false;
  const filler = join(disk, 'filler');
  const big = { ...episode, output: 'x'.repeat(100_000) };
  fill(filler);
  // What SQLite had room for already is used up, too.
  await expect(storeMany(db, big)).rejects.toMatchObject({ code: 'SQLITE_FULL' });
  fill(filler);
  const { count } = await db.analyzeEpisodes();
  const { episodes, degraded } = await db.recallEpisodes({ text: 'image', limit: 100 });
  expect(episodes).toHaveLength(count - 1);
  expect(degraded).toMatch(/1 episodes are not embedded/);
  expect((await db.causalEffects('x'))[0]?.uplift).toBeGreaterThan(0.7);
  expect((await db.searchSkills({ text: 'any' })).skills).toEqual([]);
  rmSync(filler);
  expect((await db.recallEpisodes({ text: 'image', limit: 100 })).degraded).toBeNull();
});

/** Takes what is left of a disk. */
function fill(path: string): void {
  for (const bytes of [100_000, 4_096, 512]) {
    try {
      for (;;) appendFileSync(path, Buffer.alloc(bytes));
    } catch {}
  }
}

async function storeMany(db: AgentDb, one: NewEpisode): Promise<void> {
  for (let times = 0; times < 200; times += 1) await db.storeEpisode(one);
}
