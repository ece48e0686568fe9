import { Ring } from '#main/core/events/ring.ts';
import type { BreakerState } from '#main/core/resilience/guard.ts';
import type { ErrorCode } from '#shared/error.ts';
import type { ModelProvider } from '#shared/providers.ts';
import type { LimitBounds } from './adaptive-limit.ts';

/** Edges that are kept. */
const keptEdges = 32;
/** Refusals of one overload come within this time, in ms; the last of them tells best. */
const sameMs = 2_000;

/**
 * A moment at which a provider refused for it was asked too much at once: how many calls it was asked,
 * and with how many it went on. `at` in ms of the steady clock.
 */
export type CapacityEdge = { readonly at: number; readonly asked: number; readonly kept: number };

/** Counters of one provider's requests since the app started, and how its limit stands. */
export type ProviderFigures = {
  readonly provider: ModelProvider;
  readonly answered: number;
  readonly refused: number;
  /** Other failures, by their code; cancelled requests are not among them. */
  readonly failed: Readonly<Partial<Record<ErrorCode, number>>>;
  /** Times of the answered, summed, in ms. */
  readonly answeredMs: number;
  /** The latest, oldest first. */
  readonly edges: readonly CapacityEdge[];
  /** Calls at once that are allowed now, and most that the settings allow. */
  readonly allowed: number;
  readonly most: number;
  readonly bounds: LimitBounds;
  readonly breaker: BreakerState;
};

/** What {@link LaneTally} counts itself. */
export type TallyFigures = Pick<
  ProviderFigures,
  'answered' | 'refused' | 'failed' | 'answeredMs' | 'edges'
>;

/** Counts the requests to one provider. */
export class LaneTally {
  readonly #edges = new Ring<CapacityEdge>(keptEdges);
  #last: CapacityEdge | null = null;
  readonly #failed: Partial<Record<ErrorCode, number>> = {};
  #answered = 0;
  #refused = 0;
  #answeredMs = 0;

  answered(ms: number): void {
    this.#answered += 1;
    this.#answeredMs += ms;
  }

  refused(): void {
    this.#refused += 1;
  }

  failed(code: ErrorCode): void {
    this.#failed[code] = (this.#failed[code] ?? 0) + 1;
  }

  edge(edge: CapacityEdge): void {
    const { asked, at } = this.#last ?? { asked: null, at: 0 };
    if (asked !== edge.asked || edge.at - at > sameMs) this.#close();
    this.#last = edge;
  }

  #close(): void {
    if (this.#last) this.#edges.push(this.#last);
  }

  get figures(): TallyFigures {
    return {
      answered: this.#answered,
      refused: this.#refused,
      failed: { ...this.#failed },
      answeredMs: this.#answeredMs,
      edges: [...this.#edges, ...(this.#last ? [this.#last] : [])],
    };
  }
}
