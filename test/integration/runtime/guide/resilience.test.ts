import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { QueryBuilder } from '#main/runtime/query-builder.ts';
import type { ConfigChange } from '#shared/config.ts';
import { embeddingOf } from '#test/support/embedding-of.ts';
import { hasModel, modelsFolder, needsModel } from '#test/support/model.ts';
import { codeOf, indexAlone, openOmega } from '#test/support/open-omega.ts';
import { withoutTable } from '#test/support/sabotage.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const quick = {
  'healthMonitor.enabled': false,
  'retryPolicy.maxRetries': 0,
  'breaker.minimumRps': 1,
  'breaker.windowMs': 1_000,
  'breaker.restMs': 500,
  'breaker.halfOpenCalls': 2,
} satisfies ConfigChange;

const open = (settings: ConfigChange = quick, models?: string) => {
  const acceleration = models === undefined ? undefined : { ...indexAlone(), modelsFolder: models };
  return openOmega(settings, { acceleration });
};

/** The guide's loop of stores under a circuit breaker. */
describe('a breaker', () => {
  it('leaves a broken part alone, tries it after its rest, and closes on what went well', async () => {
    const { api, runtime, dataFolder, events } = await open();
    await api.storeMemory({ text: 'before' });
    const mend = withoutTable(dataFolder, 'memories');
    const outcomes: string[] = [];
    for (let turn = 0; turn < 10; turn += 1) {
      outcomes.push(await codeOf(api.storeMemory({ text: `turn ${turn}` })));
    }
    expect(new Set(outcomes)).toEqual(new Set(['INTERNAL', 'CIRCUIT_OPEN']));
    expect(outcomes.at(-1)).toBe('CIRCUIT_OPEN');
    const { memory, ...others } = runtime.calls.breakers;
    expect(memory).toBe('open');
    expect(new Set(Object.values(others))).toEqual(new Set(['closed']));
    // The other part is not punished for it.
    expect(await codeOf(api.causalEffects('anything'))).toBe('ok');
    mend();
    await wait(550);
    const ids = await Promise.all([
      api.storeMemory({ text: 'after 1' }),
      api.storeMemory({ text: 'after 2' }),
    ]);
    expect(runtime.calls.breakers.memory).toBe('closed');
    const texts = await Promise.all(ids.map(({ id }) => api.getMemory(id)));
    expect(texts.map((memory) => memory?.text)).toEqual(['after 1', 'after 2']);
    const states = events.flatMap((event) =>
      event.type === 'breaker.changed' ? [`${event.subsystem} ${event.state}`] : [],
    );
    expect(states).toEqual(['memory open', 'memory half-open', 'memory closed']);
  });

  it('says when to come back, so that a caller that waits as long gets through', async () => {
    const { api, dataFolder } = await open();
    const mend = withoutTable(dataFolder, 'memories');
    while ((await codeOf(api.queryMemories({}))) !== 'CIRCUIT_OPEN');
    const refused: { details?: { retryAfterMs?: number } } = await api
      .queryMemories({})
      .then(() => ({}))
      .catch((error) => error);
    expect(refused.details?.retryAfterMs).toBe(500);
    mend();
    await wait(refused.details?.retryAfterMs);
    expect(await codeOf(api.queryMemories({}))).toBe('ok');
  });

  it('is not left half open by probes whose callers left (the reference was stuck for ever)', async () => {
    const { api, runtime, dataFolder } = await open();
    const mend = withoutTable(dataFolder, 'memories');
    while ((await codeOf(api.queryMemories({}))) !== 'CIRCUIT_OPEN');
    mend();
    await wait(550);
    for (let turn = 0; turn < 4; turn += 1) {
      const leaving = new AbortController();
      const call = api.queryMemories({ text: 'anything' }, leaving.signal);
      leaving.abort();
      expect(await codeOf(call)).toBe('CANCELLED');
    }
    await api.queryMemories({});
    await api.queryMemories({});
    expect(runtime.calls.breakers.memory).toBe('closed');
  });

  it('stays closed over what callers do wrong', async () => {
    const { api, runtime } = await open();
    for (let turn = 0; turn < 20; turn += 1) {
      expect(await codeOf(api.storeMemory({ text: '' }))).toBe('INVALID_INPUT');
    }
    expect(runtime.calls.breakers.memory).toBe('closed');
  });
});

/** The guide's query that falls back where a part is degraded. */
describe('degradation', () => {
  it('answers by words where there is no model, and says so in the answer', async () => {
    const { api, runtime } = await open(quick, tempFolder());
    const { id, degraded } = await api.storeMemory({ text: 'The cache is a volume.' });
    expect(degraded).toContain('words alone');
    const answer = await api.queryMemories({ text: 'which volume is the cache' });
    expect(answer.memories.map(({ memory }) => memory.id)).toEqual([id]);
    // The reference's fallback was an empty answer that nobody could tell from a real one.
    expect(answer.degraded).not.toBeNull();
    await vi.waitFor(() => expect(runtime.state).toBe('degraded'));
    expect(runtime.board.find('memory', 'text-only')?.reason).toContain('not installed');
    expect(api.getRuntimeHealth().degradations.map(({ subsystem }) => subsystem)).toContain(
      'embeddings',
    );
    // The guide's simpler query needs no meaning, and is whole.
    const simple = new QueryBuilder().tiers('immediate', 'session').limit(5).build();
    expect(await api.queryMemories(simple)).toMatchObject({
      degraded: null,
      memories: [{ memory: { id } }],
    });
  });

  it.skipIf(!hasModel)(
    `is over by itself once the part is back, in those that stand on it too, ${needsModel}`,
    { timeout: 60_000 },
    async () => {
      const home = join(tempFolder(), 'models');
      const settings = { ...quick, 'healthMonitor.failureThreshold': 100 } as const;
      const { api, runtime, events } = await open(settings, home);
      await api.storeMemory({ text: 'The cache is a volume.' });
      await runtime.check({ wake: true });
      expect(runtime.board.find('agentdb', 'text-only')).not.toBeNull();
      symlinkSync(modelsFolder, home);
      await vi.waitFor(
        async () => {
          await runtime.check({ wake: true });
          expect(runtime.board.isWhole).toBe(true);
        },
        { timeout: 50_000, interval: 500 },
      );
      // The reference left what stood on a part switched off when the part came back.
      const left = events.flatMap((event) =>
        event.type === 'degradation.left' ? event.subsystem : [],
      );
      expect(new Set(left)).toEqual(new Set(['embeddings', 'memory', 'agentdb']));
      // It has no word of the question: it got its vector, though nobody asked before.
      await vi.waitFor(
        async () => {
          const answer = await api.queryMemories({ text: 'storage that outlives containers' });
          expect(answer.degraded).toBeNull();
          expect(answer.memories[0]?.memory.text).toBe('The cache is a volume.');
        },
        { timeout: 10_000, interval: 200 },
      );
    },
  );

  it('refuses to store what could not be kept, and keeps on reading', async () => {
    const { api, runtime, set } = await open();
    const { id } = await api.storeMemory({ text: 'kept' });
    set({ ...quick, 'resources.minFreeDiskMb': 1_000_000 });
    await runtime.check();
    await expect(api.storeMemory({ text: 'lost' })).rejects.toMatchObject({
      code: 'SUBSYSTEM_DEGRADED',
      retryable: true,
      details: { subsystem: 'memory', level: 'read-only' },
    });
    expect((await api.getMemory(id))?.text).toBe('kept');
    set({ ...quick, 'resources.minFreeDiskMb': 0 });
    await runtime.check();
    expect(await codeOf(api.storeMemory({ text: 'kept again' }))).toBe('ok');
  });

  it('the error of a call that fails is its own, not one about the fallback', async () => {
    const { api, dataFolder } = await open();
    withoutTable(dataFolder, 'memories');
    // The reference said "Feature not found" where no fallback was registered.
    await expect(api.storeMemory({ text: 'x', embedding: embeddingOf(1) })).rejects.toMatchObject({
      code: 'INTERNAL',
      cause: expect.objectContaining({ message: expect.stringContaining('memories') }),
    });
  });
});
