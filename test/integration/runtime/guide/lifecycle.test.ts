import { describe, expect, it, vi } from 'vitest';
import { OmegaApi } from '#main/runtime/omega-api.ts';
import type { RuntimeState } from '#shared/runtime.ts';
import { hanging } from '#test/support/open-omega.ts';
import { openRuntime } from '#test/support/open-runtime.ts';

const alone = { acceleration: undefined } as const;

/** The guide's initialisation, its shut-down and its own lifecycle test. */
describe('the life of a runtime', () => {
  it('is made, started, used and shut down by its api', async () => {
    const { runtime, types } = openRuntime({}, alone);
    const api = new OmegaApi(runtime);
    expect(runtime.state).toBe('created');
    await runtime.start();
    expect(runtime.state).toBe('running');
    expect(api.getMetrics()).toMatchObject({ memoryStores: 0, avgQueryLatencyMs: null });
    const { id } = await api.storeMemory({ text: 'The port is 8080.' });
    expect((await api.getMemory(id))?.text).toBe('The port is 8080.');
    expect(api.getMetrics().memoryStores).toBe(1);
    const report = await api.shutdown();
    expect(runtime.state).toBe('stopped');
    // In reverse: nothing loses what it stands on.
    expect(report.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'calls stopped',
      'loops stopped',
      'meta-sona stopped',
      'agentdb stopped',
      'memory stopped',
      'storage stopped',
    ]);
    expect(types()).toContain('system.started');
    expect(types().at(-1)).toBe('system.shutdown');
  });

  it('keeps what it was told over a stop, by id (the reference lost its permanent tiers)', async () => {
    const { runtime } = openRuntime({}, alone);
    const api = new OmegaApi(runtime);
    await runtime.start();
    const ids: string[] = [];
    for (const tier of ['semantic', 'procedural', 'strategic'] as const) {
      ids.push((await api.storeMemory({ tier, text: `A ${tier} thing` })).id);
    }
    await runtime.stop();
    // A stopped runtime is no dead end: the reference refused to start again.
    await runtime.start();
    const found = await Promise.all(ids.map((id) => api.getMemory(id)));
    expect(found.map((memory) => memory?.tier)).toEqual(['semantic', 'procedural', 'strategic']);
  });

  it('takes no call before its start and after its end, and says which state it is in', async () => {
    const { runtime } = openRuntime({}, alone);
    const api = new OmegaApi(runtime);
    const refused = (state: RuntimeState) =>
      expect.objectContaining({ code: 'NOT_RUNNING', message: expect.stringContaining(state) });
    await expect(api.storeMemory({ text: 'early' })).rejects.toEqual(refused('created'));
    await runtime.start();
    await runtime.stop();
    await expect(api.queryMemories({})).rejects.toEqual(refused('stopped'));
    // How it is may be asked at any time.
    expect(api.getRuntimeHealth()).toMatchObject({ state: 'stopped', uptimeSeconds: 0 });
  });

  it('calls nothing healthy that was not tried in this life of it', async () => {
    const { runtime } = openRuntime({ 'healthMonitor.enabled': false }, alone);
    const status = () => runtime.health().subsystems.map((one) => one.status);
    expect(new Set(status())).toEqual(new Set(['unknown']));
    await runtime.start();
    expect(new Set(status())).toEqual(new Set(['unknown']));
    await runtime.check();
    expect(new Set(status())).toEqual(new Set(['healthy']));
    await runtime.stop();
    // A part that is stopped has not failed.
    await runtime.check({ wake: true });
    expect(new Set(status())).toEqual(new Set(['unknown']));
    await runtime.start();
    expect(new Set(status())).toEqual(new Set(['unknown']));
    const [storage] = runtime.health().subsystems;
    expect(storage).toMatchObject({ errorCount: 0, lastCheck: null, history: [] });
  });

  it('that is stopped while it starts stays stopped, and tries nothing any more', async () => {
    const { runtime, events } = openRuntime({ 'healthMonitor.checkIntervalSecs': 0.05 }, alone);
    const starting = runtime.start();
    const [first, second] = await Promise.all([runtime.stop(), runtime.stop()]);
    await starting;
    expect(second).toBe(first);
    expect(runtime.state).toBe('stopped');
    const types = events.map(({ type }) => type);
    expect(types.filter((type) => type === 'system.shutdown')).toHaveLength(1);
    const seen = events.length;
    // Six rounds of a monitor that nobody stopped.
    await new Promise((next) => setTimeout(next, 300));
    expect(events.slice(seen)).toEqual([]);
  });

  it('that is started twice at once starts once', async () => {
    const { runtime, types } = openRuntime({}, alone);
    await Promise.all([runtime.start(), runtime.start()]);
    expect(types().filter((type) => type === 'system.started')).toHaveLength(1);
    await expect(runtime.start()).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('waits on its way out for what is being stored, and keeps it', async () => {
    const { runtime } = openRuntime({}, alone);
    const api = new OmegaApi(runtime);
    await runtime.start();
    const stores = Array.from({ length: 50 }, (_, at) => api.storeMemory({ text: `note ${at}` }));
    const [kept] = await Promise.all([Promise.all(stores), runtime.stop()]);
    await runtime.start();
    const found = await Promise.all(kept.map(({ id }) => api.getMemory(id)));
    expect(found.map((memory) => memory?.text)).toEqual(
      Array.from({ length: 50 }, (_, at) => `note ${at}`),
    );
  });

  it('does not wait on its way out for a trial that hangs, and blames nobody', async () => {
    const { runtime, types } = openRuntime(
      { 'healthMonitor.enabled': false },
      { acceleration: hanging() },
    );
    await runtime.start();
    // Given ten seconds for each part, it would hold the app open for as long.
    const trial = runtime.check({ wake: true });
    await new Promise((next) => setTimeout(next, 100));
    const began = performance.now();
    await Promise.all([runtime.stop(), trial]);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(types().filter((type) => /^degradation|failed$/.test(type))).toEqual([]);
  });

  it('ends by a signal of the process, as the guide’s deployment does', async () => {
    const { runtime } = openRuntime({}, alone);
    await runtime.start();
    process.once('SIGUSR2', () => void runtime.stop());
    process.kill(process.pid, 'SIGUSR2');
    await vi.waitFor(() => expect(runtime.state).toBe('stopped'), 5_000);
  });
});
