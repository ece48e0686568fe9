import { expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '#main/core/clock.ts';
import { MetaSona } from '#main/meta-sona/meta-sona.ts';
import { Storage } from '#main/storage/storage.ts';
import { type ConfigChange, configDefaults, withChange } from '#shared/config.ts';
import type { RuntimeEvent } from '#shared/events.ts';
import { changing } from '#test/support/changing.ts';
import { enginesDomain, forEver, type Odd } from '#test/support/engines-domain.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const budget = { evaluations: 80, seconds: 60 };
const quick = withChange(configDefaults, { 'metaSona.mctsIterations': 40 });

function open(odd?: Odd, clock = systemClock) {
  const folder = tempFolder();
  const storage = new Storage(folder, clock);
  const config = changing(quick);
  const events: RuntimeEvent[] = [];
  const domain = enginesDomain(odd);
  const sona = new MetaSona({
    domains: async () => [domain],
    store: storage.intelligences,
    config,
    setConfig: async (change: ConfigChange) => config.set(withChange(config.current, change)),
    clock,
    emit: (event) => events.push(event),
  });
  onTestFinished(async () => {
    await sona.dispose();
    storage.dispose();
  });
  return { sona, storage, config, domain, events, folder };
}

const spec = { name: 'fast', domain: 'vector-search', minCapability: 0.5, budget } as const;

test('finds what is clearly better than what is in force, the same again by the same seed', async () => {
  const { sona, domain, events } = open();
  const made = await sona.createIntelligence(spec);
  expect(made).toMatchObject({ state: 'ready', isBetter: true, tasks: 'a made-up landscape' });
  expect(made.best?.score.low).toBeGreaterThan(made.before?.score.high ?? Number.POSITIVE_INFINITY);
  expect(made.best?.repeats).toBeGreaterThanOrEqual(5);
  expect(made.fitness?.efficiency).toBeGreaterThan(0.5);
  expect(made.evaluations).toBeLessThanOrEqual(budget.evaluations);
  expect(domain.closed()).toBe(1);
  expect(events.at(-1)).toMatchObject({ type: 'intelligence.created', id: made.id });
  const { trials } = sona.show(made.id);
  expect(trials.map(({ at }) => at)).toEqual(trials.map((_, at) => at));

  const again = await sona.createIntelligence(spec);
  expect(again.best).toEqual(made.best);
  // What is known already is not new.
  expect(again.fitness?.novelty).toBe(0);
  expect(made.fitness?.novelty).toBeGreaterThan(0);
  const other = await sona.createIntelligence({ ...spec, seed: 7 });
  expect(sona.show(other.id).trials).not.toEqual(trials);
});

test('what is not capable enough is refused with the best that was found, and changes nothing', async () => {
  const { sona, config } = open();
  const failed = sona.createIntelligence({ ...spec, minCapability: 1 });
  await expect(failed).rejects.toMatchObject({
    code: 'CAPABILITY_NOT_REACHED',
    details: { best: { quality: expect.any(Number) } },
  });
  const [kept] = sona.list();
  expect(kept).toMatchObject({ state: 'refused', applied: null });
  expect(kept?.best?.quality).toBeGreaterThan(0.3);
  await expect(sona.applications.apply(kept as never)).rejects.toMatchObject({ code: 'REFUSED' });
  expect(config.current).toEqual(quick);
});

test('a limit that is asked for holds, and one that nothing measures is refused', async () => {
  const { sona } = open();
  const { best } = await sona.createIntelligence({ ...spec, constraints: { latencyMs: 0.17 } });
  expect(best?.figures.latencyMs).toBeLessThanOrEqual(0.17);
  const odd = sona.createIntelligence({ ...spec, constraints: { costUsd: 1 } });
  await expect(odd).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  const impossible = sona.createIntelligence({ ...spec, constraints: { latencyMs: 0.0001 } });
  await expect(impossible).rejects.toMatchObject({ code: 'CAPABILITY_NOT_REACHED' });
});

test.each([
  ['a domain that there is none of', { ...spec, domain: 'scheduler' as const }, 'NOT_AVAILABLE'],
  ['an unknown domain', { ...spec, domain: 'cosmos' as never }, 'INVALID_INPUT'],
  ['a budget of nothing', { ...spec, budget: { evaluations: 0 } }, 'INVALID_INPUT'],
  ['no time', { ...spec, budget: { seconds: 0 } }, 'INVALID_INPUT'],
  ['more than everything', { ...spec, minCapability: 2 }, 'INVALID_INPUT'],
])('%s is refused before anything is measured', async (_name, asked, code) => {
  const { sona } = open();
  await expect(sona.createIntelligence(asked)).rejects.toMatchObject({ code });
  expect(sona.list()).toEqual([]);
});

test('candidates that crash or give no number are noted, and the search goes on without them', async () => {
  const { sona } = open(({ engine }) => {
    if (engine === 'lists') throw new Error('The process ended.');
    if (engine !== 'exact') return null;
    return { score: Number.NaN, quality: 1, rules: {}, figures: {} };
  });
  const made = await sona.createIntelligence(spec);
  expect(made.best?.point.engine).toMatch(/graph/);
  const errors = sona.show(made.id).trials.map(({ error }) => error);
  expect(errors).toContain('The process ended.');
  expect(errors).toContain('It gave NaN, which is no score.');
});

test('where nothing can be measured the search has failed, and says why', async () => {
  const { sona, events } = open(() => {
    throw new Error('The process ended.');
  });
  const failed = sona.createIntelligence({ ...spec, budget: { evaluations: 20 } });
  await expect(failed).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringContaining('The process ended.'),
  });
  expect(sona.list()[0]).toMatchObject({ state: 'failed', best: null });
  expect(events.some(({ type }) => type === 'intelligence.created')).toBe(false);
});

test('a search is cancelled, two never go on at once, and its work is closed', async () => {
  const { sona, domain } = open((_point, signal) => forEver(signal));
  const going = sona.createIntelligence(spec);
  await vi.waitFor(() => expect(sona.list()).toHaveLength(1), { interval: 5 });
  const [searching] = sona.list();
  expect(searching?.state).toBe('searching');
  await expect(sona.createIntelligence(spec)).rejects.toMatchObject({ code: 'REFUSED' });
  expect(sona.cancel('another')).toBe(false);
  expect(sona.cancel(searching?.id ?? '')).toBe(true);
  await expect(going).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(sona.list()[0]?.state).toBe('cancelled');
  expect(domain.closed()).toBe(1);
});

test('applying moves all settings, and rolling back leaves what others changed since', async () => {
  const { sona, config } = open();
  const made = await sona.createIntelligence(spec);
  const applied = await sona.applications.apply(made);
  const { hnswM, hnswEf } = config.current.agentdb;
  expect([hnswM, hnswEf]).toEqual([made.best?.point.links, made.best?.point.ef]);
  expect(sona.applications.inForce().map(({ id }) => id)).toEqual([made.id]);
  await expect(sona.applications.apply(applied)).rejects.toMatchObject({ code: 'REFUSED' });
  config.set(withChange(config.current, { 'agentdb.hnswM': 100 }));
  await sona.applications.rollback(applied, 'It was slower.');
  expect(config.current.agentdb.hnswM).toBe(100);
  expect(config.current.agentdb.hnswEf).toBe(configDefaults.agentdb.hnswEf);
  expect(config.current.acceleration).toEqual(configDefaults.acceleration);
  const undone = sona.show(made.id).intelligence;
  expect(undone.applied?.undone?.reason).toBe('It was slower.');
  await expect(sona.applications.rollback(undone, '')).rejects.toMatchObject({ code: 'REFUSED' });
});

test('one that is applied takes the place of another, and rolls back to what was before it', async () => {
  const { sona, config } = open();
  const one = await sona.applications.apply(await sona.createIntelligence(spec));
  const other = await sona.createIntelligence({ ...spec, seed: 3 });
  const before = config.current;
  const applied = await sona.applications.apply(other);
  expect(sona.applications.inForce().map(({ id }) => id)).toEqual([other.id]);
  expect(sona.show(one.id).intelligence.applied?.undone?.reason).toContain('took its place');
  await sona.applications.rollback(applied, 'asked for');
  expect(config.current).toEqual(before);
});

test('settings that cannot be written leave the intelligence as it was', async () => {
  const { sona, storage, config } = open();
  const made = await sona.createIntelligence(spec);
  const domain = enginesDomain();
  const stuck = new MetaSona({
    ...{ domains: async () => [domain], store: storage.intelligences, config, clock: systemClock },
    setConfig: () => Promise.reject(new Error('The disk is full.')),
    emit: () => undefined,
  });
  onTestFinished(() => stuck.dispose());
  await expect(stuck.applications.apply(made)).rejects.toThrow('The disk is full.');
  expect(sona.show(made.id).intelligence.applied).toBeNull();
  expect(config.current).toEqual(quick);
});

test('two are measured in turn, and only intervals that lie apart decide', async () => {
  const { sona } = open();
  const one = await sona.createIntelligence(spec);
  const other = await sona.createIntelligence({
    ...spec,
    minCapability: 0,
    budget: { evaluations: 6 },
  });
  const found = await sona.compare({ one: one.id, other: other.id });
  const { mean: most } = found.one.score;
  expect(found.better).toBe(most > found.other.score.mean ? 'one' : 'other');
  expect((await sona.compare({ one: one.id, other: one.id })).better).toBeNull();
  await expect(sona.compare({ one: one.id, other: 'none' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('what is in force is looked after once a day, and rolled back when it has become worse', async () => {
  const at = { now: 1_000_000 };
  const world = { isSlow: false, isGone: false, asked: [] as number[] };
  const clock = { now: () => at.now, id: systemClock.id };
  const { sona, config, events, domain } = open(({ engine, links }, _signal) => {
    if (!world.isSlow) return null;
    const isOld = engine === 'graph' && links === 16;
    const score = isOld ? 5_000 : 50;
    return { score, quality: 1, rules: {}, figures: {} };
  }, clock);
  const { signal } = new AbortController();
  const { open: opened } = domain;
  Object.assign(domain, {
    open: async (...[asked, end]: Parameters<typeof opened>) => {
      world.asked.push(asked.budget.costUsd);
      if (world.isGone) throw new Error('There is nothing to measure with.');
      return opened(asked, end);
    },
  });
  const budgeted = { ...spec, budget: { ...budget, costUsd: 3 } };
  const made = await sona.createIntelligence(budgeted);
  await sona.applications.apply(made);
  world.isSlow = made.best?.point.links !== 16;
  expect(await sona.watch(signal)).toEqual([]);
  at.now += 25 * 3_600_000;
  world.asked.length = 0;
  world.isGone = true;
  expect(await sona.watch(signal)).toEqual([]);
  // What cannot be measured stays, is not tried again at once, and no money is spent on it.
  expect(await sona.watch(signal)).toEqual([]);
  expect(world.asked).toEqual([0]);
  expect(sona.applications.inForce()).toHaveLength(1);
  world.isGone = false;
  at.now += 25 * 3_600_000;
  const [watched] = await sona.watch(signal);
  expect(watched).toMatchObject({ isRolledBack: true, comparison: { better: 'other' } });
  expect(config.current).toEqual(quick);
  expect(events.at(-1)).toMatchObject({ type: 'intelligence.rolled-back', id: made.id });
  at.now += 25 * 3_600_000;
  expect(await sona.watch(signal)).toEqual([]);
});
