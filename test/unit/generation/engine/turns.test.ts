import { describe, expect, it } from 'vitest';
import { Turns } from '#main/generation/engine/turns.ts';
import { pendingJobs } from '#test/support/jobs.ts';

function taker(options: { priority?: number; chunkSize?: number; mayBegin?: boolean } = {}) {
  return { priority: 0, chunkSize: 1, mayBegin: true, ...options };
}

/** The projects of the next turns, until there are none. */
function order(turns: Turns<ReturnType<typeof taker>>, most = 100): string {
  const roots: string[] = [];
  for (let turn = turns.next(); turn && roots.length < most; turn = turns.next()) {
    roots.push(`${turn.jobs[0]?.root}${turn.jobs.length > 1 ? turn.jobs.length : ''}`);
  }
  return roots.join(' ');
}

describe('turns', () => {
  it('go round the projects, not round the runs: a large project does not starve a small one', () => {
    const turns = new Turns<ReturnType<typeof taker>>();
    const [large, small] = [taker(), taker()];
    turns.add(large, [...pendingJobs('1', 'a', 500), ...pendingJobs('1', 'b', 2)]);
    turns.add(small, pendingJobs('2', 'c', 3));
    expect(order(turns, 9)).toBe('a b c a b c a c a');
  });

  it('of one project with two runs alternate between them', () => {
    const turns = new Turns<ReturnType<typeof taker>>();
    const [first, second] = [taker(), taker()];
    turns.add(first, pendingJobs('1', 'a', 2));
    turns.add(second, pendingJobs('2', 'a', 2));
    const runs = Array.from({ length: 4 }, () => turns.next()?.jobs[0]?.runId);
    expect(runs).toEqual(['1', '2', '1', '2']);
    expect(turns.next()).toBeNull();
  });

  it('are those of the highest priority that may begin', () => {
    const turns = new Turns<ReturnType<typeof taker>>();
    const [low, high] = [taker(), taker({ priority: 5 })];
    turns.add(low, pendingJobs('1', 'a', 2));
    turns.add(high, pendingJobs('2', 'b', 2));
    expect(turns.next()?.taker).toBe(high);
    high.mayBegin = false;
    expect(turns.next()?.taker).toBe(low);
    high.mayBegin = true;
    expect(turns.next()?.taker).toBe(high);
    expect(turns.next()?.taker).toBe(low);
  });

  it('take consecutive jobs of one project together, and never of two', () => {
    const turns = new Turns<ReturnType<typeof taker>>();
    turns.add(taker({ chunkSize: 5 }), [...pendingJobs('1', 'a', 7), ...pendingJobs('1', 'b', 3)]);
    expect(order(turns)).toBe('a5 b3 a2');
  });

  it('begin with what was put back, in its old order', () => {
    const turns = new Turns<ReturnType<typeof taker>>();
    const one = taker({ chunkSize: 2 });
    turns.add(one, pendingJobs('1', 'a', 4));
    const jobs = turns.next()?.jobs ?? [];
    turns.putBack(one, jobs);
    expect(turns.waiting(one)).toBe(4);
    expect(turns.next()?.jobs).toEqual(jobs);
    turns.remove(one);
    expect([turns.next(), turns.waiting(one)]).toEqual([null, 0]);
  });
});
