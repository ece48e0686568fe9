const candidates = [1, 4, 16] as const;
const rounds = 2;

/**
 * Measures how many rows in one run are fastest on this machine: on some a bigger batch is slower.
 * Each candidate computes the same number of rows, in turn, and its best round counts.
 * @param runRows runs the model once over that many rows
 */
export async function fastestRows(runRows: (rows: number) => Promise<unknown>): Promise<number> {
  const total = Math.max(...candidates);
  // The first run of each shape plans its memory and is not typical.
  for (const rows of candidates) await runRows(rows);
  let best = { rows: 1, ms: Number.POSITIVE_INFINITY };
  for (let round = 0; round < rounds; round += 1) {
    for (const rows of candidates) {
      const start = performance.now();
      for (let done = 0; done < total; done += rows) await runRows(rows);
      const ms = performance.now() - start;
      if (ms < best.ms) best = { rows, ms };
    }
  }
  return best.rows;
}
