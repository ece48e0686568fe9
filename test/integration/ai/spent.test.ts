import { expect, it } from 'vitest';
import { offlinePorts } from '#main/generation/offline-ports.ts';
import { openApi } from '#test/support/open-api.ts';
import { manyServices, standInApp, standInEnvironment } from '#test/support/stand-in-app.ts';

it('what a job had spent when the app closed over it counts after the restart', async () => {
  const { standIn, api, call, dataFolder } = await standInApp(
    {
      answer: 'malformed-dockerfile',
      // The answer comes, and its repair never.
      faults: { script: [null, { kind: 'stall', afterBytes: 0 }] },
    },
    { OMEGA_PROVIDERS_REPAIR_ROUNDS: '1' },
  );
  const asked = () => standIn.log.calls.length;
  const request = {
    roots: [manyServices(1)],
    kinds: ['dockerfile' as const],
    cache: 'off' as const,
  };
  const { id } = await call('run.start', { ...request, use: 'openai', budgetUsd: 5 });
  await expect.poll(asked, { timeout: 10_000 }).toBe(2);
  await api.dispose();

  const next = await openApi({
    dataFolder,
    ports: offlinePorts,
    env: standInEnvironment(standIn),
  });
  const [waiting] = (await next.call('run.get', { id })).jobs;
  const { inputTokens = 0, outputTokens = 0 } = standIn.log.calls[0] ?? {};
  expect(waiting).toMatchObject({
    state: 'pending',
    usage: { calls: 1, inputTokens, outputTokens },
  });
  const spent = waiting?.usage?.costUsd ?? 0;
  expect(spent).toBeCloseTo((inputTokens * 2 + outputTokens * 8) / 1e6, 9);
  // There is nothing left of it, so nobody is asked.
  await next.call('run.resume', { id, budgetUsd: spent });
  const state = async () => (await next.call('run.get', { id })).state;
  await expect.poll(state, { timeout: 10_000 }).toBe('paused');
  expect(asked()).toBe(2);
  // With more it goes on from there, and what it took in both lives is the job's.
  await standIn.behave({ answer: 'valid' });
  await next.call('run.resume', { id, budgetUsd: 5 });
  const [done] = (await next.ended(id)).jobs;
  expect(done).toMatchObject({ state: 'completed', usage: { calls: expect.any(Number) } });
  const sum = standIn.log.calls.reduce((tokens, one) => tokens + one.inputTokens, 0);
  expect(done?.usage?.inputTokens).toBe(sum);
});
