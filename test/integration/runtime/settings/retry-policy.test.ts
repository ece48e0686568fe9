import { setTimeout as wait } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import type { ConfigChange } from '#shared/config.ts';
import { codeOf, openOmega } from '#test/support/open-omega.ts';
import { proveSettings } from '#test/support/prove-settings.ts';

const base = {
  'healthMonitor.enabled': false,
  // The breaker is not what is tried here.
  'breaker.minimumRps': 1_000,
  'retryPolicy.initialDelayMs': 1,
  'retryPolicy.maxDelayMs': 1,
  'retryPolicy.budgetRatio': 1,
} satisfies ConfigChange;

/** A runtime whose memory is not there, as while it is started again: a call may be tried again. */
async function open(settings: ConfigChange) {
  const opened = await openOmega({ ...base, ...settings });
  const { api, runtime } = opened;
  const { running } = runtime.parts.memory;
  const memory = running.take();
  const back = () => memory && running.set(memory);
  // Looks on: each attempt that fails is reported there.
  const attempts = vi.spyOn(runtime.parts.storage, 'failed');
  const call = (signal?: AbortSignal) => codeOf(api.getMemory('none', signal));
  return { ...opened, back, attempts, call };
}

proveSettings('retryPolicy', {
  maxRetries: async () => {
    const { set, call, attempts, back } = await open({ 'retryPolicy.maxRetries': 0 });
    expect(await call()).toBe('NOT_RUNNING');
    expect(attempts).toHaveBeenCalledTimes(1);
    set({ 'retryPolicy.maxRetries': 2 });
    attempts.mockClear();
    await call();
    expect(attempts).toHaveBeenCalledTimes(3);
    // What it is for: a part that is started again meanwhile is not noticed by the caller.
    set({ 'retryPolicy.maxRetries': 20, 'retryPolicy.maxDelayMs': 50 });
    const patient = call();
    back();
    expect(await patient).toBe('ok');
  },
  initialDelayMs: async () => {
    const { set, call, attempts } = await open({
      'retryPolicy.maxRetries': 1,
      'retryPolicy.initialDelayMs': 60_000,
      'retryPolicy.maxDelayMs': 600_000,
    });
    const leaving = new AbortController();
    const waiting = call(leaving.signal);
    await wait(100);
    expect(attempts).toHaveBeenCalledTimes(1);
    leaving.abort();
    expect(await waiting).toBe('CANCELLED');
    set({ 'retryPolicy.initialDelayMs': 1 });
    attempts.mockClear();
    await call();
    expect(attempts).toHaveBeenCalledTimes(2);
  },
  maxDelayMs: async () => {
    const long = { 'retryPolicy.maxRetries': 1, 'retryPolicy.initialDelayMs': 60_000 } as const;
    const { set, call, attempts } = await open({ ...long, 'retryPolicy.maxDelayMs': 1 });
    await call();
    expect(attempts).toHaveBeenCalledTimes(2);
    set({ 'retryPolicy.maxDelayMs': 600_000 });
    attempts.mockClear();
    const leaving = new AbortController();
    const waiting = call(leaving.signal);
    await wait(100);
    leaving.abort();
    await waiting;
    expect(attempts).toHaveBeenCalledTimes(1);
  },
  budgetRatio: async () => {
    const { set, call, attempts } = await open({
      'retryPolicy.maxRetries': 1,
      'retryPolicy.budgetRatio': 0,
    });
    for (let at = 0; at < 20; at += 1) await call();
    // Ten retries are saved up at the start, and none is earned.
    expect(attempts).toHaveBeenCalledTimes(20 + 10);
    set({ 'retryPolicy.budgetRatio': 1 });
    attempts.mockClear();
    for (let at = 0; at < 20; at += 1) await call();
    expect(attempts).toHaveBeenCalledTimes(20 + 20);
  },
});
