import type { LimitBounds } from '#main/providers/gate/adaptive-limit.ts';
import type { LaneWindow } from './window.ts';

/** Refusals for width that must agree before they tell a capacity, and the latest that are looked at. */
const leastEdges = 3;
const lookedAt = 5;
/** By how much of their median they may differ and still agree; one call is nothing. */
const agreement = 0.25;
/** Above the capacity, so that a limit still finds out by itself when more is taken. */
const headroom = 0.1;
/** Of the capacity, what a limit never falls below for slow answers alone. */
const floorShare = 0.25;

/** A decision with its reason, as a sentence; the value is null where the settings alone hold. */
export type LimitMove = { readonly value: LimitBounds | null; readonly why: string };

/**
 * The bounds in which a provider's limit may move from now on, or null where they stay: around the
 * capacity that it showed in several refusals that agree; none where a bound alone held it.
 */
export function decideLimit(
  window: LaneWindow,
  now: LimitBounds | null,
  strains: ReadonlySet<string>,
): LimitMove | null {
  const { provider, allowed, answered, refused } = window;
  if (now && strains.has('lower')) {
    const why = `${provider} refuses calls at the ${now.min} at once that the lower bound keeps; it may fall.`;
    return now.min === 1 ? null : { value: { ...now, min: 1 }, why };
  }
  const isAtTop = now !== null && allowed >= now.max && answered > 0 && refused === 0;
  if (now && (strains.has('upper') || isAtTop)) {
    const why = `${provider} answers ${now.max} calls at once, which the upper bound alone holds; it may rise to what is set.`;
    return { value: null, why };
  }
  return bounded(window, now);
}

function bounded({ provider, edges, most }: LaneWindow, now: LimitBounds | null): LimitMove | null {
  const kept = edges
    .slice(-lookedAt)
    .map((edge) => edge.kept)
    .sort((one, other) => one - other);
  if (kept.length < leastEdges) return null;
  const capacity = kept[Math.floor(kept.length / 2)] as number;
  // One that came while the machine was busy with other things tells of that.
  const core = kept.length < lookedAt ? kept : kept.slice(1, -1);
  const spread = (core.at(-1) as number) - (core[0] as number);
  if (spread > Math.max(1, agreement * capacity)) return null;
  const max = capacity + Math.max(1, Math.round(headroom * capacity));
  const min = Math.max(1, Math.floor(floorShare * capacity));
  // A step of one is noise.
  if (now && Math.abs(now.max - max) <= 1) return null;
  const why = `${provider} takes ${capacity} calls at once: it refused more ${kept.length} times; its limit moves between ${min} and ${Math.min(max, most)}.`;
  return max >= most ? null : { value: { min, max }, why };
}
