import { describe, expect, it } from 'vitest';
import { type ConfigChange, configChangeSchema } from '#shared/config.ts';
import { indexAlone, openOmega } from '#test/support/open-omega.ts';
import { clustered } from '#test/support/vectors.ts';

/** The configuration of the guide, in the names that we have for its fields. */
const guides = {
  'agentdb.dimension': 1536,
  'agentdb.hnswM': 32,
  'agentdb.hnswEf': 100,
  'agentdb.cacheSize': 1_000_000,
  'memory.episodicCapacity': 10_000,
  'memory.autoConsolidate': true,
  'memory.consolidationIntervalSecs': 3600,
  'healthMonitor.checkIntervalSecs': 30,
  'healthMonitor.failureThreshold': 3,
  'healthMonitor.recoveryTimeoutSecs': 300,
  'retryPolicy.maxRetries': 3,
  'retryPolicy.initialDelayMs': 100,
  'retryPolicy.maxDelayMs': 5000,
} satisfies ConfigChange;

const open = (settings: ConfigChange = {}) => openOmega(settings, { acceleration: indexAlone() });

const rows = clustered(300, 1536);
const row = (at: number) => rows.slice(at * 1536, (at + 1) * 1536);

/** The guide's vectors, of the length of its custom configuration. */
describe('vectors of 1,536 numbers', () => {
  it('are found by themselves, with their id and their metadata (the reference: 0 ids in 10)', async () => {
    const { api } = await open(guides);
    const ids: string[] = [];
    for (let at = 0; at < 300; at += 1) {
      const metadata = { type: 'document', at };
      ids.push((await api.storeVector({ vector: row(at), metadata })).id);
    }
    expect(new Set(ids).size).toBe(300);
    for (let at = 0; at < 300; at += 7) {
      const { hits, degraded } = await api.searchVectors({ vector: row(at), k: 10 });
      expect(degraded).toBeNull();
      expect(hits).toHaveLength(10);
      expect(hits[0]).toMatchObject({ id: ids[at], metadata: { type: 'document', at } });
      expect(hits[0]?.score).toBeCloseTo(1, 2);
    }
    expect(await api.getVector({ id: ids[5] ?? '' })).toMatchObject({ metadata: { at: 5 } });
  });

  it('can be configured as the guide does, every value within its bounds', () => {
    expect(configChangeSchema.parse(guides)).toEqual(guides);
  });

  it('are found the moment they are stored, and never after they were deleted', async () => {
    const { api } = await open(guides);
    const { id: first } = await api.storeVector({ vector: row(0) });
    const { id } = await api.storeVector({ vector: row(1) });
    const nearest = async () =>
      (await api.searchVectors({ vector: row(1), k: 1 })).hits.map((hit) => hit.id);
    expect(await nearest()).toEqual([id]);
    expect(await api.deleteVector({ id })).toEqual({ deleted: true });
    expect(await nearest()).toEqual([first]);
    expect(await api.getVector({ id })).toBeNull();
  });

  it('are as many as are asked for, above 100 too (the reference stopped at 100)', async () => {
    const { api } = await open(guides);
    await Promise.all(
      Array.from({ length: 130 }, (_, at) => api.storeVector({ id: `v${at}`, vector: row(at) })),
    );
    const { hits } = await api.searchVectors({ vector: row(0), k: 120 });
    expect(new Set(hits.map(({ id }) => id)).size).toBe(120);
    expect(hits[0]?.id).toBe('v0');
  });

  it('are refused where another length is set, and nothing is kept of them', async () => {
    const { api } = await open();
    await expect(api.storeVector({ id: 'x', vector: row(0) })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('agentdb.dimension'),
    });
    expect(await api.getVector({ id: 'x' })).toBeNull();
  });
});
