import { expect, it, onTestFinished, vi } from 'vitest';
import { PriceTable } from '#main/providers/prices/price-table.ts';
import type { StoredPrice } from '#main/storage/price-store.ts';

// Catches a table that asks the store with each call, or that does not see what was changed.
it('reads the own prices once a second at most, and sees a change of its own at once', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let rows: readonly StoredPrice[] = [];
  let reads = 0;
  const table = new PriceTable({
    list: () => rows,
    of: () => {
      reads += 1;
      return rows;
    },
    set: (row) => {
      rows = [row];
    },
    delete: () => {
      const had = rows.length > 0;
      rows = [];
      return had;
    },
  });
  const usage = { inputTokens: 1e6, outputTokens: 0 };
  const cost = () => table.cost('compatible', 'local', usage);
  expect([cost(), cost(), cost()]).toEqual([null, null, null]);
  expect(reads).toBe(1);
  table.set({ provider: 'compatible', model: 'local', input: 3, output: 4 });
  expect(cost()).toBe(3);
  table.delete('compatible', 'local');
  expect(cost()).toBeNull();
  // Set by another process.
  rows = [{ provider: 'compatible', model: 'local', input: 5, output: 4 }];
  vi.advanceTimersByTime(1_001);
  expect(cost()).toBe(5);
});
