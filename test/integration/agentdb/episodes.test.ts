import { expect, test } from 'vitest';
import type { NewEpisode } from '#shared/agentdb-episodes.ts';
import { OmegaError } from '#shared/error.ts';
import { byWords, openAgentDb } from '#test/support/agent-db.ts';

const episode = (change: Partial<NewEpisode> = {}): NewEpisode => ({
  sessionId: 's1',
  task: 'write a Dockerfile',
  reward: 0.5,
  success: true,
  ...change,
});

const tasks = ['alpha one', 'beta two', 'gamma three', 'delta four', 'epsilon five', 'zeta six'];

async function filled() {
  const opened = openAgentDb();
  for (const [at, task] of tasks.entries()) {
    await opened.db.storeEpisode(
      episode({
        id: `e${at}`,
        task,
        sessionId: `s${at % 2}`,
        success: at % 3 === 0,
        reward: at / 10,
        at: 1_000 + at,
        latencyMs: 10 * at,
        ...(at < 2 ? { tokens: 100 } : {}),
      }),
    );
  }
  return opened;
}

/** An embedder that a test can take away. */
function embedder() {
  const state = { dead: false, texts: [] as string[] };
  return {
    state,
    embed: async (text: string) => {
      if (state.dead) throw new OmegaError('UNAVAILABLE', 'The model is missing.');
      state.texts.push(text);
      return byWords(text);
    },
  };
}

test('an episode comes back as it was stored, by what it is about', async () => {
  const { db, events } = openAgentDb();
  const whole = episode({
    id: 'mine',
    input: 'in',
    output: 'out',
    critique: 'pin the base image',
    latencyMs: 12.5,
    tokens: 7,
    labels: ['used:cache-mount', 'retry'],
    at: 123,
  });
  await db.storeEpisode(whole);
  await db.storeEpisode(episode({ task: 'deploy to a cluster' }));
  const { episodes, degraded } = await db.recallEpisodes({ text: 'pin base image', limit: 1 });
  expect(episodes).toEqual([{ episode: whole, similarity: expect.any(Number) }]);
  expect(degraded).toBeNull();
  expect(events[0]).toEqual({ type: 'episode.stored', id: 'mine', task: whole.task });
});

test('every filter holds, with a text and without', async () => {
  const { db } = await filled();
  const wanted: [object, string[]][] = [
    [{}, ['e0', 'e1', 'e2', 'e3', 'e4', 'e5']],
    [{ sessionId: 's1' }, ['e1', 'e3', 'e5']],
    [{ success: true }, ['e0', 'e3']],
    [{ success: false, sessionId: 's1' }, ['e1', 'e5']],
    [{ minReward: 0.3 }, ['e3', 'e4', 'e5']],
    [{ from: 1_001, to: 1_003 }, ['e1', 'e2']],
    [{ from: 1_004 }, ['e4', 'e5']],
    [{ to: 1_001, success: false }, []],
  ];
  for (const [filter, ids] of wanted) {
    for (const text of ['delta', undefined]) {
      const asked = text === undefined ? filter : { ...filter, text };
      const { episodes } = await db.recallEpisodes(asked);
      expect(episodes.map(({ episode: { id } }) => id).sort(), JSON.stringify(asked)).toEqual(ids);
    }
    expect((await db.analyzeEpisodes(filter)).count).toBe(ids.length);
  }
  const { episodes } = await db.recallEpisodes({ limit: 2 });
  expect(episodes.map(({ episode: { id } }) => id)).toEqual(['e5', 'e4']);
});

test('totals are of what there is, and null where there is nothing', async () => {
  const { db } = await filled();
  expect(await db.analyzeEpisodes()).toEqual({
    count: 6,
    successRate: expect.closeTo(1 / 3),
    meanReward: expect.closeTo(0.25),
    meanLatencyMs: 25,
    meanTokens: 100,
  });
  expect(await db.analyzeEpisodes({ sessionId: 'none' })).toEqual({
    count: 0,
    successRate: null,
    meanReward: null,
    meanLatencyMs: null,
    meanTokens: null,
  });
});

test('what is no episode, and a wish without words, are refused', async () => {
  const { db } = openAgentDb();
  const refused = { code: 'INVALID_INPUT' };
  for (const change of [
    { reward: 1.1 },
    { reward: -0.1 },
    { reward: Number.NaN },
    { task: ' \n' },
    { latencyMs: Number.POSITIVE_INFINITY },
    { tokens: -1 },
    { labels: ['success'] },
    { labels: [' '] },
    { embedding: new Float32Array(384) },
    { embedding: Float32Array.of(1, 2) },
    { extra: 1 },
  ]) {
    await expect(db.storeEpisode(episode(change)), JSON.stringify(change)).rejects.toMatchObject(
      refused,
    );
  }
  for (const text of ['', '  ']) {
    await expect(db.recallEpisodes({ text })).rejects.toMatchObject(refused);
  }
  expect((await db.analyzeEpisodes()).count).toBe(0);
});

test('an id is stored once: the second is refused, and neither its row nor its vector is there', async () => {
  const { db, storage } = openAgentDb();
  await db.storeEpisode(episode({ id: 'e', task: 'first words' }));
  const again = db.storeEpisode(episode({ id: 'e', task: 'other things' }));
  await expect(again).rejects.toMatchObject({ code: 'CONFLICT' });
  const { episodes } = await db.recallEpisodes({ text: 'other things' });
  expect(episodes).toMatchObject([{ episode: { task: 'first words' } }]);
  // The vector is still that of the first: it would be replaced, were it not one transaction.
  expect(episodes[0]?.similarity).toBeLessThan(0.5);
  expect(storage.vectors.collections.find('episodes')?.size).toBe(1);
  expect(await db.addCausalEdge({ cause: 'x', effect: 'success' })).toMatchObject({
    withoutCause: 1,
  });
});

test('without an embedder episodes are kept and found by words, and embedded when it is back', async () => {
  const { state, embed } = embedder();
  const { db, storage } = openAgentDb({ embed });
  state.dead = true;
  const stored = await db.storeEpisode(episode({ task: 'mount a cache for the packages' }));
  expect(stored.degraded).toMatch(/model is missing/);
  await db.storeEpisode(episode({ task: 'open a port', success: false }));
  const byText = await db.recallEpisodes({ text: 'caches of packages' });
  expect(byText.episodes).toMatchObject([{ episode: { id: stored.id }, similarity: null }]);
  expect(byText.degraded).toMatch(/found by their words/);
  const filtered = await db.recallEpisodes({ text: 'caches', success: false });
  expect(filtered.episodes).toEqual([]);
  // Words are not a language of their own: what FTS5 would read as its syntax is text.
  expect((await db.recallEpisodes({ text: '"NEAR( * OR -' })).episodes).toEqual([]);

  state.dead = false;
  const { episodes, degraded } = await db.recallEpisodes({ text: 'mount a cache' });
  expect(degraded).toBeNull();
  expect(episodes).toHaveLength(2);
  expect(episodes[0]).toMatchObject({ episode: { id: stored.id } });
  expect(episodes[0]?.similarity).toBeGreaterThan(0.5);
  expect(storage.episodes.pending).toBe(0);
});

test('while more wait to be embedded than one search takes in, the answer says so', async () => {
  const { state, embed } = embedder();
  const { db } = openAgentDb({ embed });
  state.dead = true;
  for (let at = 0; at < 70; at += 1) await db.storeEpisode(episode({ task: `task number ${at}` }));
  state.dead = false;
  expect((await db.recallEpisodes({ text: 'task' })).degraded).toMatch(/6 episodes are not/);
  expect((await db.recallEpisodes({ text: 'task' })).degraded).toBeNull();
});

test('an aborted call ends as cancelled and stores nothing', async () => {
  const abort = new AbortController();
  const { db } = openAgentDb({
    embed: (_, signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new OmegaError('CANCELLED', 'Stopped.')));
      }),
  });
  const stored = db.storeEpisode(episode(), abort.signal);
  abort.abort();
  await expect(stored).rejects.toMatchObject({ code: 'CANCELLED' });
  expect((await db.analyzeEpisodes()).count).toBe(0);
});

test('questions are remembered as the setting says, what is stored is not, and memory is given back', async () => {
  const { state, embed } = embedder();
  const { db, settings } = openAgentDb({ embed, settings: { cacheSize: 1 } });
  await db.storeEpisode(episode({ task: 'alpha' }));
  expect(db.shrink()).toBe(0);
  const ask = async (text: string): Promise<number> => {
    const before = state.texts.length;
    await db.recallEpisodes({ text });
    return state.texts.length - before;
  };
  expect([await ask('a'), await ask('a'), await ask('b'), await ask('a')]).toEqual([1, 0, 1, 1]);
  settings.set({ cacheSize: 2 });
  expect([await ask('b'), await ask('a'), await ask('b')]).toEqual([1, 0, 0]);
  expect(db.shrink()).toBe(2);
  expect(await ask('a')).toBe(1);
});
