import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { OmegaApi } from '#main/runtime/omega-api.ts';
import { errorCodes, OmegaError } from '#shared/error.ts';
import { computeEntry } from '#test/support/model.ts';
import { openRuntime } from '#test/support/open-runtime.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { episode, good, skill, table, traps } from './hostile-inputs.ts';

type Method = (...args: readonly unknown[]) => Promise<unknown>;

/** A runtime that has one of each, without a model: what is refused is refused for itself. */
async function open() {
  const { runtime } = openRuntime(
    { 'healthMonitor.enabled': false, 'acceleration.device': 'cpu' },
    { acceleration: { spawn: forkCompute(computeEntry), modelsFolder: join(tempFolder(), 'no') } },
  );
  await runtime.start();
  const api = new OmegaApi(runtime);
  const kept = await api.storeMemory({ tier: 'semantic', text: 'stays', embedding: good });
  await api.storeVector({ collection: 'kept', id: 'kept', vector: good });
  await api.storeEpisode({ ...episode, id: 'kept' });
  await api.createSkill(skill);
  const { storage } = runtime;
  const holds = () => ({
    // Without its recalls: an empty query is none to refuse.
    memories: storage.memories
      .page(0, 100)
      .map(({ memory: { uses, accessedAt, ...kept } }) => kept),
    collections: storage.vectors.collections.all().map(({ name, size }) => [name, size]),
    episodes: storage.episodes.newest({}, 100),
    skills: storage.skills.all(100),
    edges: storage.causes.from('a'),
  });
  const call = (method: string, args: readonly unknown[]): Promise<unknown> =>
    (api as unknown as Record<string, Method>)[method]?.(
      ...args.map((one) => (one === 'KEPT' ? kept.id : one)),
    ) ?? Promise.reject(new Error(`There is no ${method}`));
  return { runtime, api, call, holds, kept };
}

/** The error that a call ends with; a value that it answers with instead. */
async function errorOf(calling: Promise<unknown>): Promise<unknown> {
  return calling.then(
    (answer) => ({ answer }),
    (error: unknown) => error,
  );
}

describe('hostile input', () => {
  it.each(Object.keys(table))('of %s is refused, typed, and nothing is written', async (method) => {
    const { runtime, call, holds } = await open();
    const before = holds();
    for (const [at, args] of (table[method] ?? []).entries()) {
      const error = await errorOf(call(method, args));
      const what = `${method} with input ${at}: ${String(JSON.stringify(error)).slice(0, 300)}`;
      expect(error, what).toBeInstanceOf(OmegaError);
      expect(['INVALID_INPUT', 'NOT_FOUND'], what).toContain((error as OmegaError).code);
      expect((error as OmegaError).message.length, what).toBeLessThan(1_000);
    }
    expect(holds()).toEqual(before);
    expect(runtime.state).toBe('running');
    expect(new Set(Object.values(runtime.calls.breakers))).toEqual(new Set(['closed']));
  });

  it('that no schema expects ends in a typed error or an answer, never in a broken runtime', async () => {
    const { runtime, api, call, holds, kept } = await open();
    const before = holds();
    const methods = [...Object.keys(table), 'getMemory', 'deleteMemory'];
    for (const method of methods) {
      for (const [at, trap] of traps.entries()) {
        const error = await errorOf(
          call(method, method === 'updateMemory' ? ['KEPT', trap] : [trap]),
        );
        if (!(error instanceof Error)) continue;
        const what = `${method} with trap ${at}: ${String(error)}`;
        expect(error, what).toBeInstanceOf(OmegaError);
        expect(errorCodes, what).toContain((error as OmegaError).code);
        expect((error as OmegaError).code, what).not.toBe('INTERNAL');
      }
    }
    expect(holds()).toEqual(before);
    expect(new Set(Object.values(runtime.calls.breakers))).toEqual(new Set(['closed']));
    expect(await api.getMemory(kept.id)).toMatchObject({ text: 'stays' });
  });

  it('with keys of every object pollutes nothing, and comes back as it was', async () => {
    const { api } = await open();
    const metadata = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"x":1}}}');
    const stored = await errorOf(api.storeMemory({ text: 'a', embedding: good, metadata }));
    await errorOf(api.storeVector({ collection: 'kept', id: '__proto__', vector: good, metadata }));
    await errorOf(api.createSkill({ ...skill, name: '__proto__', metadata }));
    await errorOf(api.storeEpisode({ ...episode, id: 'constructor', labels: ['__proto__'] }));
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(({} as { x?: number }).x).toBeUndefined();
    expect(stored).not.toMatchObject({ code: 'INTERNAL' });
    expect((await api.getVector({ collection: 'kept', id: '__proto__' }))?.id).toBe('__proto__');
    const filter = JSON.parse('{"__proto__":"x","constructor":"y"}');
    const found = await errorOf(api.searchVectors({ collection: 'kept', vector: good, filter }));
    expect(found).not.toMatchObject({ code: 'INTERNAL' });
    const ids = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    for (const id of ids) {
      expect(await api.getMemory(id)).toBeNull();
      await expect(api.deleteMemory(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(api.updateMemory(id, {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await api.deleteVector({ id })).toEqual({ deleted: false });
      expect(await api.causalEffects(id)).toEqual([]);
    }
  });

  it('of k above the count gives all that there is', async () => {
    const { api } = await open();
    expect((await api.queryMemories({ embedding: good, limit: 1_000 })).memories).toHaveLength(1);
    const asked = { collection: 'kept', vector: good, k: 1_000 };
    expect((await api.searchVectors(asked)).hits).toHaveLength(1);
    expect((await api.recallEpisodes({ embedding: good, limit: 1_000 })).episodes).toHaveLength(1);
    expect((await api.searchSkills({ embedding: good, limit: 100 })).skills).toHaveLength(1);
  });
});
