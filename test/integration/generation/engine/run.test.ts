import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { GenerationPorts } from '#main/generation/ports.ts';
import { openApi, project } from '#test/support/open-api.ts';
import { smallPorts } from '#test/support/small-ports.ts';

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Ports whose validation takes so many milliseconds, or until a promise, and that count how many work at once. */
function slowPorts(until: number | Promise<void>) {
  const seen = { active: 0, most: 0, started: [] as string[] };
  const ports: GenerationPorts = {
    ...smallPorts,
    async validate(file, signal) {
      seen.active += 1;
      seen.most = Math.max(seen.most, seen.active);
      seen.started.push(file.path);
      try {
        await (typeof until === 'number' ? setTimeout(until, undefined, { signal }) : until);
        return await smallPorts.validate(file, signal);
      } finally {
        seen.active -= 1;
      }
    },
  };
  return { ports, seen };
}

describe('a run', () => {
  it('works through many projects and tells of every step', async () => {
    const roots = [project('web', 'api'), project('job')];
    const { runToEnd, events, call } = await openApi();
    const run = await runToEnd({ roots, kinds: ['dockerfile', 'kubernetes'] });
    expect(run.state).toBe('completed');
    expect(run.jobs.map(({ root, service, kind, state }) => [root, service, kind, state])).toEqual([
      [roots[0], 'api', 'dockerfile', 'completed'],
      [roots[0], 'api', 'kubernetes', 'completed'],
      [roots[0], 'web', 'dockerfile', 'completed'],
      [roots[0], 'web', 'kubernetes', 'completed'],
      [roots[1], 'job', 'dockerfile', 'completed'],
      [roots[1], 'job', 'kubernetes', 'completed'],
    ]);
    const states = events.flatMap((event) =>
      event.type === 'run.updated' ? [event.run.state] : [],
    );
    expect(states).toEqual(['scanning', 'running', 'completed']);
    const first = run.jobs[0]?.id;
    const ofFirst = events.flatMap((event) =>
      event.type === 'job.updated' && event.job.id === first ? [event.job.state] : [],
    );
    expect(ofFirst).toEqual(['pending', 'running', 'completed']);
    expect(events.filter(({ type }) => type === 'scan.progress')).toHaveLength(2);
    const proposals = await call('proposal.list', { runId: run.id });
    expect(proposals).toHaveLength(6);
    expect(new Set(proposals.map(({ provenance }) => provenance.inputsHash)).size).toBe(6);
    expect((await call('run.list', {})).map(({ id }) => id)).toEqual([run.id]);
  });

  it('keeps within its concurrency, and uses it', async () => {
    const { ports, seen } = slowPorts(20);
    const { runToEnd } = await openApi({ ports });
    await runToEnd({ roots: [project(...names)], kinds: ['dockerfile'], concurrency: 3 });
    expect(seen.most).toBe(3);
  });

  it('without async does one job after the other, in order', async () => {
    const { ports, seen } = slowPorts(5);
    const { runToEnd } = await openApi({ ports });
    await runToEnd({
      roots: [project(...names)],
      kinds: ['dockerfile'],
      concurrency: 8,
      async: false,
    });
    expect(seen.most).toBe(1);
    expect(seen.started).toEqual(names.map((name) => `${name}/Dockerfile`));
  });

  it('takes a new limit while it works', async () => {
    // Jobs end only when the test says so: how busy the machine is decides nothing.
    const { promise, resolve } = Promise.withResolvers<void>();
    const { ports, seen } = slowPorts(promise);
    const { call, ended } = await openApi({ ports });
    const root = project(...names);
    const run = await call('run.start', { roots: [root], kinds: ['dockerfile'], concurrency: 1 });
    await expect.poll(() => seen.active).toBe(1);
    await call('config.set', { 'ui.theme': 'dark' });
    await setTimeout(80);
    expect(seen.active).toBe(1);
    await call('config.set', { 'async.concurrency': 5 });
    await expect.poll(() => seen.active).toBe(5);
    resolve();
    await ended(run.id);
    expect(seen.most).toBe(5);
  });

  it('ends a job that takes longer than the settings allow, and goes on with the next', async () => {
    const { ports, seen } = slowPorts(60_000);
    const env = { ASYNC_TIMEOUT: '0.1', OMEGA_ASYNC_CONCURRENCY: '1' };
    const { runToEnd } = await openApi({ ports, env });
    const run = await runToEnd({ roots: [project('a', 'b')], kinds: ['dockerfile'] });
    expect(run.jobs.map(({ state, error }) => [state, error?.code])).toEqual([
      ['failed', 'TIMEOUT'],
      ['failed', 'TIMEOUT'],
    ]);
    expect([seen.started.length, seen.active]).toEqual([2, 0]);
  });

  it('a job that fails keeps none of the others', async () => {
    const { runToEnd } = await openApi();
    const run = await runToEnd({ roots: [project('a', 'broken', 'z')], kinds: ['dockerfile'] });
    expect(run.state).toBe('completed');
    expect(run.jobs.map(({ state }) => state)).toEqual(['completed', 'failed', 'completed']);
    expect(run.jobs[1]?.error?.message).toContain('cannot be generated');
  });

  it('a project that cannot be scanned, or has nothing, is a failure of its own', async () => {
    const [bad, empty, good] = [project(), project(), project('web')];
    writeFileSync(join(bad, 'unscannable'), '');
    const { runToEnd } = await openApi();
    const run = await runToEnd({ roots: [bad, empty, good], kinds: ['dockerfile'] });
    expect(run.state).toBe('completed');
    expect(run.failures.map(({ root, error }) => [root, error.code])).toEqual([
      [bad, 'NOT_READABLE'],
      [empty, 'NOT_FOUND'],
    ]);
    expect(run.jobs).toHaveLength(1);
    const none = await runToEnd({ roots: [empty], kinds: ['dockerfile'] });
    expect(none.state).toBe('failed');
  });

  it('counts the findings of each job', async () => {
    const { runToEnd } = await openApi();
    const run = await runToEnd({ roots: [project('unsafe', 'web')], kinds: ['dockerfile'] });
    expect(run.jobs.map(({ files, errors }) => [files, errors])).toEqual([
      [1, 1],
      [1, 0],
    ]);
  });

  it('that is cancelled has stopped, and does nothing more', async () => {
    const { ports, seen } = slowPorts(2_000);
    const { call, events } = await openApi({ ports });
    const root = project(...names);
    const run = await call('run.start', { roots: [root], kinds: ['dockerfile'], concurrency: 2 });
    await expect.poll(() => seen.active).toBe(2);
    const started = performance.now();
    const cancelled = await call('run.cancel', { id: run.id });
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(cancelled.state).toBe('cancelled');
    expect(new Set(cancelled.jobs.map(({ state }) => state))).toEqual(new Set(['cancelled']));
    expect(seen.active).toBe(0);
    expect(seen.started).toHaveLength(2);
    const ofRun = () => events.filter(({ type }) => /^(run|job|proposal)\./.test(type)).length;
    const count = ofRun();
    await setTimeout(50);
    expect(ofRun()).toBe(count);
    expect(await call('proposal.list', { runId: run.id })).toEqual([]);
    // A second cancel changes nothing.
    expect(await call('run.cancel', { id: run.id })).toEqual(cancelled);
  });

  it('that is cancelled while it scans has no jobs', async () => {
    const ports: GenerationPorts = {
      ...smallPorts,
      scan: async (_root, { signal }) => setTimeout(5_000, undefined as never, { signal }),
    };
    const { call } = await openApi({ ports });
    const run = await call('run.start', { roots: [project('web')], kinds: ['dockerfile'] });
    const cancelled = await call('run.cancel', { id: run.id });
    expect(cancelled).toMatchObject({ state: 'cancelled', jobs: [], failures: [] });
  });

  it('ends when the app closes', async () => {
    const { ports, seen } = slowPorts(5_000);
    const { api, call, dataFolder } = await openApi({ ports });
    const run = await call('run.start', { roots: [project('web')], kinds: ['dockerfile'] });
    await expect.poll(() => seen.active).toBe(1);
    await api.dispose();
    const next = await openApi({ dataFolder });
    expect((await next.call('run.get', { id: run.id })).state).toBe('cancelled');
  });

  it('keeps as many runs as the configuration says, and their checkpoints for ever', async () => {
    const { runToEnd, call } = await openApi();
    await call('config.set', { 'run.keep': 2 });
    const root = project('web');
    const first = await runToEnd({ roots: [root], kinds: ['dockerfile'] });
    const ids = (await call('proposal.list', { runId: first.id })).map(({ id }) => id);
    const [report] = await call('proposal.apply', { runId: first.id, ids });
    await runToEnd({ roots: [root], kinds: ['dockerfile'] });
    await runToEnd({ roots: [root], kinds: ['dockerfile'] });
    expect(await call('run.list', {})).toHaveLength(2);
    await expect(call('proposal.list', { runId: first.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const undone = await call('checkpoint.undo', { id: report?.checkpointId ?? '' });
    expect(undone.outcomes).toMatchObject([{ status: 'removed' }]);
  });

  it('leaves the thread to others in the middle of many jobs at once', async () => {
    let turn = 0;
    const countTurns = (): void => {
      turn += 1;
      if (turn > 0) setImmediate(countTurns);
    };
    const perTurn = new Map<number, number>();
    const ports: GenerationPorts = {
      ...smallPorts,
      validate: async () => {
        perTurn.set(turn, (perTurn.get(turn) ?? 0) + 1);
        const until = performance.now() + 4;
        while (performance.now() < until);
        return [];
      },
    };
    const { runToEnd } = await openApi({ ports, env: { OMEGA_ASYNC_CONCURRENCY: '32' } });
    const many = Array.from({ length: 64 }, (_, index) => `s${index}`);
    setImmediate(countTurns);
    await runToEnd({ roots: [project(...many)], kinds: ['dockerfile'], concurrency: 32 });
    turn = Number.NEGATIVE_INFINITY;
    // Each holds it for 4 ms: after 8 those that are left must wait for another turn.
    expect(Math.max(...perTurn.values())).toBeLessThanOrEqual(4);
  });

  it('leaves the thread to others between two jobs', async () => {
    const { runToEnd } = await openApi();
    const many = Array.from({ length: 100 }, (_, index) => `s${index}`);
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 1);
    await runToEnd({ roots: [project(...many)], kinds: ['dockerfile'], concurrency: 32 });
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(5);
  });
});
