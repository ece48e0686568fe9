import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { allOf } from '#main/core/metrics/metrics.ts';
import type { CycleOutput } from '#shared/loops.ts';
import { cpuMs } from '#test/support/cpu-time.ts';
import { didSet, found, giveLoops, loopOf } from '#test/support/loops.ts';
import { heldClock } from '#test/support/memories.ts';
import { codeOf, openOmega } from '#test/support/open-omega.ts';
import { parsePrometheus } from '#test/support/prometheus.ts';
import { withoutTable } from '#test/support/sabotage.ts';

const quiet = { 'healthMonitor.enabled': false } as const;
const partOf = (health: { subsystems: readonly { name: string; status: string }[] }) =>
  health.subsystems.find(({ name }) => name === 'loops');

describe('cycles that go wrong', () => {
  it('are kept as what they were, and what was in force stays', async () => {
    const { api, runtime, events } = await openOmega({ ...quiet, 'loops.deadlineSecs': 0.1 });
    const held = Promise.withResolvers<CycleOutput>();
    giveLoops(runtime, [
      loopOf('adaptive', async ({ context }) => {
        if (context === 'throws') throw new Error('no figures');
        if (context === 'hangs') return held.promise;
        return { ...found(), insights: Array(500).fill('garbage') };
      }),
    ]);
    const outcome = (context: string) => codeOf(api.executeLoopCycle('adaptive', { context }));
    expect(await outcome('throws')).toBe('INTERNAL');
    expect(await outcome('garbage')).toBe('INTERNAL');
    expect(await outcome('hangs')).toBe('TIMEOUT');
    expect(await outcome('again')).toBe('REFUSED');
    await runtime.check();
    expect(partOf(runtime.health())).toMatchObject({
      ...{ status: 'degraded', reason: expect.stringContaining('adaptive') },
    });
    const figures = parsePrometheus(await allOf(runtime.registries));
    const failed = 'omega_loop_cycle_seconds_count{loop="adaptive",outcome="failed"}';
    expect(figures.get(failed)).toBe(3);
    // Started again, the part still knows of work that it could not end.
    await runtime.recover('loops');
    expect(await outcome('again')).toBe('REFUSED');
    held.resolve(found());
    await held.promise;
    await runtime.check();
    expect(partOf(runtime.health())?.status).not.toBe('unhealthy');
    const history = await api.loopHistory('adaptive', 10);
    expect(history.map(({ state, output }) => [state, output])).toEqual(
      Array(3).fill(['failed', null]),
    );
    const told = events.filter(({ type }) => type === 'loop.error');
    expect(told).toHaveLength(3);
    // The engine did its work: its breaker must not open for what loops do.
    expect(runtime.calls.breakers.loops).toBe('closed');
    expect(api.getMetrics()).toMatchObject({ loopCycles: 0, avgCycleTimeMs: expect.any(Number) });
  });

  it('cannot begin where they could not be kept, which health sees', async () => {
    const settings = { ...quiet, 'healthMonitor.failureThreshold': 1, 'retryPolicy.maxRetries': 0 };
    const { api, runtime, dataFolder } = await openOmega(settings);
    const run = vi.fn(async () => found());
    giveLoops(runtime, [loopOf('adaptive', run)]);
    const mend = withoutTable(dataFolder, 'loop_cycles');
    expect(await codeOf(api.executeLoopCycle('adaptive'))).not.toBe('ok');
    expect(run).not.toHaveBeenCalled();
    await runtime.check();
    expect(partOf(runtime.health())?.status).toBe('unhealthy');
    mend();
    await runtime.check();
    expect(partOf(runtime.health())).toMatchObject({ status: 'healthy', reason: null });
    expect(await codeOf(api.executeLoopCycle('adaptive'))).toBe('ok');
  });
});

it('a clock that is set back a year, or forward, keeps no loop from running', async () => {
  const clock = heldClock();
  const { api, runtime } = await openOmega({ ...quiet, 'loops.adaptiveSecs': 0.2 }, { clock });
  giveLoops(runtime, [loopOf('adaptive')]);
  const cycles = async () => (await api.loopHistory('adaptive', 200)).length;
  await vi.waitFor(async () => expect(await cycles()).toBe(1), 5_000);
  for (const [turn, years] of [-1, 1].entries()) {
    clock.time += years * 365 * 86_400_000;
    await vi.waitFor(async () => expect(await cycles()).toBe(turn + 2), 5_000);
    // Once, not as often as the jump has periods.
    await sleep(300);
    expect(await cycles()).toBe(turn + 2);
  }
});

describe('what a cycle did', () => {
  it('is taken back once, by its loop, and only what was done', async () => {
    const { api, runtime } = await openOmega(quiet);
    let bound = 3;
    const actions = [
      didSet('done', 3, 8),
      { ...didSet('asked', 0, 1), state: 'proposed' as const },
    ];
    giveLoops(runtime, [
      {
        ...loopOf('adaptive', async () => {
          bound = 8;
          return found({ actions });
        }),
        revert: async ({ parameters }) => {
          bound = Number(parameters.before);
        },
      },
      loopOf('deliberative', async () => found({ actions })),
    ]);
    const { cycleId } = await api.executeLoopCycle('adaptive');
    expect(bound).toBe(8);
    const reverted = await api.revertLoopAction(cycleId, 'done');
    expect(reverted.output?.actions.map(({ state }) => state)).toEqual(['reverted', 'proposed']);
    expect(bound).toBe(3);
    const outcome = (cycle: string, action: string) => codeOf(api.revertLoopAction(cycle, action));
    expect(await outcome(cycleId, 'done')).toBe('CONFLICT');
    expect(await outcome(cycleId, 'asked')).toBe('CONFLICT');
    expect(await outcome(cycleId, 'other')).toBe('NOT_FOUND');
    expect(await outcome('other', 'done')).toBe('NOT_FOUND');
    const other = await api.executeLoopCycle('deliberative');
    expect(await outcome(other.cycleId, 'done')).toBe('NOT_AVAILABLE');
  });
});

describe('what a cycle is given', () => {
  it('is refused where it is none, too much, or for a loop that there is not', async () => {
    const { api, runtime } = await openOmega(quiet);
    giveLoops(runtime, [loopOf('adaptive')]);
    const refused = (call: Promise<unknown>, message: RegExp) =>
      expect(call).rejects.toMatchObject({
        ...{ code: 'INVALID_INPUT', message: expect.stringMatching(message) },
      });
    await refused(api.executeLoopCycle('Adaptve'), /mean adaptive\?/);
    await refused(api.executeLoopCycle('sideways-and-up'), /There are reflexive/);
    await refused(api.executeLoopCycle('adaptive', { context: 'x'.repeat(3_000) }), /context/);
    const much = { data: { text: 'x'.repeat(70_000) } };
    await refused(api.executeLoopCycle('adaptive', much), /65,536/);
    await refused(api.executeLoopCycle('adaptive', { other: 1 } as object), /other/);
    expect(await api.loopHistory(null, 10)).toEqual([]);
  });
});

it('a runtime at rest, all loops on, takes under a hundredth of a core', async () => {
  const { runtime } = await openOmega();
  const patient = ['deliberative', 'evolutionary', 'transformative', 'transcendent'] as const;
  giveLoops(runtime, [
    loopOf('reflexive'),
    loopOf('reactive'),
    loopOf('adaptive'),
    ...patient.map((type) => loopOf(type)),
  ]);
  await runtime.check();
  const before = cpuMs();
  await sleep(3_000);
  const share = (cpuMs() - before) / 3_000;
  expect(share).toBeLessThan(0.01);
});
