import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { StreamStore } from '../../../src/renderer/model/stream-store.ts';

const key = 'stream:j:Dockerfile';
const piece = (at: number, text: string, jobId = 'j') => ({
  type: 'proposal.streamed' as const,
  runId: 'r',
  jobId,
  path: 'Dockerfile',
  at,
  piece: text,
});

describe('StreamStore', () => {
  it('has the whole text, however it is cut into pieces and batches', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.boolean())), (steps) => {
        const store = new StreamStore();
        let whole = '';
        let batch: ReturnType<typeof piece>[] = [];
        for (const [text, flush] of steps) {
          batch.push(piece(whole.length, text));
          whole += text;
          if (flush) {
            store.add(batch);
            batch = [];
          }
        }
        store.add(batch);
        if (steps.length > 0) expect(store.text(key)).toMatchObject({ from: 0, text: whole });
      }),
    );
  });

  it('keeps its epoch while text is only added, and changes it where a view must begin anew', () => {
    const store = new StreamStore();
    store.add([piece(0, 'FROM a'), piece(6, '\n')]);
    const first = store.text(key);
    expect(first).toEqual({ epoch: 0, from: 0, text: 'FROM a\n' });
    store.add([piece(0, 'FROM b')]);
    expect(store.text(key)).toEqual({ epoch: 1, from: 0, text: 'FROM b' });
    store.add([piece(4, '!')]);
    expect(store.text(key)).toEqual({ epoch: 2, from: 0, text: 'FROM!' });
  });

  it('shows what it has where the page came late or pieces were lost, and says from where', () => {
    const store = new StreamStore();
    store.add([piece(100, 'late')]);
    expect(store.text(key)).toMatchObject({ from: 100, text: 'late' });
    store.add([piece(200, 'later')]);
    expect(store.text(key)).toMatchObject({ epoch: 1, from: 200, text: 'later' });
  });

  it('holds no more of a stream than a proposal may have', () => {
    const store = new StreamStore();
    for (let at = 0; at < 3_000_000; at += 500_000) store.add([piece(at, 'x'.repeat(500_000))]);
    expect(store.text(key)?.text.length).toBeLessThanOrEqual(1_000_000);
  });

  it('tells of the list only when a file begins or ends, of a text once a batch', () => {
    const store = new StreamStore();
    const onList = vi.fn();
    const onText = vi.fn();
    store.onList(onList);
    const stop = store.onText(key, onText);
    store.add([piece(0, 'a'), piece(1, 'b')]);
    const list = store.list();
    store.add([piece(2, 'c')]);
    expect(store.list()).toBe(list);
    expect([onList.mock.calls.length, onText.mock.calls.length]).toEqual([1, 2]);
    stop();
    store.add([piece(3, 'd')]);
    expect(onText).toHaveBeenCalledTimes(2);
    store.drop(new Set(['j']));
    expect(store.list()).toEqual([]);
    expect(onList).toHaveBeenCalledTimes(2);
  });

  it('forgets the files of an ended run, but not one that somebody looks at', () => {
    const store = new StreamStore();
    store.add([piece(0, 'a'), piece(0, 'b', 'other')]);
    const stop = store.onText(key, () => {});
    store.endRun('r');
    expect(store.list().map(({ jobId }) => jobId)).toEqual(['j']);
    stop();
    store.endRun('r');
    expect(store.list()).toEqual([]);
  });
});
