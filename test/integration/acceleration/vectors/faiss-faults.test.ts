import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { FaissEngine } from '#main/acceleration/vectors/engines/faiss-engine.ts';
import { sha256 } from '#main/core/hash.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { clustered, hasFaiss } from '#test/support/vectors.ts';
import { patched, sourceSha256 } from '../../../../scripts/faiss/patches.mjs';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const source = join(root, 'node_modules', 'faiss-node', 'src', 'faiss.cc');
const keysOf = (count: number) => Float64Array.from({ length: count }, (_, at) => at + 100);

test('the patches are for the source that is installed, and another one is noticed', () => {
  const text = readFileSync(source, 'utf8');
  expect(sha256(text)).toBe(sourceSha256);
  expect(patched(text)).toContain('setEffort');
  expect(() => patched(text.replaceAll('VectorIOWriter', 'Other'))).toThrow(/toBuffer leaked/);
});

describe.skipIf(!hasFaiss)('faults of faiss-node that set-up mends', () => {
  test('an error of the library is an exception and not the end of the process', () => {
    const flat = new FaissEngine('faiss-flat', 8);
    flat.add(keysOf(3), clustered(3, 8));
    expect(() => flat.save('/nowhere/at/all')).toThrow(/nowhere/);
    expect(() => new FaissEngine('faiss-flat', 8).restore('/nowhere/at/all')).toThrow();
    expect(() => flat.add(keysOf(1), new Float32Array(7))).toThrow(/length/);
  });

  test('a search leaks nothing', () => {
    const flat = new FaissEngine('faiss-flat', 384);
    flat.add(keysOf(16), clustered(16, 384));
    // Many at once: each search waits for all threads of the library, however little it has to do.
    const queries = clustered(2_000, 384);
    const search = (times: number) => {
      for (let time = 0; time < times; time += 1) flat.search(queries, 1);
      return process.memoryUsage().rss;
    };
    const before = search(20);
    // As published each of these left its 3 MB of queries behind: 300 MB.
    expect(search(100) - before).toBeLessThan(100_000_000);
  });

  test('keys stay with their vectors when an index is saved and opened again', () => {
    const path = join(tempFolder(), 'index');
    const rows = clustered(2_000, 8);
    for (const kind of ['faiss-flat', 'faiss-ivf', 'faiss-hnsw'] as const) {
      const engine = new FaissEngine(kind, 8);
      engine.train(rows, 2_000);
      engine.add(keysOf(2_000), rows);
      engine.save(path);
      const again = new FaissEngine(kind, 8);
      again.effort = 512;
      again.restore(path);
      expect(again.search(rows.slice(8 * 700, 8 * 701), 1).keys[0]).toBe(800);
    }
  });

  test('two threads have an index each', async () => {
    const engine = join(root, 'src/main/acceleration/vectors/engines/faiss-engine.ts');
    const code = `import(${JSON.stringify(engine)}).then(({ FaissEngine }) => {
      for (let n = 0; n < 50; n += 1) {
        const index = new FaissEngine('faiss-flat', 4);
        index.add(Float64Array.of(7), Float32Array.of(0, 1, 0, 0));
        if (index.search(Float32Array.of(0, 1, 0, 0), 1).keys[0] !== 7) throw new Error('lost');
      }
    });`;
    const threads = [1, 2, 3].map(() => new Worker(code, { eval: true }));
    const codes = await Promise.all(threads.map(async (thread) => (await once(thread, 'exit'))[0]));
    expect(codes).toEqual([0, 0, 0]);
  });
});
