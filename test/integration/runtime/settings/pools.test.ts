import { expect, onTestFinished } from 'vitest';
import type { ConfigChange } from '#shared/config.ts';
import { codeOf, hanging, openOmega } from '#test/support/open-omega.ts';
import { proveSettings } from '#test/support/prove-settings.ts';

/** A runtime in which every store waits for a vector that never comes. */
async function open(settings: ConfigChange) {
  const quiet = { 'healthMonitor.enabled': false } as const;
  const opened = await openOmega({ ...quiet, ...settings }, { acceleration: hanging() });
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const settled: string[] = [];
  const store = () => {
    codeOf(opened.api.storeMemory({ text: 'A text.' }, leaving.signal)).then((code) =>
      settled.push(code),
    );
  };
  /** What of so many calls at once is refused at once. */
  const refused = async (count: number) => {
    settled.length = 0;
    for (let at = 0; at < count; at += 1) store();
    await new Promise((next) => setTimeout(next, 100));
    return [...settled];
  };
  return { ...opened, refused };
}

proveSettings('pools', {
  calls: async () => {
    const { set, refused } = await open({ 'pools.calls': 1, 'pools.queue': 0 });
    expect(await refused(3)).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
    set({ 'pools.calls': 3, 'pools.queue': 0 });
    expect(await refused(3)).toEqual([]);
    expect(await refused(1)).toEqual(['UNAVAILABLE']);
  },
  queue: async () => {
    const { set, refused, runtime } = await open({ 'pools.calls': 1, 'pools.queue': 0 });
    expect(await refused(2)).toEqual(['UNAVAILABLE']);
    set({ 'pools.calls': 1, 'pools.queue': 2 });
    expect(await refused(4)).toEqual(['UNAVAILABLE']);
    expect(runtime.calls.waiting).toBe(2);
  },
});
