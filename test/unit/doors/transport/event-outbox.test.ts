import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventOutbox } from '#main/doors/transport/event-outbox.ts';
import type { OmegaEvent } from '#shared/contract.ts';
import { jobUpdated } from '#test/integration/doors/stand-in-api.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function outbox(limit?: number) {
  const sink = { ready: true, overflows: 0, batches: [] as (readonly OmegaEvent[])[] };
  const box = new EventOutbox(
    {
      send: (events) => void sink.batches.push(events),
      ready: () => sink.ready,
      overflow: () => {
        sink.overflows += 1;
      },
    },
    limit,
  );
  return { sink, box };
}

describe('EventOutbox', () => {
  it('never loses the last state of anything, nor sends an older one after it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.boolean(), fc.boolean())),
        (steps) => {
          const { sink, box } = outbox();
          const last = new Map<string, number>();
          steps.forEach(([id, ready, wait], index) => {
            box.push(jobUpdated(id, index));
            last.set(id, index);
            sink.ready = ready;
            if (wait) vi.advanceTimersByTime(16);
          });
          sink.ready = true;
          vi.advanceTimersByTime(32);
          const seen = new Map<string, number>();
          for (const event of sink.batches.flat()) {
            if (event.type !== 'job.updated') continue;
            expect(event.job.files).toBeGreaterThan(seen.get(event.job.id) ?? -1);
            seen.set(event.job.id, event.job.files);
          }
          expect(seen).toEqual(last);
        },
      ),
    );
  });

  it('keeps different jobs, runs and projects apart', () => {
    const { sink, box } = outbox();
    box.push({ type: 'proposal.updated', runId: '1' });
    box.push({ type: 'proposal.updated', runId: '2' });
    box.push({ type: 'scan.progress', root: '/a', files: 1 });
    box.push({ type: 'scan.progress', root: '/b', files: 1 });
    box.push({ type: 'projects.changed' });
    box.push({ type: 'projects.changed' });
    vi.advanceTimersByTime(16);
    expect(sink.batches.map((batch) => batch.length)).toEqual([5]);
  });

  it('sends a burst at once to a receiver that keeps up, and goes on', () => {
    const { sink, box } = outbox(3);
    for (const id of 'abcdef') box.push(jobUpdated(id, 1));
    vi.advanceTimersByTime(100);
    expect(sink.batches.flat()).toHaveLength(6);
    expect(sink.overflows).toBe(0);
  });

  it('is bounded: gives up once and sends no more', () => {
    const { sink, box } = outbox(3);
    sink.ready = false;
    for (const id of 'abcdef') box.push(jobUpdated(id, 1));
    sink.ready = true;
    vi.advanceTimersByTime(100);
    expect(sink).toMatchObject({ overflows: 1, batches: [] });
  });

  it('sends every piece of a file that is written, joined where they follow each other', () => {
    const streamed = (path: string, at: number, piece: string): OmegaEvent => ({
      type: 'proposal.streamed',
      runId: 'r',
      jobId: 'j',
      path,
      at,
      piece,
    });
    const { sink, box } = outbox();
    box.push(streamed('a', 0, 'FROM '));
    box.push(streamed('b', 0, 'x'));
    box.push(streamed('a', 5, 'node'));
    vi.advanceTimersByTime(16);
    expect(sink.batches.flat()).toEqual([streamed('b', 0, 'x'), streamed('a', 0, 'FROM node')]);
    // A file that is begun anew has nothing of what was there.
    box.push(streamed('a', 9, ':22'));
    box.push(streamed('a', 0, 'FROM bun'));
    vi.advanceTimersByTime(16);
    expect(sink.batches.at(-1)).toEqual([streamed('a', 0, 'FROM bun')]);
  });
});
