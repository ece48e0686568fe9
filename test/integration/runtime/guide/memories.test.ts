import { describe, expect, it } from 'vitest';
import { OmegaApi } from '#main/runtime/omega-api.ts';
import { QueryBuilder } from '#main/runtime/query-builder.ts';
import { embeddingOf } from '#test/support/embedding-of.ts';
import { hasModel, needsModel } from '#test/support/model.ts';
import { openOmega } from '#test/support/open-omega.ts';
import { openRuntime } from '#test/support/open-runtime.ts';

const query = () => new QueryBuilder();

/** The guide's storing and querying of memories. */
describe('storing and querying', () => {
  it('gives back what was stored, by id, with every field (the reference stored nothing)', async () => {
    const { runtime } = openRuntime();
    const api = new OmegaApi(runtime);
    await runtime.start();
    const given = {
      tier: 'semantic',
      type: 'fact',
      text: 'Health checks are answered on port 9090.',
      embedding: embeddingOf(1),
      importance: 0.9,
      confidence: 0.7,
      tags: ['health', 'ports'],
      metadata: { file: 'compose.yaml', line: 12 },
    } as const;
    const { id } = await api.storeMemory({ ...given, tags: [...given.tags] });
    const { memories, degraded } = await api.queryMemories(
      query().tiers('semantic').limit(10).build(),
    );
    const { embedding: _, ...fields } = given;
    expect(degraded).toBeNull();
    expect(memories.map(({ memory }) => memory)).toEqual([expect.objectContaining(fields)]);
    expect(memories[0]?.memory.id).toBe(id);
    expect((await api.getMemory(id))?.provenance.source).toBe('user');
  });

  it('finds under each condition of the builder what has it, and nothing else', async () => {
    let now = 1_700_000_000_000;
    const clock = { now: () => now, id: () => crypto.randomUUID() };
    const { api } = await openOmega({}, { clock });
    const middle = { tier: 'session', importance: 0.5, confidence: 0.5 } as const;
    await api.storeMemory({ ...middle, text: 'tiers', tier: 'strategic' });
    await api.storeMemory({ ...middle, text: 'types', type: 'edit' });
    await api.storeMemory({ ...middle, text: 'tags', tags: ['a', 'b'] });
    await api.storeMemory({ ...middle, text: 'one tag', tags: ['a'] });
    await api.storeMemory({ ...middle, text: 'importance', importance: 0.8 });
    await api.storeMemory({ ...middle, text: 'confidence', confidence: 0.8 });
    now += 1_000;
    await api.storeMemory({ ...middle, text: 'later' });
    await api.storeMemory({ ...middle, text: 'vector', embedding: embeddingOf(3) });
    const texts = async (builder: QueryBuilder) =>
      (await api.queryMemories(builder.build())).memories.map(({ memory }) => memory.text).sort();
    expect(await texts(query().tiers('strategic'))).toEqual(['tiers']);
    expect(await texts(query().types('edit'))).toEqual(['types']);
    expect(await texts(query().tags('a', 'b'))).toEqual(['tags']);
    expect(await texts(query().minImportance(0.7))).toEqual(['importance']);
    expect(await texts(query().minConfidence(0.7))).toEqual(['confidence']);
    expect(await texts(query().between(now, null))).toEqual(['later', 'vector']);
    expect(await texts(query().between(null, now).limit(100))).toHaveLength(6);
    expect(await texts(query().text('importance'))).toContain('importance');
    expect(await texts(query().limit(3))).toHaveLength(3);
    expect(await texts(query().tiers('strategic').types('edit'))).toEqual([]);
  });

  it.skipIf(!hasModel)(`finds by meaning, ${needsModel}`, async () => {
    const { runtime } = openRuntime();
    const api = new OmegaApi(runtime);
    await runtime.start();
    const made = await api.storeMemories([
      { text: 'An apple a day keeps the doctor away.', tier: 'semantic', importance: 0.1 },
      { text: 'The car needs new tyres.', tier: 'semantic', importance: 1 },
      { text: 'Rain is expected in the evening.', tier: 'semantic', importance: 1 },
    ]);
    // Similarity decides, not worth: the reference answered "car, pear, apple".
    const { memories } = await api.queryMemories(
      query().tiers('semantic').text('eating fruits for health').limit(1).build(),
    );
    expect(memories.map(({ memory }) => memory.id)).toEqual([made[0]?.id]);
    expect(memories[0]?.vectorRank).toBe(1);
  });

  it('refuses a vector of 1,536 numbers, which memories do not have, and stores nothing', async () => {
    const { api } = await openOmega();
    const wrong = api.storeMemory({
      text: 'Too long',
      embedding: new Float32Array(1536).fill(0.1),
    });
    await expect(wrong).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('384'),
    });
    expect((await api.queryMemories({})).memories).toEqual([]);
  });
});
