import { describe, expect, it } from 'vitest';
import type { RunRequest } from '#shared/run.ts';
import { mostAtOnce } from '#test/stand-ins/log-figures.ts';
import type { LogEntry } from '#test/stand-ins/request-log.ts';
import { heldAnswers } from '#test/support/held-answers.ts';
import { manyServices, standInApp } from '#test/support/stand-in-app.ts';

const patient = { timeout: 60_000 };
const kinds: RunRequest['kinds'] = ['dockerfile', 'compose', 'kubernetes'];
/** Two files of each service, and one of the project. */
const services = 5;
const jobs = 11;

/** An app whose answers are held, and a run over eleven jobs that waits for them. */
async function heldApp(env: Record<string, string> = {}) {
  const held = heldAnswers();
  const app = await standInApp({ answer: held.answer }, env);
  const atServer = () => app.standIn.log.calls.filter(({ outcome }) => outcome === 'running');
  const start = (request: Partial<RunRequest> = {}, root = manyServices(services)) =>
    app.call('run.start', { roots: [root], kinds, use: 'openai', ...request });
  const until = (count: number) =>
    app.standIn.log.until(() => atServer().length === count, AbortSignal.timeout(20_000));
  const stateOf = async (id: string) => (await app.call('run.get', { id })).state;
  return { ...app, ...held, atServer, start, until, stateOf };
}

/** The files that a request asks for, as its head names them. */
const asked = ({ request }: LogEntry): readonly string[] =>
  request?.prompt.match(/^- (?:dockerfile|compose|kubernetes) of .*$/gm) ?? [];

/** How many were at the server when each of the calls came, itself among them. */
const widths = (calls: readonly LogEntry[]): readonly number[] =>
  calls.map(
    ({ beganAt }, at) =>
      1 + calls.slice(0, at).filter(({ endedAt }) => (endedAt ?? Infinity) > beganAt).length,
  );

describe('the two toggles', () => {
  // Catches a toggle that nobody reads: each of the four shows in what the server saw.
  it.each([
    { async: false, batch: false, calls: 11, wide: 1 },
    { async: true, batch: false, calls: 11, wide: 4 },
    { async: false, batch: true, calls: 3, wide: 1 },
    { async: true, batch: true, calls: 3, wide: 3 },
  ])(
    'async $async and batch $batch make $calls calls, $wide at once',
    async ({ async, batch, calls, wide }) => {
      const app = await heldApp({
        OMEGA_ASYNC_ENABLED: String(async),
        OMEGA_ASYNC_CONCURRENCY: '4',
        OMEGA_BATCH_ENABLED: String(batch),
        OMEGA_BATCH_SIZE: '4',
      });
      const { id } = await app.start({ async, concurrency: 4 });
      await app.until(wide);
      expect(await app.call('call.figures', {})).toMatchObject({
        mode: async ? 'async' : 'sync',
        inFlight: wide,
      });
      app.open();
      const run = await app.ended(id);
      expect(run.jobs.map(({ state }) => state)).toEqual(Array(jobs).fill('completed'));
      const seen = app.standIn.log.calls;
      expect(seen).toHaveLength(calls);
      expect(mostAtOnce(seen)).toBe(wide);
      // Each file was asked for once, whoever it was asked together with.
      const files = seen.flatMap(asked);
      expect(new Set(files).size).toBe(jobs);
      expect(files).toHaveLength(jobs);
      // What is asked at once arrives in any order.
      const sizes = seen.map((call) => asked(call).length);
      expect(async ? sizes.toSorted((a, b) => b - a) : sizes).toEqual(
        batch ? [4, 4, 3] : Array(jobs).fill(1),
      );
      if (async) return;
      const planned = run.jobs.map(({ kind, service }) => `${kind} ${service ?? 'the whole'}`);
      const order = files.map((line) =>
        line.match(/^- (\w+) of (?:the service )?([\w-]+(?: whole)?)/),
      );
      expect(order.map((match) => `${match?.[1]} ${match?.[2]}`)).toEqual(planned);
    },
    patient.timeout,
  );
});

describe('the slider', () => {
  it('holds for a run that is under way, up and down, and never is there more', async () => {
    const app = await heldApp();
    await app.call('config.set', { 'async.concurrency': 2 });
    const { id } = await app.start({ concurrency: 2 });
    await app.until(2);
    await app.call('config.set', { 'async.concurrency': 5 });
    await app.until(5);
    expect(widths(app.standIn.log.calls)).toEqual([1, 2, 3, 4, 5]);
    await app.call('config.set', { 'async.concurrency': 1 });
    const before = app.standIn.log.calls.length;
    // Of the five that are there four end, and nothing may take their places.
    app.release(4);
    await app.until(1);
    app.release(2);
    await app.standIn.log.until(() => app.standIn.log.calls.length > before);
    app.open();
    await app.ended(id);
    const after = widths(app.standIn.log.calls).slice(before);
    expect(after).toEqual(Array(jobs - before).fill(1));
  }, 60_000);

  it('sync in the middle of an async run has the rest go one after the other', async () => {
    const app = await heldApp({ OMEGA_ASYNC_CONCURRENCY: '3' });
    const { id } = await app.start({ concurrency: 3 });
    await app.until(3);
    await app.call('config.set', { 'async.enabled': false });
    app.open();
    await app.ended(id);
    expect(widths(app.standIn.log.calls)).toEqual([1, 2, 3, ...Array(jobs - 3).fill(1)]);
  }, 60_000);
});

describe('who goes first', () => {
  const projectOf = ({ request }: LogEntry) => /^Project: (.+)$/m.exec(request?.prompt ?? '')?.[1];
  const dockerfiles = { kinds: ['dockerfile' as const], concurrency: 1 };

  it('two projects take turns, whichever began', async () => {
    const app = await heldApp({ OMEGA_ASYNC_CONCURRENCY: '1' });
    const first = await app.start(dockerfiles, manyServices(4, 'one'));
    await app.until(1);
    const second = await app.start(dockerfiles, manyServices(4, 'two'));
    await expect.poll(() => app.stateOf(second.id)).toBe('running');
    app.open();
    await Promise.all([app.ended(first.id), app.ended(second.id)]);
    const order = app.standIn.log.calls.map(projectOf);
    expect(order.slice(1, 7).join(' ')).toMatch(
      /^(two one two one two one|one two one two one two)$/,
    );
  }, 60_000);

  it('a run of a higher priority goes before what waits', async () => {
    const app = await heldApp({ OMEGA_ASYNC_CONCURRENCY: '1' });
    const first = await app.start(dockerfiles, manyServices(3, 'one'));
    await app.until(1);
    const second = await app.start({ ...dockerfiles, priority: 5 }, manyServices(3, 'two'));
    await expect.poll(() => app.stateOf(second.id)).toBe('running');
    app.open();
    await Promise.all([app.ended(first.id), app.ended(second.id)]);
    expect(app.standIn.log.calls.map(projectOf)).toEqual([
      'one',
      'two',
      'two',
      'two',
      'one',
      'one',
    ]);
  }, 60_000);
});

describe('the cache', () => {
  it('answers again, is passed by, and is made anew, as a run asks', async () => {
    const app = await standInApp();
    const root = manyServices(2);
    const asking = async (cache: RunRequest['cache']) => {
      const before = app.standIn.log.calls.length;
      const { run } = await app.generate({ roots: [root], ...(cache ? { cache } : {}) });
      expect(run.state).toBe('completed');
      const { entries } = await app.call('cache.stats', {});
      return { calls: app.standIn.log.calls.length - before, entries };
    };
    expect(await asking('off')).toEqual({ calls: 2, entries: 0 });
    expect(await asking('use')).toEqual({ calls: 2, entries: 2 });
    expect(await asking('use')).toEqual({ calls: 0, entries: 2 });
    expect(await asking('refresh')).toEqual({ calls: 2, entries: 2 });
    await app.call('config.set', { 'cache.enabled': false });
    expect((await asking('use')).calls).toBe(2);
    await app.call('config.set', { 'cache.enabled': true });
    expect((await asking('use')).calls).toBe(0);
    await app.call('cache.clear', { project: root });
    expect((await asking('use')).calls).toBe(2);
  }, 60_000);
});

describe('a run that rests', () => {
  it('is paused and resumed, and asks for nothing twice', async () => {
    const app = await heldApp({ OMEGA_ASYNC_CONCURRENCY: '2' });
    const { id } = await app.start({ concurrency: 2 });
    await app.until(2);
    const pausing = app.call('run.pause', { id });
    app.open();
    const paused = await pausing;
    expect(paused.state).toBe('paused');
    const done = paused.jobs.filter(({ state }) => state === 'completed').length;
    expect(done).toBe(app.standIn.log.calls.length);
    expect(done).toBeLessThan(jobs);
    await app.call('run.resume', { id });
    const run = await app.ended(id);
    expect(run.jobs.every(({ state }) => state === 'completed')).toBe(true);
    expect(app.standIn.log.calls).toHaveLength(jobs);
  }, 60_000);

  it('pauses where its budget is spent, and goes on with more', async () => {
    const app = await standInApp();
    const roots = [manyServices(services)];
    const request = { roots, kinds, use: 'openai' as const, concurrency: 1, budgetUsd: 0.02 };
    const { id } = await app.call('run.start', request);
    await expect
      .poll(async () => (await app.call('run.get', { id })).state, { timeout: 30_000 })
      .toBe('paused');
    const paused = await app.call('run.get', { id });
    expect(paused.paused).toMatch(/budget of \$0\.02/);
    const spent = paused.jobs.reduce((sum, { usage }) => sum + (usage?.costUsd ?? 0), 0);
    expect(spent).toBeGreaterThanOrEqual(0.02);
    const before = app.standIn.log.calls.length;
    expect(before).toBeLessThan(jobs);
    await app.call('run.resume', { id, budgetUsd: 5 });
    const run = await app.ended(id);
    expect(run.jobs.every(({ state }) => state === 'completed')).toBe(true);
    expect(app.standIn.log.calls).toHaveLength(jobs);
  }, 60_000);
});

// Catches a preview of one file where the request that goes out carries four.
it('what is shown in batch mode is the request of all its files, to the byte', async () => {
  const app = await standInApp({}, { OMEGA_BATCH_ENABLED: 'true', OMEGA_BATCH_SIZE: '4' });
  const root = manyServices(3);
  const wanted = { root, kind: 'kubernetes', service: 'service-3', use: 'openai' } as const;
  const shown = await app.call('prompt.preview', { ...wanted, run: { kinds } });
  expect(shown.artifacts.length).toBeGreaterThan(1);
  await app.generate({ roots: [root], kinds });
  expect(app.standIn.log.calls.map(({ request }) => request?.prompt)).toContain(shown.prompt);
  const alone = await app.call('prompt.preview', { ...wanted, run: { kinds, batchSize: 1 } });
  expect(alone.artifacts).toEqual([{ kind: 'kubernetes', service: 'service-3' }]);
});
