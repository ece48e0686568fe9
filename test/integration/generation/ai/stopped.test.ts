import { setTimeout } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { OmegaError } from '#shared/error.ts';
import { modelApi } from '../../../support/model-api.ts';
import { nodeProject } from '../../../support/node-project.ts';
import { answering, draftIn } from '../../../support/scripted-gate.ts';

const kinds = ['dockerfile', 'compose', 'kubernetes'] as const;
const usedUp = (): never => {
  throw new OmegaError('REFUSED', 'The budget is used up.', { details: { budget: 'usd' } });
};

it('a used-up budget pauses the run, keeps what was made, and goes on with the rest', async () => {
  const root = nodeProject('orders');
  let poor = true;
  const { call, ended, requests } = await modelApi((request, index) => {
    if (poor && index > 0) usedUp();
    return answering(request, (path) =>
      index === 0 && path.startsWith('k8s/') ? null : draftIn(request, path),
    );
  });
  const request = { roots: [root], kinds: [...kinds], use: 'openai' as const, batchSize: 5 };
  const { id } = await call('run.start', request);
  await vi.waitFor(
    async () => expect((await call('run.get', { id })).state).toBe('paused'),
    10_000,
  );
  const paused = await call('run.get', { id });
  const byKind = new Map(paused.jobs.map(({ kind, state }) => [kind, state]));
  expect(byKind.get('dockerfile')).toBe('completed');
  expect(byKind.get('kubernetes')).toBe('pending');
  poor = false;
  await call('run.resume', { id });
  const run = await ended(id);
  expect(run.jobs.map(({ state }) => state)).toEqual(['completed', 'completed', 'completed']);
  expect(requests).toHaveLength(3);
});

it('a budget that ends during repair costs no file: the best attempt is proposed, with a note', async () => {
  const root = nodeProject('orders');
  const { generate } = await modelApi((request, index) => {
    if (index > 0) usedUp();
    return answering(request, (path) =>
      draftIn(request, path).replace('--from=build', '--from=no'),
    );
  });
  const { run, get } = await generate(root);
  expect(run.jobs[0]?.state).toBe('completed');
  expect(JSON.stringify(get('Dockerfile').findings)).toContain('Repair ended early: The budget');
});

it('a cancelled run ends its call, and proposes nothing', async () => {
  const root = nodeProject('orders');
  let aborted = false;
  const { call, ended, requests } = await modelApi(async (_, __, { signal }) => {
    await setTimeout(30_000, null, { signal }).catch((error: unknown) => {
      aborted = true;
      throw error;
    });
    return '';
  });
  const { id } = await call('run.start', { roots: [root], kinds: ['dockerfile'], use: 'openai' });
  await vi.waitFor(() => expect(requests).toHaveLength(1), 10_000);
  await call('run.cancel', { id });
  const run = await ended(id);
  expect(aborted).toBe(true);
  expect(run).toMatchObject({ state: 'cancelled', jobs: [{ state: 'cancelled' }] });
  expect(await call('proposal.list', { runId: id })).toEqual([]);
});
