import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it } from 'vitest';
import type { OmegaEvent } from '#shared/contract.ts';
import { numbers, openBus, stored } from './open-bus.ts';

const started: OmegaEvent = { type: 'system.started' };

describe('listeners', () => {
  it('get what is emitted, stamped with number, time and the trace of the emitter', () => {
    const traces = new AsyncLocalStorage<string>();
    const { bus } = openBus({ traceId: () => traces.getStore() ?? null });
    const records: unknown[] = [];
    bus.listenRecords((record) => records.push(record));
    bus.emit(started);
    traces.run('trace-1', () => bus.emit(stored(1)));
    expect(records).toEqual([
      { seq: 1, at: 1, traceId: null, event: started },
      { seq: 2, at: 2, traceId: 'trace-1', event: stored(1) },
    ]);
  });

  // In the reference one listener's panic keeps the event from those behind it.
  it('that throw or reject keep the event from nobody, are all counted and told once each', async () => {
    const { bus, errors, counted } = openBus();
    const seen: OmegaEvent[] = [];
    bus.listen(() => {
      throw new Error('thrown');
    });
    bus.listen(async () => {
      throw new Error('rejected');
    });
    // A value that only looks like a promise, and fails when it is asked.
    bus.listen(() => ({
      // biome-ignore lint/suspicious/noThenProperty: what a listener of a stranger may return.
      then: () => {
        throw new Error('hostile');
      },
    }));
    bus.listen(
      (event) => seen.push(event),
      () => {
        throw new Error('filter');
      },
    );
    bus.listen((event) => seen.push(event));
    for (let index = 0; index < 50; index += 1) bus.emit(stored(index));
    await new Promise(setImmediate);
    expect(seen).toHaveLength(50);
    expect(errors.map((error) => (error as Error).message).sort()).toEqual([
      'filter',
      'hostile',
      'rejected',
      'thrown',
    ]);
    expect(await counted('omega_event_listener_errors_total')).toEqual({ '': 200 });
  });

  it('whose promise never settles hold nothing up', () => {
    const { bus } = openBus();
    const seen: OmegaEvent[] = [];
    bus.listen(() => new Promise(() => undefined));
    bus.listen((event) => seen.push(event));
    bus.emit(stored(1));
    bus.emit(stored(2));
    expect(numbers(seen)).toEqual([1, 2]);
  });

  // A nested call would show the answer to those behind before what it answers.
  it('that emit change nobody’s order', () => {
    const { bus } = openBus();
    const orders: OmegaEvent[][] = [[], []];
    bus.listen((event) => orders[0]?.push(event));
    bus.listen((event) => {
      if (numbers([event])[0] === 1) {
        bus.emit(stored(2));
        bus.emit(stored(3));
      }
    });
    bus.listen((event) => orders[1]?.push(event));
    bus.emit(stored(1));
    bus.emit(stored(4));
    expect(orders.map(numbers)).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ]);
    expect(bus.replay().map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  });

  // Without a bound this never returns, or overflows the stack.
  it('that cause each other for ever are cut off, counted and told of; the bus goes on', async () => {
    const { bus, errors, counted } = openBus();
    let calls = 0;
    const stop = bus.listen(() => {
      calls += 1;
      bus.emit(stored(calls));
      bus.emit(stored(calls));
    });
    bus.emit(started);
    expect(calls).toBe(1_001);
    expect(errors).toEqual([
      expect.objectContaining({ message: expect.stringContaining('without end') }),
    ]);
    expect(await counted('omega_events_dropped_total')).toEqual({ listeners: 1_002 });
    expect(await counted('omega_events_total')).toEqual({
      'system.started': 1,
      'vector.stored': 2_002,
    });
    stop();
    const seen: OmegaEvent[] = [];
    bus.listen((event) => seen.push(event));
    bus.emit(stored(7));
    expect(numbers(seen)).toEqual([7]);
  });

  it('may come and go inside a call: who left hears no more, who came hears what is emitted later', () => {
    const { bus } = openBus();
    const seen: string[] = [];
    const stopFirst = bus.listen(() => {
      seen.push('first');
      stopFirst();
      stopThird();
      bus.emit(stored(2));
      bus.listen((event) => seen.push(`late ${numbers([event])[0]}`));
      bus.emit(stored(3));
    });
    bus.listen((event) => seen.push(`second ${numbers([event])[0]}`));
    const stopThird = bus.listen(() => seen.push('third'));
    bus.emit(stored(1));
    expect(seen).toEqual(['first', 'second 1', 'second 2', 'second 3', 'late 3']);
  });

  it('are each a subscription: ending one of two with the same function leaves the other', () => {
    const { bus } = openBus();
    let calls = 0;
    const listener = () => {
      calls += 1;
    };
    const stop = bus.listen(listener);
    bus.listen(listener);
    stop();
    stop();
    bus.emit(started);
    expect(calls).toBe(1);
    bus.dispose();
    bus.emit(started);
    expect(calls).toBe(1);
  });

  it('choose by kind, by noun or by a function', () => {
    const { bus } = openBus();
    const all: OmegaEvent[] = [
      started,
      { type: 'memory.updated', id: '1' },
      { type: 'memory.deleted', id: '2' },
      { type: 'error', component: 'memory', code: 'TIMEOUT', message: '' },
    ];
    const heard = (filter: Parameters<typeof bus.listen>[1]) => {
      const types: string[] = [];
      const stop = bus.listen(({ type }) => types.push(type), filter);
      for (const event of all) bus.emit(event);
      stop();
      return types;
    };
    expect(heard(undefined)).toHaveLength(4);
    expect(heard(['memory.*'])).toEqual(['memory.updated', 'memory.deleted']);
    expect(heard(['error', 'memory.deleted'])).toEqual(['memory.deleted', 'error']);
    expect(heard([])).toEqual([]);
    expect(heard((event) => 'id' in event && event.id === '2')).toEqual(['memory.deleted']);
  });
});
