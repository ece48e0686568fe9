import type { BatchFigures } from '#main/acceleration/embeddings/batch-tally.ts';
import type { ProviderFigures } from '#main/providers/gate/lane-tally.ts';
import type { ErrorCode } from '#shared/error.ts';

/** What a provider did since the last cycle. */
export type LaneWindow = Pick<
  ProviderFigures,
  'provider' | 'answered' | 'refused' | 'failed' | 'edges' | 'allowed' | 'most' | 'bounds'
> & {
  /** All of `failed`. */
  readonly failures: number;
  readonly meanMs: number | null;
};

const nothing = { answered: 0, refused: 0, failed: {}, answeredMs: 0 } as const;

/**
 * What was counted of a provider between two looks; `before` is null for the first. Its edges are
 * those since its bounds were moved last, at `movedAt` of the steady clock: they come seldom.
 */
export function laneWindow(
  now: ProviderFigures,
  before: ProviderFigures | null,
  movedAt = Number.NEGATIVE_INFINITY,
): LaneWindow {
  const { provider, allowed, most, bounds } = now;
  const last = before ?? nothing;
  const answered = now.answered - last.answered;
  const was: Readonly<Partial<Record<ErrorCode, number>>> = last.failed;
  const failed: Partial<Record<ErrorCode, number>> = {};
  for (const [code, count] of Object.entries(now.failed) as [ErrorCode, number][]) {
    const more = count - (was[code] ?? 0);
    if (more > 0) failed[code] = more;
  }
  return {
    ...{ provider, allowed, most, bounds, answered, failed },
    refused: now.refused - last.refused,
    failures: Object.values(failed).reduce((sum, count) => sum + count, 0),
    edges: now.edges.filter(({ at }) => at > movedAt),
    meanMs: answered === 0 ? null : (now.answeredMs - last.answeredMs) / answered,
  };
}

/** Micro-batches between two looks. */
export function batchWindow(now: BatchFigures, before: BatchFigures | null): BatchFigures {
  const sizes = now.sizes.map((row) => {
    const was = before?.sizes.find(({ size }) => size === row.size);
    // Another acceleration counts anew.
    if (!was || was.batches > row.batches) return row;
    return {
      size: row.size,
      batches: row.batches - was.batches,
      texts: row.texts - was.texts,
      serviceMs: row.serviceMs - was.serviceMs,
      late: row.late - was.late,
    };
  });
  return { ...now, sizes: sizes.filter(({ batches }) => batches > 0) };
}
