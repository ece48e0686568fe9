import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { OmegaApi } from '#main/runtime/omega-api.ts';
import type { ConfigChange } from '#shared/config.ts';
import { failingCompute } from '#test/support/failing-compute.ts';
import { hasModel, modelsFolder } from '#test/support/model.ts';
import { openRuntime } from '#test/support/open-runtime.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { clustered } from '#test/support/vectors.ts';

const count = 300;
const rows = clustered(count, 384, 5);
const row = (at: number) => rows.slice(at * 384, (at + 1) * 384);
const calm = { 'acceleration.device': 'cpu', 'healthMonitor.enabled': false } as const;

/** A runtime over compute processes that fail when they are told to; without a model unless wanted. */
async function open(settings: ConfigChange = {}, models = join(tempFolder(), 'none')) {
  const compute = failingCompute();
  const opened = openRuntime(
    { ...calm, ...settings },
    { acceleration: { spawn: compute.spawn, modelsFolder: models } },
  );
  await opened.runtime.start();
  const api = new OmegaApi(opened.runtime);
  const fill = async () => {
    const many = Array.from({ length: count }, (_, at) => ({
      ...{ tier: 'semantic' as const, text: `memory number${at}`, embedding: row(at) },
    }));
    const stored = await api.storeMemories(many);
    for (let at = 0; at < count; at += 1) {
      await api.storeVector({ collection: 'rows', id: `v${at}`, vector: row(at) });
    }
    return stored.map(({ id }) => id);
  };
  return { ...opened, api, compute, fill };
}

describe('the process of the index', () => {
  it('killed again and again under queries, keeps no answer from being right', async () => {
    const { api, compute, fill, runtime } = await open();
    const ids = await fill();
    await api.queryMemories({ embedding: row(0) });
    await api.searchVectors({ collection: 'rows', vector: row(0) });
    let killed = 0;
    let degraded = 0;
    for (let round = 0; round < 5; round += 1) {
      const asked = Array.from({ length: 40 }, (_, at) => (round * 40 + at) % count);
      const answers = Promise.all(
        asked.map(async (at) => {
          const memories = await api.queryMemories({ embedding: row(at), limit: 1 });
          const vectors = await api.searchVectors({ collection: 'rows', vector: row(at), k: 1 });
          if (memories.degraded !== null) degraded += 1;
          expect(memories.memories[0]?.memory.id).toBe(ids[at]);
          expect(vectors.hits[0]?.id).toBe(`v${at}`);
        }),
      );
      await sleep(5);
      killed += compute.signal('vectors', 'SIGKILL');
      await answers;
    }
    // Three deaths in a minute: it rests, and every answer says so.
    expect(killed).toBeGreaterThanOrEqual(3);
    const resting = await api.queryMemories({ embedding: row(7), limit: 1 });
    expect(resting.memories[0]?.memory.id).toBe(ids[7]);
    expect(resting.degraded).toMatch(/one by one/);
    expect(degraded).toBeGreaterThan(0);
    await expect.poll(() => runtime.board.find('memory', 'exact-scan')).not.toBeNull();
    expect(runtime.state).toBe('degraded');
    // What rests is made anew with the part, and the parts above hold the new one.
    await runtime.recover('embeddings');
    const whole = await api.queryMemories({ embedding: row(8), limit: 1 });
    expect(whole).toMatchObject({ degraded: null, memories: [{ memory: { id: ids[8] } }] });
    expect((await api.searchVectors({ collection: 'rows', vector: row(8) })).degraded).toBeNull();
    await runtime.check();
    await runtime.check();
    expect(runtime.board.isWhole).toBe(true);
  });

  it('that hangs is ended by the health monitor, and the next one answers', {
    timeout: 60_000,
  }, async () => {
    const { api, compute, fill, runtime, set } = await open();
    const ids = await fill();
    await api.queryMemories({ embedding: row(0) });
    expect(compute.signal('vectors', 'SIGSTOP')).toBe(1);
    set({
      ...{ 'healthMonitor.checkTimeoutSecs': 3, 'healthMonitor.failureThreshold': 2 },
      ...{ 'healthMonitor.checkIntervalSecs': 0.1, 'healthMonitor.recoveryTimeoutSecs': 0.1 },
      ...{ 'healthMonitor.enabled': true, 'runtime.stopTimeoutSecs': 1 },
    });
    const status = () => runtime.health().subsystems.find(({ name }) => name === 'vectors')?.status;
    await expect.poll(status, { timeout: 20_000 }).toBe('unhealthy');
    await expect.poll(status, { timeout: 30_000 }).toBe('healthy');
    const answer = await api.queryMemories({ embedding: row(9), limit: 1 });
    expect(answer).toMatchObject({ degraded: null, memories: [{ memory: { id: ids[9] } }] });
  });
});

describe('without a model', () => {
  it('answers are by words and say so, and so does the health of the runtime', async () => {
    const { api, runtime } = await open();
    const { id, degraded } = await api.storeMemory({ tier: 'semantic', text: 'volumes keep data' });
    expect(degraded).toMatch(/not installed/);
    const answer = await api.queryMemories({ text: 'volumes' });
    expect(answer.degraded).toMatch(/words alone/);
    expect(answer.memories[0]?.memory.id).toBe(id);
    const episode = { sessionId: 's', task: 'open a port', reward: 1, success: true };
    expect((await api.storeEpisode(episode)).degraded).toMatch(/not installed/);
    expect((await api.recallEpisodes({ text: 'port' })).episodes).toHaveLength(1);
    await expect.poll(() => runtime.board.find('memory', 'text-only')?.reason).toMatch(/install/);
    expect(runtime.state).toBe('degraded');
  });
});

describe.skipIf(!hasModel)('an embedder that dies and dies', () => {
  const impatient = {
    ...{ 'healthMonitor.enabled': true, 'healthMonitor.checkIntervalSecs': 0.2 },
    ...{ 'healthMonitor.failureThreshold': 2, 'healthMonitor.recoveryTimeoutSecs': 0.3 },
  } as const;

  it('leaves words, is started again, and what it missed gets its vectors', async () => {
    const { api, compute, runtime, set, types } = await open({}, modelsFolder);
    await api.storeMemory({ tier: 'semantic', text: 'restarts follow failed checks' });
    compute.state.dies = true;
    compute.signal('embed', 'SIGKILL');
    const asked = { tier: 'semantic' as const, text: 'the database keeps its files in a volume' };
    const { id, degraded } = await api.storeMemory(asked);
    expect(degraded).not.toBeNull();
    const episode = { sessionId: 's', task: 'open a port for the web', reward: 1, success: true };
    const missed = await api.storeEpisode(episode);
    expect(missed.degraded).not.toBeNull();
    expect((await api.queryMemories({ text: 'volume' })).degraded).toMatch(/words alone/);
    await expect.poll(() => runtime.board.find('memory', 'text-only')).not.toBeNull();
    set(impatient);
    const status = () =>
      runtime.health().subsystems.find(({ name }) => name === 'embeddings')?.status;
    await expect.poll(status, { timeout: 20_000 }).toBe('unhealthy');
    // Meanwhile it is started again and again in vain, and the parts above go on.
    await sleep(1_000);
    const words = await api.queryMemories({ text: 'volume' });
    expect(words.memories[0]?.memory.id).toBe(id);
    compute.state.dies = false;
    await expect.poll(status, { timeout: 20_000 }).toBe('healthy');
    expect(types()).toContain('degradation.left');
    await expect.poll(() => runtime.board.isWhole).toBe(true);
    const whole = await api.queryMemories({ text: 'where data is stored' });
    expect(whole.degraded).toBeNull();
    // No word in common: only its vector finds it.
    await expect
      .poll(
        async () =>
          (await api.queryMemories({ text: 'where data is stored' })).memories.map(
            ({ memory }) => memory.id,
          ),
        { timeout: 10_000 },
      )
      .toContain(id);
    const recalled = await api.recallEpisodes({ text: 'make a server reachable' });
    expect(recalled.degraded).toBeNull();
    expect(recalled.episodes[0]?.episode.id).toBe(missed.id);
  });
});
