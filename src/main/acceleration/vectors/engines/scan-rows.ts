import type { BestKeys } from './best-keys.ts';
import { loadUsearch } from './load-usearch.ts';

/** Compares every row with every query and offers what is best to each query's list. */
export type ScanRows = (
  keys: Float64Array,
  rows: Float32Array<ArrayBuffer>,
  queries: Float32Array<ArrayBuffer>,
  dimensions: number,
  k: number,
  best: readonly BestKeys[],
) => void;

/** The scan in plain TypeScript: four sums at once, so that the processor need not wait for each. */
export const scanInScript: ScanRows = (keys, rows, queries, dimensions, _k, best) => {
  for (const [row, key] of keys.entries()) {
    for (const [query, list] of best.entries()) {
      list.offer(
        key,
        innerProduct(rows, row * dimensions, queries, query * dimensions, dimensions),
      );
    }
  }
};

/** The scan on usearch's kernels, eight times as fast; the one in TypeScript where they are missing. */
export const scanRows: ScanRows = (keys, rows, queries, dimensions, k, best) => {
  const usearch = loadUsearch();
  // The package reads a view from the start of its buffer, not from where the view starts.
  if (!usearch || rows.byteOffset !== 0 || queries.byteOffset !== 0 || keys.length === 0) {
    scanInScript(keys, rows, queries, dimensions, k, best);
    return;
  }
  const wanted = Math.min(k, keys.length);
  const used = rows.subarray(0, keys.length * dimensions);
  const matches = usearch.exactSearch(used, queries, dimensions, wanted, usearch.MetricKind.IP, 1);
  const low = new Uint32Array(matches.keys.buffer, matches.keys.byteOffset);
  for (let at = 0; at < best.length * wanted; at += 1) {
    const key = keys[low[at * 2] ?? 0] ?? -1;
    best[Math.floor(at / wanted)]?.offer(key, 1 - (matches.distances[at] ?? 0));
  }
};

/** The inner product of two rows that begin at `a` and `b`. */
export function innerProduct(
  left: Float32Array,
  a: number,
  right: Float32Array,
  b: number,
  length: number,
): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const whole = length - (length % 4);
  for (let i = 0; i < whole; i += 4) {
    s0 += (left[a + i] as number) * (right[b + i] as number);
    s1 += (left[a + i + 1] as number) * (right[b + i + 1] as number);
    s2 += (left[a + i + 2] as number) * (right[b + i + 2] as number);
    s3 += (left[a + i + 3] as number) * (right[b + i + 3] as number);
  }
  for (let i = whole; i < length; i += 1) {
    s0 += (left[a + i] as number) * (right[b + i] as number);
  }
  return s0 + s1 + s2 + s3;
}
