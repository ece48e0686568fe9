import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import type { ConfigChange } from '#shared/config.ts';
import { codeOf, openOmega } from '#test/support/open-omega.ts';
import { proveSettings } from '#test/support/prove-settings.ts';

const base = {
  'healthMonitor.enabled': false,
  'retryPolicy.maxRetries': 0,
  'breaker.minimumRps': 0.01,
  'breaker.windowMs': 60_000,
  'breaker.restMs': 3_600_000,
} satisfies ConfigChange;

async function open(settings: ConfigChange) {
  const opened = await openOmega({ ...base, ...settings });
  const { runtime, api } = opened;
  const { running } = runtime.parts.memory;
  const well = () => codeOf(api.getMemory('none'));
  /** A call while memory is not there, as it is while it is started again. */
  const ill = async () => {
    const memory = running.take();
    const code = await codeOf(api.getMemory('none'));
    if (memory) running.set(memory);
    return code;
  };
  const breaker = () => runtime.calls.breakers.memory;
  const times = async (count: number, one: () => Promise<unknown>) => {
    for (let at = 0; at < count; at += 1) await one();
  };
  return { ...opened, well, ill, breaker, times };
}

proveSettings('breaker', {
  failureShare: async () => {
    const { set, well, ill, breaker, times } = await open({ 'breaker.failureShare': 0.9 });
    const half = async () => {
      await well();
      await ill();
    };
    await times(10, half);
    expect(breaker()).toBe('closed');
    set({ 'breaker.failureShare': 0.3 });
    await times(10, half);
    expect(breaker()).toBe('open');
    // The most that is allowed is no share that opens nothing, or breaks the app.
    set({ 'breaker.failureShare': 1 });
    await times(10, half);
    expect(breaker()).toBe('closed');
    set({ 'breaker.failureShare': 0.99 });
    await times(10, ill);
    expect(breaker()).toBe('open');
  },
  windowMs: async () => {
    const { set, well, ill, breaker, times } = await open({ 'breaker.windowMs': 600_000 });
    const afterAWhile = async () => {
      await times(20, well);
      await wait(150);
      await times(5, ill);
    };
    await afterAWhile();
    expect(breaker()).toBe('closed');
    // What went well is out of this window when the failures come.
    set({ 'breaker.windowMs': 100 });
    await afterAWhile();
    expect(breaker()).toBe('open');
  },
  minimumRps: async () => {
    const { set, ill, breaker, times } = await open({ 'breaker.minimumRps': 1_000 });
    await times(30, ill);
    expect(breaker()).toBe('closed');
    set({ 'breaker.minimumRps': 0.01 });
    await times(3, ill);
    expect(breaker()).toBe('open');
  },
  restMs: async () => {
    const { set, well, ill, times } = await open({ 'breaker.restMs': 3_600_000 });
    await times(3, ill);
    await wait(60);
    expect(await well()).toBe('CIRCUIT_OPEN');
    set({ 'breaker.restMs': 400 });
    await times(3, ill);
    expect(await well()).toBe('CIRCUIT_OPEN');
    await wait(450);
    expect(await well()).toBe('ok');
  },
  halfOpenCalls: async () => {
    const { set, well, ill, breaker, times } = await open({
      'breaker.restMs': 20,
      'breaker.halfOpenCalls': 1,
    });
    await times(3, ill);
    await wait(30);
    await well();
    expect(breaker()).toBe('closed');
    set({ 'breaker.halfOpenCalls': 3 });
    await times(3, ill);
    await wait(30);
    await times(2, well);
    expect(breaker()).toBe('half-open');
    await well();
    expect(breaker()).toBe('closed');
  },
});
