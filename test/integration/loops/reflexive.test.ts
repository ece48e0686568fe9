import { expect, it } from 'vitest';
import { reflexiveLoop } from '#main/loops/reflexive/reflexive-loop.ts';
import { cpuMs } from '#test/support/cpu-time.ts';
import { openGate } from '#test/support/open-gate.ts';
import { openLoops } from '#test/support/open-loops.ts';
import { answersAfter, fault, ScriptedProvider } from '#test/support/scripted-provider.ts';

/** The loop on a real gate with a real cache in SQLite. */
function open(script: ConstructorParameters<typeof ScriptedProvider>[1]) {
  const gate = openGate([new ScriptedProvider('ollama', script)], {
    'retryPolicy.maxRetries': 0,
    'breaker.minimumRps': 0,
    'breaker.restMs': 60_000,
  });
  const loop = reflexiveLoop({
    take: () => gate.gate.admissions.take(),
    admits: (request) => gate.gate.admits(request),
    modelOf: async (provider) => `${provider}-model`,
  });
  return { ...gate, ...openLoops(gate.storage, [loop]) };
}

const foreseen = {
  provider: 'ollama',
  system: 'You write files.',
  temperature: 0.2,
  maxTokens: 100,
};

/** Catches an account that makes the gate slow, and one that does not count what the gate decides. */
it('answers from the cache within a millisecond of processor time, and tells of it in one cycle', async () => {
  const { ask, cycle, storage } = open(answersAfter(1));
  await ask('a Dockerfile');
  for (let at = 0; at < 100; at += 1) await ask('a Dockerfile');
  await cycle('reflexive');
  const before = cpuMs();
  for (let at = 0; at < 300; at += 1) await ask('a Dockerfile');
  expect((cpuMs() - before) / 300).toBeLessThan(1);
  const { output } = await cycle('reflexive');
  expect(output?.results.admissions).toMatchObject({ hit: { count: 300, timed: 300 } });
  expect(output?.quality).toBeGreaterThan(0.9);
  expect(storage.loops.latest('reflexive', 10)).toHaveLength(2);
  // Each request is told of once.
  expect((await cycle('reflexive')).output).toMatchObject({
    results: { admissions: {} },
    quality: null,
  });
});

it('refuses by the breaker within a millisecond of processor time, and says before what it would do', async () => {
  const { ask, cycle, set } = open(() => {
    throw fault();
  });
  const said = async (prompt: string) =>
    (await cycle('reflexive', { request: { ...foreseen, prompt } })).output?.results.admitted;
  expect(await said('x')).toMatchObject({ verdict: 'passed', queued: 0, isWaiting: false });
  for (let at = 0; at < 60; at += 1) await ask(`job ${at}`).catch(() => undefined);
  await expect(ask('one more')).rejects.toMatchObject({ code: 'CIRCUIT_OPEN' });
  await cycle('reflexive');
  const before = cpuMs();
  for (let at = 0; at < 300; at += 1) await ask(`late ${at}`).catch(() => undefined);
  expect((cpuMs() - before) / 300).toBeLessThan(1);
  expect(await said('x')).toMatchObject({
    verdict: 'refused',
    why: expect.stringContaining('failed repeatedly'),
  });
  const { output } = await cycle('reflexive');
  expect(output?.results.admissions).toMatchObject({ refused: { count: 300, timed: 300 } });
  expect(output?.quality).toBeGreaterThan(0.9);
  set({ 'cache.enabled': false });
  expect(await said('x')).toMatchObject({ verdict: 'refused' });
});

it('says that a request would be answered from the cache, and what is no request', async () => {
  const { ask, cycle, record } = open(answersAfter(1));
  await ask('a Dockerfile');
  const { calls } = record.figures();
  const told = await cycle('reflexive', { request: { ...foreseen, prompt: 'a Dockerfile' } });
  expect(told.output?.results.admitted).toMatchObject({ verdict: 'hit' });
  expect(record.figures().calls).toBe(calls);
  const bad = await cycle('reflexive', { request: { provider: 'nobody' } });
  expect(bad).toMatchObject({ state: 'failed', error: { code: 'INVALID_INPUT' } });
});
