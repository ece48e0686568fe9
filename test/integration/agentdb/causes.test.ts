import { expect, test } from 'vitest';
import type { AgentDb } from '#main/agentdb/agent-db.ts';
import type { NewCausalEdge } from '#shared/agentdb-causes.ts';
import { openAgentDb } from '#test/support/agent-db.ts';

const embedding = new Float32Array(384).fill(1);

/** Stores episodes of one task. */
async function episodes(
  db: AgentDb,
  count: number,
  of: (at: number) => { labels: string[]; success?: boolean; reward?: number; task?: string },
): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    const { labels, success = true, reward = 0.5, task = 'build' } = of(at);
    await db.storeEpisode({ sessionId: 's', task, labels, success, reward, embedding });
  }
}

test('an uplift is what the episodes say, whatever the caller would like', async () => {
  const { db, events } = openAgentDb();
  const wish = { cause: 'cached', effect: 'success', uplift: 0.9 } as unknown as NewCausalEdge;
  await expect(db.addCausalEdge(wish)).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringContaining('estimated from stored episodes'),
  });
  expect(await db.causalEffects('cached')).toEqual([]);
  const unknown = await db.addCausalEdge({ cause: 'cached', effect: 'success' });
  expect(unknown).toMatchObject({ uplift: null, low: null, high: null, withCause: 0 });
  // 18 of 20 with the cause, 12 of 30 without.
  await episodes(db, 20, (at) => ({ labels: ['cached'], success: at < 18 }));
  await episodes(db, 30, (at) => ({ labels: [], success: at < 12 }));
  const [effect] = await db.causalEffects('cached');
  expect(effect).toMatchObject({
    effect: 'success',
    uplift: expect.closeTo(0.5),
    withCause: 20,
    withoutCause: 30,
    byTask: true,
  });
  // Newcombe's method 10, worked by hand from its two intervals of Wilson.
  expect(effect?.low).toBeCloseTo(0.2323, 4);
  expect(effect?.high).toBeCloseTo(0.6701, 4);
  await db.addCausalEdge({ cause: 'cached', effect: 'success' });
  expect(await db.causalEffects('cached')).toHaveLength(1);
  const told = events.filter(({ type }) => type === 'causal.added');
  expect(told).toEqual([{ type: 'causal.added', cause: 'cached', effect: 'success' }]);
});

test('it is estimated anew once an episode came, also one of another process', async () => {
  const { db, folder } = openAgentDb();
  await db.addCausalEdge({ cause: 'x', effect: 'success' });
  await episodes(db, 20, (at) => ({ labels: at % 2 ? ['x'] : [], success: at % 2 === 1 }));
  expect((await db.causalEffects('x'))[0]?.uplift).toBe(1);
  const other = openAgentDb({ folder });
  await episodes(other.db, 10, () => ({ labels: ['x'], success: false }));
  expect((await db.causalEffects('x'))[0]).toMatchObject({ uplift: 0.5, withCause: 20 });
});

test('rewards and labels are effects too, and a cause of nothing comes last', async () => {
  const { db } = openAgentDb();
  for (const effect of ['reward', 'small-image', 'never', 'success']) {
    await db.addCausalEdge({ cause: 'multi-stage', effect });
  }
  await episodes(db, 40, (at) => {
    const held = at % 2 === 0;
    const small = held ? at % 10 !== 0 : at % 10 === 1;
    const labels = [...(held ? ['multi-stage'] : []), ...(small ? ['small-image'] : [])];
    return { labels, success: at % 4 < 2, reward: (held ? 0.7 : 0.5) + (at % 3) / 100 };
  });
  const effects = await db.causalEffects('multi-stage');
  expect(effects.map(({ effect }) => effect)).toEqual([
    'small-image',
    'reward',
    'never',
    'success',
  ]);
  expect(effects[0]?.uplift).toBeCloseTo(0.8 - 0.2);
  expect(effects[1]?.uplift).toBeCloseTo(0.2, 1);
  expect(effects[1]?.high).toBeLessThan(0.22);
  for (const { uplift, low } of effects.slice(2)) {
    expect(uplift).toBeCloseTo(0);
    expect(low).toBeLessThan(0);
  }
});

test('a cause that is tried on easy tasks is compared within them, however they are spelt', async () => {
  const { db } = openAgentDb();
  await db.addCausalEdge({ cause: 'x', effect: 'success' });
  await episodes(db, 40, (at) => ({
    task: at < 32 ? 'Easy  task' : ' easy task',
    labels: at < 32 ? ['x'] : [],
    success: true,
  }));
  await episodes(db, 40, (at) => ({ task: 'hard', labels: at < 8 ? ['x'] : [], success: false }));
  const [effect] = await db.causalEffects('x');
  // All at once it would be 32/40 less 8/40.
  expect(effect).toMatchObject({ uplift: 0, byTask: true, withCause: 40, withoutCause: 40 });
});

test('edges without a single episode are unknown, and asking for them does no harm', async () => {
  const { db } = openAgentDb();
  for (const effect of ['success', 'reward', 'a', 'b']) {
    await db.addCausalEdge({ cause: 'x', effect });
    await db.addCausalEdge({ cause: 'x', effect });
  }
  const effects = await db.causalEffects('x');
  expect(effects.map(({ uplift }) => uplift)).toEqual([null, null, null, null]);
  expect(await db.causalPath({ from: 'x', to: 'success' })).toBeNull();
  expect(JSON.stringify(effects)).not.toContain('NaN');
});

test('a path goes over what episodes surely show, edge by edge', async () => {
  const { db } = openAgentDb();
  await db.addCausalEdge({ cause: 'lock-file', effect: 'cached' });
  await db.addCausalEdge({ cause: 'cached', effect: 'success' });
  await db.addCausalEdge({ cause: 'lock-file', effect: 'noise' });
  await db.addCausalEdge({ cause: 'noise', effect: 'success' });
  await episodes(db, 120, (at) => {
    const lock = at % 2 === 0;
    const cached = at % 10 < 8 ? lock : !lock;
    const labels = [lock ? 'lock-file' : '', cached ? 'cached' : '', at % 3 === 0 ? 'noise' : ''];
    return { labels: labels.filter(Boolean), success: at % 7 === 0 ? !cached : cached };
  });
  const path = await db.causalPath({ from: 'lock-file', to: 'success' });
  expect(path?.edges.map(({ cause, effect }) => `${cause} > ${effect}`)).toEqual([
    'lock-file > cached',
    'cached > success',
  ]);
  const product = (path?.edges ?? []).reduce((product, { low }) => product * (low ?? 0), 1);
  expect(path?.strength).toBeCloseTo(product);
  expect(await db.causalPath({ from: 'lock-file', to: 'success', maxDepth: 1 })).toBeNull();
  const self = db.causalPath({ from: 'cached', to: 'cached' });
  await expect(self).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

test('no edge is its own cause, and causes are conditions, not outcomes', async () => {
  const { db } = openAgentDb();
  const refused = { code: 'INVALID_INPUT' };
  await expect(db.addCausalEdge({ cause: 'a', effect: ' a ' })).rejects.toMatchObject(refused);
  await expect(db.addCausalEdge({ cause: 'success', effect: 'a' })).rejects.toMatchObject(refused);
  await expect(db.addCausalEdge({ cause: '', effect: 'a' })).rejects.toMatchObject(refused);
  await expect(db.causalEffects(' ')).rejects.toMatchObject(refused);
});
