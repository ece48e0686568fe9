/** Most tokens of one run, padding included: bounds its memory to some 100 MB. */
export const maxBatchTokens = 4096;
/** Most of a run that may be padding; a longer row begins the next run instead. */
const maxPadding = 0.1;

/**
 * Groups rows of like length into runs of at most `maxRows`, so that little is computed for padding.
 * Takes the rows' lengths in tokens, gives lists of row numbers, longest rows first; each row is in
 * exactly one of them.
 */
export function planBatches(
  lengths: readonly number[],
  maxRows: number,
): readonly (readonly number[])[] {
  const order = lengths.map((_, row) => row).sort((a, b) => lengthOf(b) - lengthOf(a) || a - b);
  const batches: number[][] = [];
  let batch: number[] = [];
  let tokens = 0;
  function lengthOf(row: number): number {
    return lengths[row] ?? 0;
  }
  for (const row of order) {
    const longest = lengthOf(batch[0] ?? row);
    const size = longest * (batch.length + 1);
    const padding = 1 - (tokens + lengthOf(row)) / size;
    if (
      batch.length > 0 &&
      (batch.length >= maxRows || size > maxBatchTokens || padding > maxPadding)
    ) {
      batches.push(batch);
      batch = [];
      tokens = 0;
    }
    batch.push(row);
    tokens += lengthOf(row);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
