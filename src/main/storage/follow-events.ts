import { setTimeout as sleep } from 'node:timers/promises';
import type { JournaledEvent } from '#shared/events.ts';
import type { EventRows } from './event-rows.ts';

/** What to follow: rows after a number, of some kinds or (null) of all, in batches of at most `limit`. */
export type FollowOptions = {
  readonly after: number;
  readonly kinds: ReadonlySet<string> | null;
  readonly limit: number;
  readonly signal: AbortSignal;
  /** Between two looks, in ms. */
  readonly pollMs?: number;
};

/**
 * What any process writes into the journal, as it comes, in batches that are never empty; ends
 * quietly when the signal aborts. SQLite tells no other process of a write, so it is asked again
 * and again, which costs microseconds while nothing was written.
 */
export async function* followEvents(
  rows: Pick<EventRows, 'after' | 'version'>,
  { after, kinds, limit, signal, pollMs = 250 }: FollowOptions,
): AsyncGenerator<readonly JournaledEvent[], void> {
  let cursor = after;
  let seen: number | null = null;
  while (!signal.aborted) {
    // Read before the rows: what is written in between makes another look, not a miss.
    const { version } = rows;
    const batch = version === seen ? [] : rows.after(cursor, kinds, limit);
    if (batch.length < limit) seen = version;
    const last = batch.at(-1);
    if (last) {
      cursor = last.seq;
      yield batch;
    } else {
      await sleep(pollMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
