import { join } from 'node:path';
import { expect, it } from 'vitest';
import { OmegaApi } from '#main/runtime/omega-api.ts';
import { failingCompute } from '#test/support/failing-compute.ts';
import { openRuntime } from '#test/support/open-runtime.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { clustered } from '#test/support/vectors.ts';

const count = 100;
const rows = clustered(count, 384, 31);
const row = (at: number) => rows.slice(at * 384, (at + 1) * 384);

// Catches a part above that keeps what was closed, and calls that fail only because they came just then.
it.each(['embeddings', 'vectors', 'memory', 'agentdb'])(
  'while %s is started again no call fails, and afterwards everything is found',
  async (part) => {
    const compute = failingCompute();
    const { runtime } = openRuntime(
      { 'healthMonitor.enabled': false, 'acceleration.device': 'cpu' },
      { acceleration: { spawn: compute.spawn, modelsFolder: join(tempFolder(), 'none') } },
    );
    await runtime.start();
    const api = new OmegaApi(runtime);
    const stored: string[] = [];
    let next = 0;
    let over = false;
    const caller = async (): Promise<void> => {
      while (!over) {
        const at = next++ % count;
        const text = `memory number${stored.length}`;
        const given = { tier: 'semantic' as const, text, embedding: row(at) };
        stored.push((await api.storeMemory(given)).id);
        await api.storeVector({ collection: 'rows', id: `v${at}`, vector: row(at) });
        const found = await api.searchVectors({ collection: 'rows', vector: row(at), k: 1 });
        expect(found.hits[0]?.id).toBe(`v${at}`);
        await api.queryMemories({ embedding: row(at), limit: 1 });
      }
    };
    const callers = Promise.all(Array.from({ length: 8 }, caller));
    try {
      for (let times = 0; times < 3; times += 1) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        await runtime.recover(part);
      }
    } finally {
      over = true;
    }
    await callers;
    for (const id of stored) expect(await api.getMemory(id)).not.toBeNull();
    const answer = await api.queryMemories({ embedding: row(1), limit: 1 });
    expect(answer).toMatchObject({ degraded: null, memories: [{ vectorRank: 1 }] });
    expect((await api.searchVectors({ collection: 'rows', vector: row(1) })).degraded).toBeNull();
    expect(compute.processes.filter(({ gone }) => !gone).length).toBeLessThanOrEqual(1);
  },
);
