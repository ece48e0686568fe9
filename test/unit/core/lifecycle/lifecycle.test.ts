import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lifecycle } from '#main/core/lifecycle/lifecycle.ts';
import { startOrder } from '#main/core/lifecycle/start-order.ts';
import { healthy, type Subsystem } from '#main/core/lifecycle/subsystem.ts';
import { fixed } from '#main/core/live.ts';
import type { RuntimeState } from '#shared/runtime.ts';

function parts() {
  const log: string[] = [];
  const part = (
    name: string,
    needs: string[] = [],
    change: Partial<Subsystem> = {},
  ): Subsystem => ({
    name,
    needs,
    restartable: true,
    start: () => void log.push(`+${name}`),
    stop: () => void log.push(`-${name}`),
    check: () => healthy,
    ...change,
  });
  return { log, part };
}

const never = () => new Promise<void>(() => undefined);
const times = { times: fixed({ startMs: 1000, stopMs: 1000 }) };

describe('a lifecycle', () => {
  it('starts in the order of needs, stops in reverse, and may start again', async () => {
    const { log, part } = parts();
    const states: RuntimeState[] = [];
    const lifecycle = new Lifecycle(
      [part('memory', ['storage', 'vectors']), part('vectors', ['storage']), part('storage')],
      { ...times, onState: (state) => states.push(state) },
    );
    expect(await lifecycle.stop()).toEqual([]);
    await lifecycle.start();
    await expect(lifecycle.start()).rejects.toMatchObject({ code: 'CONFLICT' });
    const report = await lifecycle.stop();
    expect(log.join(' ')).toBe('+storage +vectors +memory -memory -vectors -storage');
    expect(report.map(({ outcome }) => outcome)).toEqual(['stopped', 'stopped', 'stopped']);
    await lifecycle.start();
    expect(lifecycle.isUp).toBe(true);
    expect(states.join(' ')).toBe('starting running stopping stopped starting running');
  });

  it('rolls a failed start back, the one that failed included, and may try again', async () => {
    const { log, part } = parts();
    let fails = true;
    const bad = part('vectors', ['storage'], {
      start: () => {
        if (fails) throw new Error('no index');
      },
    });
    const lifecycle = new Lifecycle([part('storage'), bad, part('memory', ['vectors'])], times);
    await expect(lifecycle.start()).rejects.toThrow('no index');
    expect([lifecycle.state, log.join(' ')]).toEqual(['error', '+storage -vectors -storage']);
    fails = false;
    await lifecycle.start();
    expect(lifecycle.state).toBe('running');
  });

  it('gives each its time and no more, and says whose ran out', async () => {
    const { log, part } = parts();
    let aborted = false;
    const slow = part('slow', [], {
      stop: (signal) => {
        signal.addEventListener('abort', () => {
          aborted = true;
        });
        return never();
      },
    });
    const lifecycle = new Lifecycle([part('storage'), slow], {
      times: fixed({ startMs: 1000, stopMs: 20 }),
    });
    await lifecycle.start();
    const report = await lifecycle.stop();
    expect(report).toMatchObject([
      { name: 'slow', outcome: 'timed-out' },
      { name: 'storage', outcome: 'stopped' },
    ]);
    expect([aborted, lifecycle.state, log.at(-1)]).toEqual([true, 'stopped', '-storage']);
    const stuck = new Lifecycle([part('stuck', [], { start: never })], {
      times: fixed({ startMs: 20, stopMs: 20 }),
    });
    await expect(stuck.start()).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(stuck.state).toBe('error');
  });

  it('stops after a start that is under way, once however often it is asked', async () => {
    const { log, part } = parts();
    const lifecycle = new Lifecycle([part('storage')], times);
    const starting = lifecycle.start();
    const [one, other] = await Promise.all([lifecycle.stop(), lifecycle.stop(), starting]);
    expect(one).toBe(other);
    expect(log).toEqual(['+storage', '-storage']);
  });

  it('is degraded only while it is up', async () => {
    const lifecycle = new Lifecycle([], times);
    lifecycle.degraded(true);
    expect(lifecycle.state).toBe('created');
    await lifecycle.start();
    lifecycle.degraded(true);
    expect([lifecycle.state, lifecycle.isUp]).toEqual(['degraded', true]);
    lifecycle.degraded(false);
    expect(lifecycle.state).toBe('running');
  });
});

describe('the order of a start', () => {
  it('puts each after all that it needs, whatever is needed', () => {
    const { part } = parts();
    const graphs = fc.uniqueArray(fc.tuple(fc.nat(11), fc.array(fc.nat(11))), {
      selector: ([at]) => at,
    });
    fc.assert(
      fc.property(graphs, (nodes) => {
        const there = new Set(nodes.map(([at]) => at));
        // Edges go from higher to lower numbers, so that there is no circle.
        const given = nodes.map(([at, needs]) =>
          part(`${at}`, needs.filter((other) => other < at && there.has(other)).map(String)),
        );
        const order = startOrder(given).map(({ name }) => name);
        expect([...order].sort()).toEqual(given.map(({ name }) => name).sort());
        for (const { name, needs } of given) {
          for (const need of needs) expect(order.indexOf(need)).toBeLessThan(order.indexOf(name));
        }
      }),
    );
  });

  it('names a circle, and what is not there', () => {
    const { part } = parts();
    expect(() => startOrder([part('a', ['b']), part('b', ['a'])])).toThrow('a → b → a');
    expect(() => startOrder([part('a', ['b'])])).toThrow('a needs b, which is not there');
  });

  it('starts one again with those that need it, and leaves the others alone', async () => {
    const { log, part } = parts();
    const lifecycle = new Lifecycle(
      [
        part('storage', [], { restartable: false }),
        part('vectors', ['storage']),
        part('memory', ['vectors']),
        part('loops', ['storage']),
        part('calls', ['memory'], { restartable: false }),
      ],
      times,
    );
    await lifecycle.restart('vectors');
    await lifecycle.start();
    log.length = 0;
    await lifecycle.restart('vectors');
    expect(log.join(' ')).toBe('-memory -vectors +vectors +memory');
    await lifecycle.restart('storage');
    expect(log).toHaveLength(4);
    const report = await lifecycle.stop();
    expect(report.map(({ name }) => name).join(' ')).toBe('calls loops memory vectors storage');
  });
});
