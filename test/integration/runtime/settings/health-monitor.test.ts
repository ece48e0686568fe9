import { setTimeout as wait } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import type { ConfigChange } from '#shared/config.ts';
import { hanging, openOmega } from '#test/support/open-omega.ts';
import { proveSettings } from '#test/support/prove-settings.ts';
import { withoutTable } from '#test/support/sabotage.ts';

async function open(settings: ConfigChange, options: Parameters<typeof openOmega>[1] = {}) {
  const opened = await openOmega(settings, options);
  const of = (name: string) =>
    opened.runtime.health().subsystems.find((one) => one.name === name) ?? null;
  const tried = () => of('storage')?.history.length ?? 0;
  return { ...opened, of, tried };
}

proveSettings('healthMonitor', {
  enabled: async () => {
    const often = { 'healthMonitor.checkIntervalSecs': 0.05 } as const;
    const { set, tried } = await open({ ...often, 'healthMonitor.enabled': false });
    await wait(200);
    expect(tried()).toBe(0);
    set({ 'healthMonitor.enabled': true });
    await vi.waitFor(() => expect(tried()).toBeGreaterThan(1));
    set({ 'healthMonitor.enabled': false });
    await wait(50);
    const before = tried();
    await wait(200);
    expect(tried()).toBe(before);
  },
  checkIntervalSecs: async () => {
    const { set, tried } = await open({ 'healthMonitor.checkIntervalSecs': 86_400 });
    await vi.waitFor(() => expect(tried()).toBe(1));
    await wait(200);
    expect(tried()).toBe(1);
    set({ 'healthMonitor.checkIntervalSecs': 0.05 });
    await vi.waitFor(() => expect(tried()).toBeGreaterThan(3));
  },
  checkTimeoutSecs: async () => {
    const slow = { 'healthMonitor.enabled': false, 'healthMonitor.checkTimeoutSecs': 0.1 } as const;
    const { runtime, set, of } = await open(slow, { acceleration: hanging() });
    await runtime.check({ wake: true });
    expect(of('embeddings')?.reason).toContain('longer than 100 ms');
    expect(runtime.board.find('memory', 'text-only')?.reason).toContain('longer than 100 ms');
    set({ 'healthMonitor.checkTimeoutSecs': 0.2 });
    await runtime.check({ wake: true });
    expect(of('embeddings')?.reason).toContain('longer than 200 ms');
  },
  failureThreshold: async () => {
    const { runtime, set, of, dataFolder } = await open({
      'healthMonitor.enabled': false,
      'healthMonitor.failureThreshold': 2,
    });
    withoutTable(dataFolder, 'memories');
    await runtime.check();
    expect(of('memory')?.status).toBe('degraded');
    await runtime.check();
    expect(of('memory')?.status).toBe('unhealthy');
    set({ 'healthMonitor.failureThreshold': 4 });
    expect(of('memory')?.status).toBe('degraded');
    await runtime.check();
    await runtime.check();
    expect(of('memory')?.status).toBe('unhealthy');
  },
  recoveryTimeoutSecs: async () => {
    const { runtime, set, of, dataFolder } = await open({
      'healthMonitor.enabled': false,
      'healthMonitor.failureThreshold': 1,
      'healthMonitor.recoveryTimeoutSecs': 86_400,
    });
    const { running } = runtime.parts.memory;
    const first = running.held;
    const mend = withoutTable(dataFolder, 'memories');
    await runtime.check();
    await wait(60);
    await runtime.check();
    expect(running.held).toBe(first);
    set({ 'healthMonitor.recoveryTimeoutSecs': 0.05 });
    await runtime.check();
    expect(running.held).not.toBe(first);
    // It could not be started without its table; as soon as it can, it is.
    mend();
    await runtime.check();
    await runtime.check();
    expect(running.held).not.toBeNull();
    expect(of('memory')?.lastCheck?.error).toBeNull();
  },
});
