import type { Clock } from '#main/core/clock.ts';
import type { DisposableStore } from '#main/core/disposable.ts';
import { EventBus } from '#main/core/events/event-bus.ts';
import { EventMetrics } from '#main/core/events/event-metrics.ts';
import type { Logger } from '#main/core/logger.ts';
import type { Metrics } from '#main/core/metrics/metrics.ts';
import { currentTrace } from '#main/core/trace.ts';
import { EventAppender } from '#main/storage/event-appender.ts';
import { EventJournal } from '#main/storage/event-journal.ts';
import { logEvent } from './log-events.ts';

/** What events are opened with. */
export type EventsOptions = {
  readonly dataFolder: string;
  /** Whether other processes can read them; they can where absent. */
  readonly keepsEvents?: boolean | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
};

/** The bus of an app, and the journal that other processes read; null where nothing is kept. */
export function openEvents(
  { dataFolder, keepsEvents, clock, logger, metrics: registry }: EventsOptions,
  resources: DisposableStore,
): { readonly bus: EventBus; readonly journal: EventJournal | null } {
  const metrics = new EventMetrics(registry);
  const kept = () =>
    new EventJournal({
      open: () => new EventAppender(dataFolder),
      metrics,
      onError: (error) => logger.warn({ err: error }, 'Events cannot be kept for now.'),
    });
  // Closed after all that emits, so that it has the shutdown too.
  const journal = keepsEvents === false ? null : resources.add(kept());
  const bus = resources.add(
    new EventBus({
      metrics,
      clock,
      traceId: currentTrace,
      onError: (error) => logger.error({ err: error }, 'A listener of events failed.'),
    }),
  );
  bus.listen((event) => logEvent(logger, event));
  if (journal) bus.listenRecords((record) => journal.add(record));
  return { bus, journal };
}
