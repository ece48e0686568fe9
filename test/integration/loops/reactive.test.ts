import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { OmegaError } from '#shared/error.ts';
import type { LoopCycle } from '#shared/loops.ts';
import { recordedModels } from '#test/support/model-work.ts';
import { openApi, project } from '#test/support/open-api.ts';
import { manyServices, standInApp } from '#test/support/stand-in-app.ts';

type Call = Awaited<ReturnType<typeof openApi>>['call'];

/** The cycles of the reactive loop once there are so many. */
const cyclesOf = (call: Call, count = 1) =>
  vi.waitFor(async () => {
    const cycles = await call('loop.history', { type: 'reactive' });
    expect(cycles.filter(({ state }) => state === 'succeeded').length).toBeGreaterThanOrEqual(
      count,
    );
    return cycles as readonly LoopCycle[];
  }, 5_000);

it('proposes the valid file of the blueprint where the model’s stays invalid, and keeps that beside it', async () => {
  const { generate, call } = await standInApp({ answer: 'malformed-dockerfile' });
  const { run, proposals } = await generate({ roots: [manyServices(1)] });
  const file = proposals.find(({ path }) => path.endsWith('Dockerfile'));
  expect(file?.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(file).toMatchObject({
    alternative: 'model',
    provenance: { origin: { type: 'blueprint' } },
  });
  expect(file?.findings.map(({ message }) => message).join()).toMatch(
    /model's file still has errors/,
  );
  const [cycle] = await cyclesOf(call);
  expect(cycle).toMatchObject({ trigger: 'event', output: { quality: 1 } });
  expect(cycle?.output?.results.cases).toMatchObject([
    { run: run.id, provider: 'openai', failure: null, remedy: { do: 'blueprint' }, valid: true },
  ]);
  expect(cycle?.output?.actions[0]).toMatchObject({
    state: 'done',
    parameters: { after: 'valid' },
  });
  const back = await call('proposal.swap', { id: file?.id ?? '' });
  expect(back.provenance.origin.type).toBe('model');
});

it('does a job again whose provider worked and broke for a while, so that the run loses no file', async () => {
  let asked = 0;
  const { models, done } = recordedModels(() => {
    asked += 1;
    if (asked === 2 || asked === 3) {
      const details = { retryAfterMs: 20 };
      throw new OmegaError('CIRCUIT_OPEN', 'Left alone.', { retryable: true, details });
    }
    return undefined;
  });
  const { runToEnd, call } = await openApi({ models, env: { OMEGA_ASYNC_ENABLED: 'false' } });
  const run = await runToEnd({
    roots: [project('a', 'b', 'c')],
    kinds: ['dockerfile'],
    use: 'ollama',
  });
  expect(run.jobs.map(({ state }) => state)).toEqual(['completed', 'completed', 'completed']);
  expect(done).toHaveLength(3);
  const [cycle] = await cyclesOf(call);
  expect(cycle?.output).toMatchObject({ quality: 1, results: { count: 2, valid: 2 } });
});

it('stops a run whose files fail one after the other for one reason, and the rest is made when it is resumed', async () => {
  let isMended = false;
  const { models } = recordedModels(() => {
    if (!isMended) throw new OmegaError('UNAUTHORIZED', 'The key is wrong.');
    return undefined;
  });
  const { call, ended } = await openApi({ models, env: { OMEGA_ASYNC_ENABLED: 'false' } });
  const names = ['a', 'b', 'c', 'd', 'e'];
  const { id } = await call('run.start', {
    roots: [project(...names)],
    kinds: ['dockerfile'],
    use: 'ollama',
  });
  const paused = await vi.waitFor(async () => {
    const run = await call('run.get', { id });
    expect(run.state).toBe('paused');
    return run;
  });
  expect(paused.paused).toMatch(/3 files failed.*The key is wrong/);
  isMended = true;
  await call('run.resume', { id });
  const run = await ended(id);
  const states = run.jobs.map(({ state }) => state).toSorted();
  expect(states).toEqual(['completed', 'completed', 'completed', 'failed', 'failed']);
  const cycles = await cyclesOf(call);
  const remedies = cycles.flatMap(({ output }) => output?.actions ?? []);
  expect(remedies.map(({ parameters }) => parameters.remedy)).toMatchObject([{ do: 'stop' }]);
});

it('asks a provider that the settings name where a whole ensemble fails, and hands a pattern up', async () => {
  const { generate, call } = await standInApp(
    { keys: { openai: 'another key' } },
    {
      OMEGA_PROVIDERS_ENSEMBLE: 'quality',
      OMEGA_PROVIDERS_MEMBERS: 'openai',
      OMEGA_PROVIDERS_FALLBACKS: 'ollama',
    },
  );
  const { run, proposals } = await generate({ roots: [manyServices(3)], ensemble: 'quality' });
  expect(run.jobs.map(({ state }) => state)).toEqual(['completed', 'completed', 'completed']);
  const origins = proposals.map(({ provenance }) => provenance.origin);
  expect(origins).toContainEqual(expect.objectContaining({ type: 'model', provider: 'ollama' }));
  await cyclesOf(call);
  const adaptive = await vi.waitFor(async () => {
    const [cycle] = await call('loop.history', { type: 'adaptive' });
    expect(cycle?.trigger).toBe('escalation');
    return cycle;
  }, 5_000);
  expect(adaptive?.input.data.patterns).toMatchObject([
    { provider: 'openai', of: 'UNAUTHORIZED', count: 3 },
  ]);
});

it('does nothing where it is off, and says on demand what it would do', async () => {
  const off = { OMEGA_LOOPS_ENABLE_REACTIVE: 'false' };
  const { generate, call } = await standInApp({ answer: 'malformed-dockerfile' }, off);
  const { proposals } = await generate({ roots: [manyServices(1)] });
  const file = proposals.find(({ path }) => path.endsWith('Dockerfile'));
  expect(file?.alternative).toBe('blueprint');
  expect(await call('loop.history', { type: 'reactive' })).toEqual([]);
  const failure = {
    provider: 'openai',
    others: ['ollama'],
    rules: [join('dockerfile', 'no-from')],
  };
  const told = await call('loop.run', {
    type: 'reactive',
    input: { data: { failure: { ...failure, error: null } }, context: '', objectives: [] },
  });
  expect(told.results.remedy).toEqual({ do: 'blueprint' });
});
