import { expect } from 'vitest';
import { systemClock } from '#main/core/clock.ts';
import { openGate } from '#test/support/open-gate.ts';
import { proveSettings } from '#test/support/prove-settings.ts';
import { openCache, owner, response } from '#test/support/response-cache.ts';
import { ScriptedProvider } from '#test/support/scripted-provider.ts';

proveSettings('cache', {
  enabled: async () => {
    const ollama = new ScriptedProvider('ollama', (_request, _options, before) => `${before}`);
    const { ask, set, record, cache } = openGate([ollama], { 'cache.enabled': false });
    await ask('same');
    expect((await ask('same')).text).toBe('1');
    expect(await cache.stats()).toMatchObject({ entries: 0, misses: 0 });
    expect(record.figures().slow).toContain('cache-off');
    set({ 'cache.enabled': true });
    await ask('same');
    expect((await ask('same')).text).toBe('2');
    expect(record.figures().slow).not.toContain('cache-off');
    set({ 'cache.enabled': false });
    expect((await ask('same')).text).toBe('3');
  },
  ttlHours: async () => {
    const clock = { ...systemClock };
    const { cache, settings } = openCache(undefined, { ttlHours: 2 }, clock);
    await cache.set('a', owner, response('a'));
    const later = Date.now() + 3_600_000;
    clock.now = () => later;
    expect(await cache.get('a')).not.toBeNull();
    settings.set({ ttlHours: 0.5 });
    // At once, from memory too; and what has expired goes from the disk.
    expect(await cache.get('a')).toBeNull();
    await cache.settled();
    expect(await cache.stats()).toMatchObject({ entries: 0, expired: 1 });
  },
  maxMb: async () => {
    const { cache, settings } = openCache(undefined, { maxMb: 1 });
    const keys = Array.from({ length: 80 }, (_, at) => `k${at}`);
    for (const key of keys) await cache.set(key, owner, response(key, 10_000));
    await cache.settled();
    expect(await cache.stats()).toMatchObject({ entries: 80, evicted: 0 });
    // The oldest of all, used since: it stays when others go.
    await new Promise((next) => setTimeout(next, 5));
    await cache.get('k0');
    settings.set({ maxMb: 0.2 });
    await cache.settled();
    const { entries, bytes, evicted } = await cache.stats();
    expect(bytes).toBeLessThanOrEqual(200_000);
    expect([entries + evicted, entries > 10]).toEqual([80, true]);
    settings.set({ memoryMb: 0 });
    const found = await cache.getMany(['k0', 'k1', 'k79']);
    expect(found.map((one) => one !== null)).toEqual([true, false, true]);
    // It stays below its size while more comes.
    for (const key of keys) await cache.set(`more ${key}`, owner, response(key, 10_000));
    await cache.settled();
    expect((await cache.stats()).bytes).toBeLessThanOrEqual(200_000);
    await cache.set('huge', owner, response('huge', 300_000));
    expect(await cache.get('huge')).toBeNull();
    expect((await cache.stats()).entries).toBeGreaterThan(10);
  },
  memoryMb: async () => {
    const { cache, settings } = openCache(undefined, { memoryMb: 0.1 });
    for (let at = 0; at < 20; at += 1) await cache.set(`k${at}`, owner, response('x', 10_000));
    const full = await cache.stats();
    expect(full.memoryBytes).toBeLessThanOrEqual(100_000);
    expect([full.memoryEntries, full.entries]).toEqual([9, 20]);
    settings.set({ memoryMb: 0.03 });
    expect((await cache.stats()).memoryEntries).toBe(2);
    settings.set({ memoryMb: 1 });
    for (let at = 0; at < 20; at += 1) await cache.get(`k${at}`);
    expect((await cache.stats()).memoryEntries).toBe(20);
  },
});

const three = () => new ScriptedProvider('ollama', () => 'answer');
const code = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: { code: string }) => error.code,
  );

proveSettings('budget', {
  runUsd: async () => {
    const { ask, set } = openGate([three()], { 'budget.runUsd': 0.02 });
    expect(await code(ask('a', { runId: 'run' }))).toBe('ok');
    expect(await code(ask('b', { runId: 'run' }))).toBe('REFUSED');
    set({ 'budget.runUsd': 1 });
    expect(await code(ask('b', { runId: 'run' }))).toBe('ok');
    set({ 'budget.runUsd': 0.01 });
    expect(await code(ask('c', { runId: 'run' }))).toBe('REFUSED');
    set({ 'budget.runUsd': 0 });
    expect(await code(ask('c', { runId: 'run' }))).toBe('ok');
  },
  runTokens: async () => {
    const { ask, set } = openGate([three()], { 'budget.runTokens': 20 });
    expect(await code(ask('a', { runId: 'run' }))).toBe('ok');
    expect(await code(ask('b', { runId: 'run' }))).toBe('REFUSED');
    set({ 'budget.runTokens': 1_000 });
    expect(await code(ask('b', { runId: 'run' }))).toBe('ok');
    set({ 'budget.runTokens': 0 });
    expect(await code(ask('c', { runId: 'run' }))).toBe('ok');
  },
});
