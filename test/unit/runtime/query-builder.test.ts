import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QueryBuilder } from '#main/runtime/query-builder.ts';
import { memoryQuerySchema, memoryTiers } from '#shared/memory.ts';

describe('a query builder', () => {
  it('says every condition that a query has, and no other', () => {
    const query = new QueryBuilder()
      .tiers('semantic', 'episodic')
      .types('fact')
      .tags('docker', 'build')
      .text('images')
      .embedding([0.6, 0.8])
      .minImportance(0.4)
      .minConfidence(0.5)
      .between(100, 200)
      .limit(7)
      .onlyLooking()
      .build();
    expect(query).toEqual({
      tiers: ['semantic', 'episodic'],
      types: ['fact'],
      tags: ['docker', 'build'],
      text: 'images',
      embedding: Float32Array.of(0.6, 0.8),
      minImportance: 0.4,
      minConfidence: 0.5,
      from: 100,
      to: 200,
      limit: 7,
      recalls: false,
    });
    // A field that queries get and the builder cannot say would be missing here.
    expect(Object.keys(query).sort()).toEqual(Object.keys(memoryQuerySchema.shape).sort());
  });

  it('is not changed by what is made from it', () => {
    const numbers = Float32Array.of(1, 0);
    const shared = new QueryBuilder().tiers('semantic').embedding(numbers);
    const one = shared.limit(1);
    const other = shared.tiers('session').between(5, null);
    numbers[0] = 9;
    one.build().tiers?.push('session');
    expect(shared.build()).toEqual({ tiers: ['semantic'], embedding: Float32Array.of(1, 0) });
    expect(one.build()).toMatchObject({ tiers: ['semantic'], limit: 1 });
    expect(other.build()).toMatchObject({ tiers: ['session'], from: 5 });
  });

  it('takes the last word, and takes a time range back', () => {
    const built = new QueryBuilder().limit(3).limit(4).between(1, 2).between(null, 9).build();
    expect(built).toEqual({ limit: 4, to: 9 });
    expect(new QueryBuilder().between(1, 2).between(null, null).build()).toEqual({});
  });

  it('loses nothing of any query that it begins with', () => {
    const queries = fc.record(
      {
        tiers: fc.uniqueArray(fc.constantFrom(...memoryTiers), { minLength: 1 }),
        text: fc.string({ maxLength: 50 }),
        limit: fc.integer({ min: 1, max: 1000 }),
        from: fc.nat(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(queries, (query) => {
        expect(new QueryBuilder(query).build()).toEqual(query);
        expect(memoryQuerySchema.safeParse(new QueryBuilder(query).build()).success).toBe(true);
      }),
    );
  });
});
