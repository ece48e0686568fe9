import { onTestFinished } from 'vitest';
import { systemClock } from '#main/core/clock.ts';
import { EventMetrics } from '#main/core/events/event-metrics.ts';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import { EventAppender } from '#main/storage/event-appender.ts';
import { EventJournal } from '#main/storage/event-journal.ts';
import { Storage } from '#main/storage/storage.ts';
import type { OmegaEvent } from '#shared/contract.ts';

/** A journal on the store of a data folder, with the sizes of the groups that were tried. */
export function openJournal(folder: string) {
  const storage = new Storage(folder, systemClock);
  const metrics = createMetrics();
  const errors: unknown[] = [];
  const groups: number[] = [];
  const journal = new EventJournal({
    open: () => {
      const appender = new EventAppender(folder);
      return {
        append: (instance, group, keep, waitMs) => {
          groups.push(group.length);
          appender.append(instance, group, keep, waitMs);
        },
        dispose: () => appender.dispose(),
      };
    },
    metrics: new EventMetrics(metrics),
    onError: (error) => errors.push(error),
  });
  journal.begin(storage.instance.id);
  onTestFinished(() => {
    journal.dispose();
    storage.dispose();
  });
  let seq = 0;
  const add = (...events: readonly OmegaEvent[]): void => {
    for (const event of events) {
      seq += 1;
      journal.add({ seq, at: 1_000 + seq, traceId: `trace-${seq}`, event });
    }
  };
  /** The ids of all rows. */
  const ids = () => storage.events.after(0, null, 100_000).map(({ data }) => Number(data?.id));
  const dropped = async (): Promise<number> =>
    (await metrics.getSingleMetric('omega_events_dropped_total')?.get())?.values[0]?.value ?? 0;
  return { storage, rows: storage.events, journal, errors, groups, add, ids, dropped };
}

/** Numbered events. */
export function updates(from: number, to: number): readonly OmegaEvent[] {
  return range(from, to).map((id) => ({ type: 'memory.updated', id: String(id) }));
}

/** The whole numbers from one to another, both among them. */
export function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
