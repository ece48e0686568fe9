import type { BatchFigures } from '#main/acceleration/embeddings/batch-tally.ts';

/** Micro-batches of a size before which it says something. */
const leastBatches = 5;
const manyLate = 0.2;
const fewLate = 0.05;

/** A decision with its reason; the value is null where the setting alone holds. */
export type BatchMove = { readonly value: number | null; readonly why: string };

/**
 * The most texts in one micro-batch from now on, or null where that stays: below the sizes of which
 * many were late, twice as many where hardly any is at the bound.
 */
export function decideBatch({ sizes, most, bound }: BatchFigures): BatchMove | null {
  const known = sizes.filter(({ batches }) => batches >= leastBatches);
  const lateShare = ({ late, batches }: { late: number; batches: number }) => late / batches;
  const late = known.find((row) => row.size > 1 && lateShare(row) >= manyLate);
  const limit = Math.min(most, bound ?? most);
  const good = known.findLast((row) => row.size < (late?.size ?? 0) && lateShare(row) <= fewLate);
  if (late && good && good.size < limit) {
    const why = `${late.late} of ${late.batches} micro-batches of up to ${late.size} texts took more than half of the target, and ${good.late} of ${good.batches} of up to ${good.size}.`;
    return { value: good.size, why };
  }
  const atBound = known.find(({ size }) => bound !== null && size >= bound);
  if (bound === null || !atBound || lateShare(atBound) > fewLate) return null;
  const next = bound * 2;
  const why = `${atBound.late} of ${atBound.batches} micro-batches at the bound of ${bound} texts were late; it may be ${next >= most ? 'as large as is set' : `${next}`}.`;
  return { value: next >= most ? null : next, why };
}
