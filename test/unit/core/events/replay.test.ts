import { describe, expect, it } from 'vitest';
import { openBus, stored } from './open-bus.ts';

describe('replay', () => {
  it('gives exactly the records from a number on, as far back as the ring goes', () => {
    const { bus } = openBus({ capacity: 4 });
    const seqs = (from?: number) => bus.replay(from).map(({ seq }) => seq);
    expect(seqs()).toEqual([]);
    for (let index = 1; index <= 10; index += 1) {
      bus.emit(index === 9 ? { type: 'system.started' } : stored(index));
    }
    expect(seqs()).toEqual([7, 8, 9, 10]);
    expect(seqs(9)).toEqual([9, 10]);
    expect(seqs(11)).toEqual([]);
    expect(bus.replay(8, ['system.*']).map(({ seq }) => seq)).toEqual([9]);
    expect(bus.replay(10)[0]).toMatchObject({ at: 10, event: stored(10) });
  });

  it('of a bus that keeps nothing is empty, and events still arrive', () => {
    const { bus } = openBus({ capacity: 0 });
    let calls = 0;
    bus.listen(() => {
      calls += 1;
    });
    bus.emit(stored(1));
    expect([bus.replay(), calls]).toEqual([[], 1]);
  });

  // The reference's history deadlocks when a handler reads it.
  it('can be asked for inside a listener', () => {
    const { bus } = openBus();
    const sizes: number[] = [];
    bus.listen(() => sizes.push(bus.replay().length));
    bus.emit(stored(1));
    bus.emit(stored(2));
    expect(sizes).toEqual([1, 2]);
  });
});
