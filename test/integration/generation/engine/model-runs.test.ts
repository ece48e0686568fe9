import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { OmegaError } from '#shared/error.ts';
import { recordedModels } from '#test/support/model-work.ts';
import { openApi, project } from '#test/support/open-api.ts';
import { smallPorts } from '#test/support/small-ports.ts';

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const request = { kinds: ['dockerfile' as const], use: 'ollama' as const };

describe('a run of a model', () => {
  it.each([
    { async: false, batchSize: 1, chunks: 9, most: 1 },
    { async: true, batchSize: 1, chunks: 9, most: 3 },
    // Seven of one project and two of another are two and one times three at most.
    { async: false, batchSize: 3, chunks: 4, most: 1 },
    { async: true, batchSize: 3, chunks: 4, most: 3 },
  ])(
    'async $async, at most $batchSize together: $chunks requests, $most at once',
    async ({ async, batchSize, chunks: count, most }) => {
      const { models, chunks, done } = recordedModels(async () => void (await setTimeout(10)));
      const { runToEnd } = await openApi({ models, env: {} });
      const roots = [project(...names), project('x', 'y')];
      const run = await runToEnd({ ...request, roots, async, batchSize });
      expect(run.state).toBe('completed');
      expect(run.request).toMatchObject({ use: 'ollama', batchSize, async });
      expect(chunks).toHaveLength(count);
      expect(Math.max(...chunks.map(({ atOnce }) => atOnce))).toBe(most);
      for (const { services, roots: ofChunk } of chunks) {
        expect(services.length).toBeLessThanOrEqual(batchSize);
        expect(ofChunk).toHaveLength(1);
      }
      expect(done.toSorted()).toEqual([...names, 'x', 'y']);
    },
  );

  it('keeps what its jobs took, and which are whose', async () => {
    const { models } = recordedModels();
    const { runToEnd, call } = await openApi({ models });
    const run = await runToEnd({ ...request, roots: [project('a')], model: 'small' });
    expect(run.request).toMatchObject({ use: 'ollama', model: 'small' });
    expect(run.jobs[0]?.usage).toMatchObject({ inputTokens: 7, outputTokens: 9, costUsd: null });
    const [proposal] = await call('proposal.list', { runId: run.id });
    expect(proposal?.provenance.origin).toMatchObject({ type: 'model', provider: 'ollama' });
  });

  it('pauses when its budget is used up, and goes on with another', async () => {
    const { models, chunks, done } = recordedModels(({ job }) => {
      if (job.service !== 'c' || chunks.at(-1)?.budgetUsd === 5) return undefined;
      const details = { budget: { spentUsd: 1, limitUsd: 1 } };
      throw new OmegaError('REFUSED', 'The run has cost 1 $ of 1 $.', { details });
    });
    const { call, ended, events } = await openApi({
      models,
      env: { OMEGA_ASYNC_CONCURRENCY: '1' },
    });
    const roots = [project(...names)];
    const { id } = await call('run.start', { ...request, roots, budgetUsd: 1 });
    await expect.poll(async () => (await call('run.get', { id })).state).toBe('paused');
    const paused = await call('run.get', { id });
    expect(paused).toMatchObject({ paused: 'The run has cost 1 $ of 1 $.', endedAt: null });
    expect(paused.jobs.map(({ state }) => state).join(' ')).toBe(
      'completed completed pending pending pending pending pending',
    );
    const resumed = await call('run.resume', { id, budgetUsd: 5 });
    expect(resumed).toMatchObject({ state: 'running', paused: null, request: { budgetUsd: 5 } });
    expect((await ended(id)).state).toBe('completed');
    expect(done).toEqual(names);
    const states = events.flatMap((event) =>
      event.type === 'run.updated' ? [event.run.state] : [],
    );
    expect(states).toEqual(['scanning', 'running', 'paused', 'running', 'running', 'completed']);
  });

  it('has a refused job of a chunk wait, and keeps what the chunk had made', async () => {
    const { models } = recordedModels(({ job }) => {
      if (job.service !== 'b') return undefined;
      const details = { budget: true };
      const error = { code: 'REFUSED' as const, message: 'Spent.', retryable: false, details };
      return { state: 'failed', error };
    });
    const { call } = await openApi({ models });
    const { id } = await call('run.start', {
      ...request,
      roots: [project('a', 'b', 'c')],
      batchSize: 3,
    });
    await expect.poll(async () => (await call('run.get', { id })).state).toBe('paused');
    const { jobs } = await call('run.get', { id });
    expect(jobs.map(({ state }) => state)).toEqual(['completed', 'pending', 'completed']);
  });

  it('fails jobs for a provider that is away, and pauses for no such thing', async () => {
    const { models } = recordedModels(() => {
      throw new OmegaError('CIRCUIT_OPEN', 'ollama rests.', { retryable: true });
    });
    const { runToEnd } = await openApi({ models });
    const run = await runToEnd({ ...request, roots: [project('a', 'b')] });
    expect(run.state).toBe('failed');
    expect(run.jobs.map(({ error }) => error?.code)).toEqual(['CIRCUIT_OPEN', 'CIRCUIT_OPEN']);
  });
});

describe('a run that is paused by hand', () => {
  async function underWay() {
    const gate = Promise.withResolvers<void>();
    const recorded = recordedModels(async () => void (await gate.promise));
    const opened = await openApi({ models: recorded.models });
    const root = project('a', 'b', 'c');
    const { id } = await opened.call('run.start', { ...request, roots: [root], concurrency: 1 });
    await expect.poll(() => recorded.chunks.length).toBe(1);
    return { ...opened, ...recorded, id, root, open: gate.resolve };
  }

  it('lets what is under way end, survives a restart, and goes on from there', async () => {
    const { call, id, open, api, dataFolder } = await underWay();
    const pausing = call('run.pause', { id });
    open();
    const paused = await pausing;
    expect(paused).toMatchObject({ state: 'paused', paused: expect.stringContaining('by hand') });
    expect(paused.jobs.map(({ state }) => state)).toEqual(['completed', 'pending', 'pending']);
    await api.dispose();
    const { models, done } = recordedModels();
    // A door that stays open goes on with what died, not with what a person paused.
    const next = await openApi({ dataFolder, models, door: 'web' });
    expect((await next.call('run.get', { id })).state).toBe('paused');
    expect(await next.call('run.pause', { id })).toMatchObject({ state: 'paused' });
    await next.call('run.resume', { id });
    expect((await next.ended(id)).state).toBe('completed');
    expect(done).toEqual(['b', 'c']);
    await expect(next.call('run.resume', { id })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(next.call('run.pause', { id })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('can be cancelled', async () => {
    const { call, id, open } = await underWay();
    const pausing = call('run.pause', { id });
    open();
    await pausing;
    const cancelled = await call('run.cancel', { id });
    expect(cancelled.state).toBe('cancelled');
    expect(cancelled.jobs.map(({ state }) => state)).toEqual([
      'completed',
      'cancelled',
      'cancelled',
    ]);
  });

  it('fails what is not planned any more when it goes on, with the reason', async () => {
    const { call, id, open, root, ended } = await underWay();
    const pausing = call('run.pause', { id });
    open();
    await pausing;
    rmSync(join(root, 'b'), { recursive: true });
    await call('run.resume', { id });
    const run = await ended(id);
    expect(run.jobs.map(({ state, error }) => error?.code ?? state)).toEqual([
      'completed',
      'NOT_FOUND',
      'completed',
    ]);
    expect(run.jobs[1]?.error?.message).toContain('not planned any more');
  });

  it('is paused before its first job where it is asked for during the scan', async () => {
    const gate = Promise.withResolvers<void>();
    const { models, chunks } = recordedModels();
    const ports = {
      ...smallPorts,
      scan: async (...args: Parameters<typeof smallPorts.scan>) => {
        await gate.promise;
        return smallPorts.scan(...args);
      },
    };
    const { call, ended } = await openApi({ models, ports });
    const { id } = await call('run.start', { ...request, roots: [project('a')] });
    const pausing = call('run.pause', { id });
    gate.resolve();
    expect(await pausing).toMatchObject({ state: 'paused', jobs: [{ state: 'pending' }] });
    expect(chunks).toEqual([]);
    await call('run.resume', { id });
    expect((await ended(id)).state).toBe('completed');
  });
});
