import { EventBus, type EventBusOptions } from '#main/core/events/event-bus.ts';
import { EventMetrics } from '#main/core/events/event-metrics.ts';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import type { OmegaEvent } from '#shared/contract.ts';

/** A bus whose clock counts, with its counters and what it told as errors. */
export function openBus(options: Partial<EventBusOptions> = {}) {
  const metrics = createMetrics();
  const errors: unknown[] = [];
  let now = 0;
  const bus = new EventBus({
    metrics: new EventMetrics(metrics),
    clock: { now: () => ++now },
    traceId: () => null,
    onError: (error) => errors.push(error),
    ...options,
  });
  /** A counter's value by its labels' values; an unlabelled one has the name ''. */
  const counted = async (name: string): Promise<Readonly<Record<string, number>>> => {
    const values = (await metrics.getSingleMetric(name)?.get())?.values ?? [];
    return Object.fromEntries(
      values.map(({ labels, value }) => [Object.values(labels).join(), value]),
    );
  };
  return { bus, errors, counted };
}

/** An event that can be told from others by its number. */
export function stored(number: number): OmegaEvent {
  return { type: 'vector.stored', collection: 'c', id: String(number) };
}

/** The numbers of {@link stored} events. */
export function numbers(events: readonly OmegaEvent[]): readonly number[] {
  return events.map((event) => ('id' in event ? Number(event.id) : Number.NaN));
}
