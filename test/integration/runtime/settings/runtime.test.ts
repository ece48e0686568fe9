import { expect, onTestFinished, vi } from 'vitest';
import { openApi } from '#test/support/open-api.ts';
import { codeOf, hanging, openOmega } from '#test/support/open-omega.ts';
import { openRuntime } from '#test/support/open-runtime.ts';
import { proveSettings } from '#test/support/prove-settings.ts';

const quiet = { 'healthMonitor.enabled': false, 'retryPolicy.maxRetries': 0 } as const;

proveSettings('runtime', {
  profile: async () => {
    const { call } = await openApi({ env: {} });
    expect((await call('config.get', {})).warnings).toEqual([]);
    const { warnings } = await call('config.set', { 'runtime.profile': 'production' });
    expect(warnings.length).toBeGreaterThan(0);
    const back = await call('config.set', { 'runtime.profile': 'development' });
    expect(back.warnings).toEqual([]);
  },
  startTimeoutSecs: async () => {
    const { runtime, set } = openRuntime(
      { ...quiet, 'runtime.startTimeoutSecs': 0.1 },
      { acceleration: undefined },
    );
    // No part that we have hangs while it starts; this one does as one would.
    const start = vi.spyOn(runtime.parts.memory, 'start');
    start.mockReturnValue(new Promise(() => undefined) as unknown as undefined);
    await expect(runtime.start()).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: expect.stringContaining('memory took longer than 100 ms'),
    });
    expect(runtime.state).toBe('error');
    set({ 'runtime.startTimeoutSecs': 0.2 });
    await expect(runtime.start()).rejects.toThrow('memory took longer than 200 ms');
    start.mockRestore();
    await runtime.start();
    expect(runtime.state).toBe('running');
  },
  stopTimeoutSecs: async () => {
    const { runtime, api, set } = await openOmega(
      { ...quiet, 'runtime.stopTimeoutSecs': 0.1 },
      { acceleration: hanging() },
    );
    const stuck = () => codeOf(api.storeMemory({ text: 'Its vector never comes.' }));
    const first = stuck();
    const calls = async () => (await runtime.stop()).find(({ name }) => name === 'calls');
    const quick = await calls();
    expect(quick).toMatchObject({ outcome: 'timed-out' });
    expect(quick?.error).toContain('100 ms');
    expect(await first).toBe('CANCELLED');
    set({ 'runtime.stopTimeoutSecs': 0.4 });
    await runtime.start();
    // A caller that could leave by itself is told so too, not that the store is closed.
    const { signal } = new AbortController();
    const second = codeOf(api.storeMemory({ text: 'Nor does this one.' }, signal));
    expect((await calls())?.error).toContain('400 ms');
    expect(await second).toBe('CANCELLED');
  },
  callTimeoutSecs: async () => {
    const { api, set } = await openOmega(
      { ...quiet, 'runtime.callTimeoutSecs': 0.1 },
      { acceleration: hanging() },
    );
    const leaving = new AbortController();
    onTestFinished(() => leaving.abort());
    const stuck = () => api.storeMemory({ text: 'Its vector never comes.' }, leaving.signal);
    await expect(stuck()).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: expect.stringContaining('within 100 ms'),
    });
    set({ 'runtime.callTimeoutSecs': 0.2 });
    await expect(stuck()).rejects.toThrow('within 200 ms');
  },
});
