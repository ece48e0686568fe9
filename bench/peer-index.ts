import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import usearch from 'usearch';

/** A peer in a thread of its own: the bare package, called in a loop, nothing around it. */
export type PeerSetup = {
  readonly kind: 'hnswlib' | 'usearch';
  readonly quantisation: 'bf16' | 'f16' | 'f32';
  readonly peersFolder: string;
  readonly dimensions: number;
  /** Shared, so that nobody holds a copy. */
  readonly base: Float32Array;
  readonly queries: Float32Array;
  readonly threads: number;
};

/** One pass over all queries at the given `ef`. */
export type PeerOrder = { readonly ef: number; readonly k: number };
export type PeerAnswer =
  | { readonly type: 'built'; readonly ms: number }
  | { readonly type: 'pass'; readonly ms: number; readonly keys: Float64Array };

type Search = (query: Float32Array, k: number) => ArrayLike<number | bigint>;

if (parentPort) serve(ownCopies(workerData as PeerSetup));

function serve(setup: PeerSetup): void {
  const began = performance.now();
  const at = setup.kind === 'hnswlib' ? hnswlib(setup) : bareUsearch(setup);
  const ms = performance.now() - began;
  parentPort?.postMessage({ type: 'built', ms } satisfies PeerAnswer);
  parentPort?.on('message', ({ ef, k }: PeerOrder) => {
    const search = at(ef);
    const count = setup.queries.length / setup.dimensions;
    const keys = new Float64Array(count * k).fill(-1);
    const start = performance.now();
    for (let query = 0; query < count; query += 1) {
      const row = setup.queries.subarray(query * setup.dimensions, (query + 1) * setup.dimensions);
      const found = search(row, k);
      for (let place = 0; place < Math.min(k, found.length); place += 1) {
        keys[query * k + place] = Number(found[place]);
      }
    }
    const answer: PeerAnswer = { type: 'pass', ms: performance.now() - start, keys };
    parentPort?.postMessage(answer);
  });
}

/** Native code is given plain memory, as a caller of the package would. */
function ownCopies(setup: PeerSetup): PeerSetup {
  return { ...setup, base: setup.base.slice(), queries: setup.queries.slice() };
}

function hnswlib({ peersFolder, dimensions, base }: PeerSetup): (ef: number) => Search {
  const { HierarchicalNSW } = createRequire(join(peersFolder, 'package.json'))('hnswlib-node');
  const index = new HierarchicalNSW('ip', dimensions);
  const count = base.length / dimensions;
  index.initIndex({ maxElements: count, m: 16, efConstruction: 200 });
  for (let row = 0; row < count; row += 1) {
    index.addPoint([...base.subarray(row * dimensions, (row + 1) * dimensions)], row);
  }
  return (ef) => {
    index.setEf(ef);
    // It takes plain arrays alone: a caller with typed arrays has to make them.
    return (query, k) => index.searchKnn(Array.from(query), k).neighbors;
  };
}

function bareUsearch(setup: PeerSetup): (ef: number) => Search {
  const { base, dimensions, quantisation, threads } = setup;
  const kinds = usearch.ScalarKind;
  const quantization = { bf16: kinds.BF16, f16: kinds.F16, f32: kinds.F32 }[quantisation];
  const config = { dimensions, metric: usearch.MetricKind.IP, quantization, multi: false };
  const index = new usearch.Index({
    ...config,
    connectivity: 16,
    expansion_add: 128,
    expansion_search: 16,
  });
  const keys = BigUint64Array.from({ length: base.length / dimensions }, (_, key) => BigInt(key));
  index.add(keys, base, threads);
  // `ef` is fixed when an index is made, but no smaller than the results that are asked for.
  return (ef) => (query, k) => {
    const found = index.search(query, Math.max(ef, k), 1).keys;
    return found.length > k ? found.subarray(0, k) : found;
  };
}
