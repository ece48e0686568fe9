import { expect, it, onTestFinished, vi } from 'vitest';
import type { BatchFigures } from '#main/acceleration/embeddings/batch-tally.ts';
import { systemClock } from '#main/core/clock.ts';
import { DisposableStore } from '#main/core/disposable.ts';
import type { AdaptivePorts } from '#main/loops/adaptive/adaptive-ports.ts';
import { openGateLoops } from '#main/loops/gate-loops.ts';
import type { ModelProvider } from '#shared/providers.ts';
import { providersOn, requestTo } from '#test/support/live-providers.ts';
import { openGateTo, plain } from '#test/support/open-gate.ts';
import { openLoops } from '#test/support/open-loops.ts';

type Opened = ReturnType<typeof openGateTo>;

/** The loop with the real gate, the real engine and the real store. */
function join(
  { gate, storage }: Pick<Opened, 'gate' | 'storage'>,
  ports: Partial<Omit<AdaptivePorts, 'gate'>> = {},
) {
  const resources = new DisposableStore();
  onTestFinished(() => resources.dispose());
  const { reflexive, adaptive } = openGateLoops(
    {
      ...{ gate, handsOver: true },
      fallbacks: () => [],
      batches: () => null,
      kept: {
        get: () => storage.meta.get('bounds'),
        set: (text) => storage.meta.set('bounds', text),
      },
      watch: async () => [],
      id: () => systemClock.id(),
      modelOf: async () => 'model',
      tell: (type, input) => loops.engine.tell(type, input),
      ...ports,
    },
    resources,
  );
  const loops = openLoops(storage, [reflexive, adaptive]);
  return { ...loops, adaptive };
}

/** Callers that ask again as soon as they were answered, until `stop`. */
function load(gate: Opened['gate'], request: (at: number) => ReturnType<typeof requestTo>) {
  let isOver = false;
  let at = 0;
  const caller = async (): Promise<void> => {
    while (!isOver) {
      at += 1;
      await gate.call(request(at), { ...plain(), cache: 'off' });
    }
  };
  const all = Promise.all(Array.from({ length: 12 }, caller));
  return async () => {
    isOver = true;
    await all;
  };
}

it('moves the bounds to what a provider really takes, keeps them, and lets go of them when it takes more', async () => {
  const { standIn, providers } = await providersOn({
    ...{ latencyMs: 15, capacity: 4, capacityRetryAfterMs: 0 },
  });
  const opened = openGateTo(providers, {
    'async.concurrency': 12,
    'retryPolicy.maxRetries': 1_000,
    'retryPolicy.maxDelayMs': 20,
  });
  const { gate, storage } = opened;
  const { cycle, next } = join(opened);
  const limitOf = () => gate.figures[0];
  const stop = load(gate, (at) => requestTo(standIn, 'openai', { prompt: `job ${at}` }));
  const action = await vi.waitFor(
    async () => {
      const [move] = (await cycle('adaptive')).output?.actions ?? [];
      if (!move) throw new Error('It has not refused often enough yet.');
      return move;
    },
    { timeout: 15_000, interval: 500 },
  );
  expect(action).toMatchObject({
    kind: 'bounds',
    state: 'done',
    parameters: { of: 'limit:openai' },
  });
  const { max } = limitOf()?.bounds ?? { max: 0 };
  expect(max).toBeGreaterThanOrEqual(4);
  expect(max).toBeLessThanOrEqual(6);
  expect(action.parameters.evidence).toMatchObject({ edges: expect.anything() });
  // Another start has them before its first call.
  const again = openGateTo(providers, { 'async.concurrency': 12 });
  join({ gate: again.gate, storage }).adaptive.apply(true);
  await again.gate.call(requestTo(standIn, 'openai'), plain());
  expect(again.gate.figures[0]?.allowed).toBe(max);

  standIn.behave({ capacity: null });
  const relaxed = await next('adaptive');
  expect(relaxed).toMatchObject({ trigger: 'escalation', state: 'succeeded' });
  expect(storage.loops.get(relaxed.cause ?? '')?.loop).toBe('reflexive');
  expect(relaxed.output?.actions[0]).toMatchObject({
    parameters: { before: { value: { max } }, after: { value: null } },
  });
  expect(limitOf()?.bounds.max).toBe(Number.POSITIVE_INFINITY);
  await stop();
  expect(storage.meta.get('bounds')).toBe('[]');
});

it('takes a move back, once, and never goes beyond what is set', async () => {
  const { standIn, providers } = await providersOn();
  const opened = openGateTo(providers, { 'async.concurrency': 3 });
  const { gate, storage } = opened;
  storage.meta.set(
    'bounds',
    JSON.stringify([{ of: 'limit', provider: 'openai', value: { min: 5, max: 9 } }]),
  );
  const { adaptive } = join(opened);
  adaptive.apply(true);
  await gate.call(requestTo(standIn, 'openai'), plain());
  expect(gate.figures[0]?.allowed).toBe(3);
  adaptive.apply(false);
  expect(gate.figures[0]?.bounds.max).toBe(Number.POSITIVE_INFINITY);
  const move = (value: unknown) => ({ of: 'limit', provider: 'openai', value }) as const;
  const parameters = { before: move(null), after: move({ min: 5, max: 9 }) } as never;
  const action = { id: 'a', kind: 'bounds', description: '', parameters, state: 'done' } as const;
  const { signal } = new AbortController();
  await adaptive.revert?.(action, signal);
  expect(storage.meta.get('bounds')).toBe('[]');
  await expect(adaptive.revert?.(action, signal)).rejects.toMatchObject({ code: 'CONFLICT' });
});

it('has a provider that fails asked last while another answers, and first again when it is back', async () => {
  const { standIn, providers } = await providersOn({ keys: { openai: 'another key' } });
  const opened = openGateTo(providers, { 'async.concurrency': 4 });
  const { gate } = opened;
  const fallbacks: readonly ModelProvider[] = ['ollama'];
  const { cycle } = join(opened, { fallbacks: () => fallbacks });
  const ask = (at: number) =>
    gate.call(requestTo(standIn, 'openai', { prompt: `job ${at}` }), { ...plain(), fallbacks });
  let job = 0;
  const asked = async (count: number) => {
    standIn.log.clear();
    for (const end = job + count; job < end; job += 1) await ask(job);
    return standIn.log.entries.length;
  };
  await asked(24);
  const low = await cycle('adaptive');
  expect(low.output?.actions[0]?.parameters).toMatchObject({
    of: 'share:openai',
    after: { value: 0.2 },
  });
  expect(gate.shareOf('openai')).toBe(0.2);
  // Ten calls ask the fallback, and two of them the failing one first.
  expect(await asked(10)).toBe(12);
  expect((await cycle('adaptive')).output?.actions).toEqual([]);
  standIn.behave({ keys: { openai: 'stand-in-key' } });
  await asked(20);
  const back = await cycle('adaptive');
  expect(back.output?.actions[0]?.parameters).toMatchObject({ after: { value: 1 } });
});

it('says so and does nothing where too little was measured, and bounds late micro-batches', async () => {
  const { providers } = await providersOn();
  const sizes = [
    { size: 16, batches: 40, texts: 600, serviceMs: 100, late: 0 },
    { size: 64, batches: 10, texts: 600, serviceMs: 200, late: 9 },
  ];
  let figures: BatchFigures = { sizes: [], most: 512, bound: null, limit: 64 };
  const bounds: (number | null)[] = [];
  const { cycle } = join(openGateTo(providers), {
    batches: () => ({ figures, setBound: (bound) => void bounds.push(bound) }),
  });
  const quiet = await cycle('adaptive');
  expect(quiet.output).toMatchObject({ actions: [], quality: null });
  expect(quiet.output?.insights.join()).toMatch(/Too few/);
  figures = { ...figures, sizes };
  expect((await cycle('adaptive')).output?.actions[0]?.parameters).toMatchObject({
    of: 'batch',
    after: { value: 16 },
  });
  const later = { size: 16, batches: 90, texts: 1_400, serviceMs: 200, late: 1 };
  figures = { sizes: [later, ...sizes.slice(1)], most: 512, bound: 16, limit: 16 };
  expect((await cycle('adaptive')).output?.actions[0]?.parameters).toMatchObject({
    before: { value: 16 },
    after: { value: 32 },
  });
  expect(bounds.at(-1)).toBe(32);
});
