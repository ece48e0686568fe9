import { systemClock } from '#main/core/clock.ts';
import { EventMetrics } from '#main/core/events/event-metrics.ts';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import { EventAppender } from '#main/storage/event-appender.ts';
import { EventJournal } from '#main/storage/event-journal.ts';
import { Storage } from '#main/storage/storage.ts';

/** Journals numbered events in bursts of 10 until it is killed, and says how many. Argument: data folder. */
const storage = new Storage(process.argv[2] ?? '', systemClock);
const journal = new EventJournal({
  open: () => new EventAppender(process.argv[2] ?? ''),
  metrics: new EventMetrics(createMetrics()),
  onError: (error) => {
    throw error;
  },
});
journal.begin(storage.instance.id);
for (let seq = 1; ; ) {
  for (let burst = 0; burst < 10; burst += 1, seq += 1) {
    const event = { type: 'memory.updated', id: String(seq) } as const;
    journal.add({ seq, at: Date.now(), traceId: null, event });
  }
  process.stdout.write(`${seq - 1}\n`);
  await new Promise(setImmediate);
}
