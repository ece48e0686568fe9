import { describe, expect, it } from 'vitest';
import { followEvents } from '#main/storage/follow-events.ts';
import type { JournaledEvent } from '#shared/events.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { openJournal, range, updates } from './journal-support.ts';

async function collect(
  stream: AsyncIterable<readonly JournaledEvent[]>,
  enough: (all: readonly JournaledEvent[]) => boolean,
) {
  const all: JournaledEvent[] = [];
  const sizes: number[] = [];
  for await (const batch of stream) {
    all.push(...batch);
    sizes.push(batch.length);
    if (enough(all)) break;
  }
  return { ids: all.map(({ data }) => Number(data?.id)), sizes };
}

describe('following the journal', () => {
  it('gives what is there and what any process adds, this one too, once and in order', async () => {
    const folder = tempFolder();
    const [mine, other] = [openJournal(folder), openJournal(folder)];
    mine.add(...updates(1, 5), { type: 'system.started' }, ...updates(6, 7));
    mine.journal.dispose();
    const stream = followEvents(other.rows, {
      after: 2,
      kinds: new Set(['memory.updated']),
      limit: 3,
      signal: AbortSignal.timeout(20_000),
      pollMs: 5,
    });
    const following = collect(stream, (all) => all.length >= 11);
    const third = openJournal(folder);
    third.add(...updates(8, 10));
    third.journal.dispose();
    await new Promise((done) => setTimeout(done, 20));
    // The process that reads is told of its own writes too.
    other.add(...updates(11, 13));
    other.journal.dispose();
    const { ids, sizes } = await following;
    expect(ids).toEqual(range(3, 13));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(3);
  });

  it('does not read while nothing was written, and ends quietly by its signal', async () => {
    const { rows, add, journal } = openJournal(tempFolder());
    add(...updates(1, 2));
    journal.dispose();
    let reads = 0;
    const counting = {
      after: (...input: Parameters<typeof rows.after>) => {
        reads += 1;
        return rows.after(...input);
      },
      get version() {
        return rows.version;
      },
    };
    const signal = AbortSignal.timeout(200);
    const options = { after: 0, kinds: null, limit: 10, signal, pollMs: 5 };
    const { ids } = await collect(followEvents(counting, options), () => false);
    expect([ids, reads]).toEqual([[1, 2], 1]);
    const ended = { ...options, signal: AbortSignal.abort() };
    expect((await collect(followEvents(rows, ended), () => false)).ids).toEqual([]);
  });
});
