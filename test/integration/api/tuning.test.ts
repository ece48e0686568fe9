import { expect, test, vi } from 'vitest';
import { gradedAnswer } from '#test/stand-ins/answers/graded.ts';
import { manyServices, standInApp } from '#test/support/stand-in-app.ts';

const withoutKeys = { ANTHROPIC_API_KEY: '', GEMINI_API_KEY: '', WATSONX_API_KEY: '' };
const quick = { OMEGA_META_SONA_MCTS_ITERATIONS: '20' };

test('a schedule is tuned to what the provider takes at once, and only where its cost was agreed to', async () => {
  const env = { ...quick, ...withoutKeys, OMEGA_PROVIDERS_USE: 'openai' };
  const { call, standIn } = await standInApp(
    { latencyMs: 5, capacity: 4, capacityRetryAfterMs: 5 },
    env,
  );
  const asked = { name: 'wide', domain: 'scheduler', minCapability: 0.9 } as const;
  await expect(call('intelligence.create', asked)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  expect(standIn.log.calls).toEqual([]);
  const budget = { evaluations: 16, seconds: 6, costUsd: 1 };
  const made = await call('intelligence.create', { ...asked, budget });
  // 32 at once are refused by the dozen.
  expect(made.best?.point.concurrency).toBeLessThanOrEqual(8);
  expect(made.best?.quality).toBeGreaterThanOrEqual(0.9);
  expect(made.costUsd).toBeGreaterThan(0);
});

test('the guide’s workflow: an intelligence, an adaptive cycle, and what it found in memory', async () => {
  const env = { ...quick, OMEGA_PROVIDERS_USE: 'compatible', OPENAI_API_KEY: '' };
  const { call } = await standInApp({ latencyMs: 5 }, { ...env, ...withoutKeys });
  const agent = { name: 'WorkflowAgent', minCapability: 0.85, domain: 'scheduler' } as const;
  const budget = { evaluations: 12, seconds: 6 };
  const made = await call('intelligence.create', { ...agent, budget });
  expect(made.fitness?.capability).toBeGreaterThanOrEqual(0.85);
  const input = { context: 'workflow_execution', objectives: ['process_data'], data: {} };
  const cycle = await call('loop.run', { type: 'adaptive', input });
  expect(cycle.insights.length).toBeGreaterThan(0);
  await vi.waitFor(async () => {
    const { memories } = await call('memory.query', { tiers: ['episodic', 'semantic'], limit: 10 });
    const texts = memories.map(({ memory }) => memory.text);
    for (const insight of cycle.insights) expect(texts).toContain(insight);
  });
  expect((await call('loop.history', { type: 'adaptive', limit: 1 }))[0]?.id).toBe(cycle.cycleId);
});

test('ways of asking are tried on own services, the better one is applied, and nothing is written', async () => {
  const answer = gradedAnswer(
    { openai: { right: 0.1, bestAt: 0 }, anthropic: { right: 1, bestAt: 0.4 } },
    1,
  );
  const env = {
    ...quick,
    OMEGA_PROVIDERS_FALLBACKS: 'anthropic',
    OMEGA_PROVIDERS_REPAIR_ROUNDS: undefined,
    GEMINI_API_KEY: '',
    WATSONX_API_KEY: '',
  };
  const { call } = await standInApp({ answer }, env);
  await call('project.add', { root: manyServices(6) });
  const { config: before } = await call('config.get', {});
  const made = await call('intelligence.create', {
    ...{ name: 'better', domain: 'generation', minCapability: 0.5 },
    budget: { evaluations: 45, seconds: 20, costUsd: 5 },
  });
  expect(made.best?.point.provider).toBe('anthropic');
  expect(made.tasks).toContain('6 services');
  const applied = await call('intelligence.apply', { id: made.id });
  expect(applied.applied?.moves.length).toBeGreaterThan(0);
  expect((await call('config.get', {})).config.providers.use).toBe('anthropic');
  expect(await call('run.list', {})).toEqual([]);
  await call('intelligence.rollback', { id: made.id });
  expect((await call('config.get', {})).config).toEqual(before);
});
