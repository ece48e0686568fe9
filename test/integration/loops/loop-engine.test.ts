import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '#main/core/clock.ts';
import { fixed } from '#main/core/live.ts';
import { currentTrace, withTrace } from '#main/core/trace.ts';
import type { Connection, Loop } from '#main/loops/engine/loop.ts';
import { LoopEngine, type LoopEngineOptions } from '#main/loops/engine/loop-engine.ts';
import { Storage } from '#main/storage/storage.ts';
import type { CycleInput, CycleOutput, LoopCycle } from '#shared/loops.ts';
import { loopsSettings } from '#shared/settings/loops-settings.ts';
import { changing } from '#test/support/changing.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const { signal } = new AbortController();
const input = (context = ''): CycleInput => ({ data: {}, context, objectives: [] });
const output = (results: CycleOutput['results'] = {}): CycleOutput => ({
  ...{ results, insights: [], actions: [], nextObjectives: [], quality: 1 },
});

function open(
  loops: readonly Loop[],
  options: Partial<LoopEngineOptions> = {},
  folder = tempFolder(),
) {
  const storage = new Storage(folder, systemClock);
  const ended: LoopCycle[] = [];
  const engine = new LoopEngine({
    ...{ loops: fixed(loops), connections: [], store: storage.loops, clock: systemClock },
    settings: fixed(loopsSettings.parse({})),
    byThemselves: true,
    stuck: new Set(),
    holdsBack: async () => null,
    onBegin: () => undefined,
    onEnd: (cycle) => ended.push(cycle),
    onFault: (_, error) => {
      throw error;
    },
    ...options,
  });
  onTestFinished(async () => {
    await engine.dispose();
    storage.dispose();
  });
  return { engine, storage, ended, folder };
}

const quick = (run: Loop['run'] = async () => output()): Loop => ({ type: 'adaptive', run });

it('a cycle is kept with what it was given, found and really took', async () => {
  const { engine, storage } = open([
    quick(async ({ context }) => {
      await sleep(30);
      return output({ read: context });
    }),
  ]);
  const cycle = await engine.cycle('adaptive', input('by hand'), signal);
  expect(cycle).toMatchObject({ state: 'succeeded', trigger: 'demand', output: { quality: 1 } });
  expect(cycle.output?.results).toEqual({ read: 'by hand' });
  expect(cycle.durationMs).toBeGreaterThanOrEqual(28);
  expect(storage.loops.latest('adaptive', 10)).toEqual([cycle]);
});

it('what it throws, a late one and an output that is none are kept as failures', async () => {
  const bad = { ...output(), quality: 7 };
  const { engine, storage } = open(
    [
      quick(async ({ context }, { signal: own }) => {
        if (context === 'throw') throw new Error('the disk is gone');
        if (context === 'late') await sleep(5_000, undefined, { signal: own });
        return bad;
      }),
    ],
    { settings: fixed(loopsSettings.parse({ deadlineSecs: 0.05 })) },
  );
  const of = async (context: string) => engine.cycle('adaptive', input(context), signal);
  expect(await of('throw')).toMatchObject({ state: 'failed', error: { code: 'INTERNAL' } });
  expect(await of('late')).toMatchObject({ state: 'failed', error: { code: 'TIMEOUT' } });
  expect(await of('none')).toMatchObject({ state: 'failed', output: null });
  expect(storage.loops.latest('adaptive', 10).map(({ state }) => state)).toEqual(
    Array(3).fill('failed'),
  );
});

it('a loop never runs twice at a time, in this process or another, nor beside work that is stuck', async () => {
  const held = Promise.withResolvers<CycleOutput>();
  const settings = fixed(loopsSettings.parse({ deadlineSecs: 0.2 }));
  const one = open([quick(() => held.promise)], { settings });
  const two = open([quick()], {}, one.folder);
  const first = one.engine.cycle('adaptive', input(), signal);
  const refused = { code: 'REFUSED', retryable: true };
  await expect(one.engine.cycle('adaptive', input(), signal)).rejects.toMatchObject(refused);
  await expect(two.engine.cycle('adaptive', input(), signal)).rejects.toMatchObject(refused);
  expect(await first).toMatchObject({ state: 'failed', error: { code: 'TIMEOUT' } });
  await expect(one.engine.cycle('adaptive', input(), signal)).rejects.toMatchObject(refused);
  held.resolve(output());
  await held.promise;
  expect(await one.engine.cycle('adaptive', input(), signal)).toMatchObject({ state: 'succeeded' });
});

it('a cancelled cycle, and one whose engine closes, are kept as cancelled', async () => {
  const { engine, storage } = open([
    quick((_, { signal: own }) => sleep(60_000, output(), { signal: own })),
  ]);
  const controller = new AbortController();
  const cancelled = engine.cycle('adaptive', input(), controller.signal);
  controller.abort();
  expect(await cancelled).toMatchObject({ state: 'cancelled', error: { code: 'CANCELLED' } });
  const closed = engine.cycle('adaptive', input(), signal);
  await engine.dispose();
  expect(await closed).toMatchObject({ state: 'cancelled' });
  expect(storage.loops.latest('adaptive', 1)[0]?.state).toBe('cancelled');
});

it('a cycle that a kill cut off is noted as such by the next start', () => {
  const folder = tempFolder();
  const before = new Storage(folder, systemClock);
  const cut: LoopCycle = {
    ...{ id: 'cut', loop: 'adaptive', trigger: 'period', cause: null, state: 'running' },
    ...{ startedAt: 1, durationMs: null, input: input(), output: null, error: null },
  };
  before.loops.save(cut);
  before.dispose();
  const { storage } = open([quick()], {}, folder);
  expect(storage.loops.get('cut')).toEqual({ ...cut, state: 'cut-off' });
});

it('runs by its period, once after a start however long it was away, unless it is held back or off', async () => {
  const settings = (enableAdaptive: boolean) =>
    fixed(loopsSettings.parse({ adaptiveSecs: 0.05, enableAdaptive }));
  const { ended } = open([quick()], { settings: settings(true) });
  await vi.waitFor(() => expect(ended.length).toBeGreaterThanOrEqual(3), 5_000);
  expect(ended.every(({ trigger }) => trigger === 'period')).toBe(true);
  const begins = ended.map(({ startedAt }) => startedAt);
  expect((begins[2] ?? 0) - (begins[1] ?? 0)).toBeGreaterThanOrEqual(45);
  const held = open([quick()], {
    settings: settings(true),
    holdsBack: async () => 'a run goes on',
  });
  const off = open([quick()], { settings: settings(false) });
  await sleep(200);
  expect([...held.ended, ...off.ended]).toEqual([]);
});

it('what is too large for a loop goes up to a slower one, which names its cause', async () => {
  const up: Connection = {
    ...{ from: 'adaptive', to: 'deliberative', how: 'escalation' },
    input: ({ output: given }) => (given?.results.pattern ? input('a pattern') : null),
  };
  const slow: Loop = { type: 'deliberative', run: async ({ context }) => output({ context }) };
  const { engine, ended } = open(
    [quick(async ({ context }) => output({ pattern: context === 'again' })), slow],
    { connections: [up] },
  );
  await engine.cycle('adaptive', input('once'), signal);
  const cause = await engine.cycle('adaptive', input('again'), signal);
  await vi.waitFor(() => expect(ended).toHaveLength(3), 5_000);
  expect(ended[2]).toMatchObject({ loop: 'deliberative', trigger: 'escalation', cause: cause.id });
});

it('keeps as many cycles of a loop as are asked for', async () => {
  const { engine, storage } = open([quick()], {
    settings: fixed(loopsSettings.parse({ keepCycles: 3 })),
  });
  for (let at = 0; at < 6; at++) await engine.cycle('adaptive', input(String(at)), signal);
  const kept = storage.loops.latest('adaptive', 100).map((one) => one.input.context);
  expect(kept).toEqual(['5', '4', '3']);
});

it('what meets a loop in the middle of a cycle, or one that is held back, waits for its turn', async () => {
  const held = Promise.withResolvers<CycleOutput>();
  const up: Connection = {
    ...{ from: 'adaptive', to: 'deliberative', how: 'escalation' },
    input: ({ input: given }) => input(given.context),
  };
  const settings = changing(loopsSettings.parse({ deliberativeSecs: 3_600 }));
  let isBusy = true;
  const contexts: string[] = [];
  const slow: Loop = {
    type: 'deliberative',
    run: ({ context }) => {
      contexts.push(context);
      return context === 'first' ? held.promise : Promise.resolve(output());
    },
  };
  const { engine, ended } = open([quick(), slow], {
    connections: [up],
    holdsBack: async (loop) => (isBusy && loop === 'deliberative' ? 'a run goes on' : null),
    settings,
  });
  // A person, and what happens, are not held back.
  const first = engine.cycle('deliberative', input('first'), signal);
  const told = engine.tell('deliberative', input('told'));
  await engine.cycle('adaptive', input('handed on'), signal);
  expect(contexts).toEqual(['first']);
  held.resolve(output());
  await first;
  expect(await told).toMatchObject({ trigger: 'event', state: 'succeeded' });
  await sleep(50);
  expect(contexts).toEqual(['first', 'told']);
  isBusy = false;
  settings.set({ yieldSecs: 1 });
  await vi.waitFor(() => expect(contexts).toEqual(['first', 'told', 'handed on']), 8_000);
  expect(ended.at(-1)).toMatchObject({ trigger: 'escalation', cause: expect.any(String) });
});

it('in a command loops run on demand alone, and hand nothing on', async () => {
  const up: Connection = {
    ...{ from: 'adaptive', to: 'deliberative', how: 'escalation', input: () => input() },
  };
  const slow: Loop = { type: 'deliberative', run: async () => output() };
  const { engine, ended } = open([quick(), slow], {
    connections: [up],
    byThemselves: false,
    settings: fixed(loopsSettings.parse({ adaptiveSecs: 0.05, deliberativeSecs: 0.05 })),
  });
  await engine.cycle('adaptive', input(), signal);
  await sleep(200);
  expect(ended.map(({ loop, trigger }) => [loop, trigger])).toEqual([['adaptive', 'demand']]);
  expect(engine.standing('adaptive').dueInMs).toBeNull();
});

it('a cycle by its period is no part of the call that ran the one before', async () => {
  const traces: (string | null)[] = [];
  const traced = quick(async () => {
    traces.push(currentTrace());
    return output();
  });
  const settings = fixed(loopsSettings.parse({ adaptiveSecs: 0.05 }));
  const { engine } = open([traced], { settings });
  const call = 'c'.repeat(32);
  await withTrace(call, () => engine.cycle('adaptive', input(), signal));
  await vi.waitFor(() => expect(traces.length).toBeGreaterThanOrEqual(3), 5_000);
  expect(traces[0]).toBe(call);
  expect(new Set(traces).size).toBe(traces.length);
});

it('two loops that answer each other come to an end, and a connection that throws keeps no other', async () => {
  const back = (from: 'adaptive' | 'deliberative'): Connection => ({
    ...{ from, to: from === 'adaptive' ? 'deliberative' : 'adaptive', how: 'feedback' },
    input: () => input('again'),
  });
  const broken: Connection = {
    ...{ from: 'adaptive', to: 'deliberative', how: 'escalation' },
    input: () => {
      throw new Error('no such figure');
    },
  };
  const faults: unknown[] = [];
  const slow: Loop = { type: 'deliberative', run: async () => output() };
  const { engine, ended } = open([quick(), slow], {
    connections: [broken, back('adaptive'), back('deliberative')],
    onFault: (_, error) => faults.push(error),
  });
  await engine.cycle('adaptive', input(), signal);
  await vi.waitFor(() => expect(ended).toHaveLength(7), 5_000);
  await sleep(200);
  expect(ended).toHaveLength(7);
  expect(faults.length).toBeGreaterThan(0);
});

it('a loop that looks as the engine closes begins no cycle, and none is missing while it looks', async () => {
  const held = Promise.withResolvers<null>();
  const { engine, storage } = open([quick()], {
    holdsBack: () => held.promise,
    settings: fixed(loopsSettings.parse({ adaptiveSecs: 0.05 })),
  });
  await sleep(100);
  expect(engine.asleep()).toEqual([]);
  await engine.dispose();
  held.resolve(null);
  await sleep(20);
  expect(storage.loops.latest(null, 10)).toEqual([]);
});
