/** Share of the `k` true neighbours of each query that were found, over all queries. */
export function recall(keys: Float64Array, truth: Float64Array, k: number): number {
  let hits = 0;
  for (let start = 0; start < truth.length; start += k) {
    const wanted = new Set(truth.subarray(start, start + k));
    for (const key of keys.subarray(start, start + k)) if (wanted.has(key)) hits += 1;
  }
  return hits / truth.length;
}
