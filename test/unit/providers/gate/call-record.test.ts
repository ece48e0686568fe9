import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import { CallRecord } from '#main/providers/gate/call-record.ts';
import { CallSeconds } from '#main/providers/gate/call-seconds.ts';
import type { GateState } from '#main/providers/gate/gate-state.ts';
import { JobTime } from '#main/providers/gate/job-time.ts';
import { RecentTimes } from '#main/providers/gate/recent-times.ts';
import type { CallFigures } from '#shared/calls.ts';
import { parsePrometheus } from '#test/support/prometheus.ts';

const quiet: GateState = {
  mode: 'async',
  inFlight: 0,
  queued: 0,
  allowed: 3,
  limit: 3,
  isCacheOn: true,
  isLate: false,
  isBroken: false,
};
const usage = { inputTokens: 10, outputTokens: 20 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
  const told: { at: number; figures: CallFigures }[] = [];
  const metrics = createMetrics();
  const record = new CallRecord({
    metrics,
    clock: { now: () => Date.now() },
    onFigures: (figures) => told.push({ at: Date.now(), figures }),
  });
  const state = { ...quiet } as { -readonly [K in keyof GateState]: GateState[K] };
  record.follow(() => state);
  return { record, told, state, metrics };
}

describe('the figures of calls', () => {
  it('count each kind of thing where it belongs', async () => {
    const { record, metrics } = open();
    for (let ms = 1; ms <= 100; ms += 1) record.answered('ollama', ms, usage, 0.5);
    record.answered('openai', 100, { inputTokens: null, outputTokens: null }, null);
    record.requestFailed('ollama', 5, true);
    record.requestFailed('ollama', 5, false);
    record.retried('ollama');
    record.failed();
    record.hit(false);
    record.hit(true);
    record.missed();
    const figures = record.figures();
    expect(figures).toMatchObject({
      calls: 101,
      failed: 1,
      inputTokens: 1_000,
      outputTokens: 2_000,
      costUsd: 50,
      unpriced: 1,
      cacheHits: 2,
      cacheMisses: 1,
      rateLimited: 1,
      retries: 1,
      perSecond: 10.1,
    });
    expect(record.shared).toBe(1);
    for (const [share, ms] of [
      [0.5, figures.p50Ms],
      [0.95, figures.p95Ms],
      [0.99, figures.p99Ms],
    ]) {
      expect(Math.abs((ms ?? 0) / ((share ?? 0) * 101) - 1)).toBeLessThan(0.02);
    }
    const samples = parsePrometheus(await metrics.metrics());
    expect(samples.get('omega_model_tokens_total{provider="ollama",direction="out"}')).toBe(2_000);
    expect(samples.get('omega_model_cache_total{result="hit"}')).toBe(1);
    expect(
      samples.get('omega_model_call_seconds_count{model_call="ollama",outcome="failed"}'),
    ).toBe(2);
  });

  it('are told at most ten times a second, and last as they stay', async () => {
    const { record, told, state } = open();
    for (let at = 0; at < 1_000; at += 1) {
      record.answered('ollama', 1, usage, 0);
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(told.length).toBeGreaterThan(5);
    expect(told.length).toBeLessThanOrEqual(11);
    state.inFlight = 2;
    record.changed();
    await vi.advanceTimersByTimeAsync(200);
    expect(told.at(-1)?.figures).toMatchObject({ inFlight: 2, calls: 1_000 });
    state.inFlight = 0;
    record.changed();
    // The rate falls though nothing happens: who only listens sees it fall, to the end.
    await vi.advanceTimersByTimeAsync(15_000);
    expect(told.at(-1)?.figures).toMatchObject({ inFlight: 0, perSecond: 0, slow: [] });
    const count = told.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect([told.length, vi.getTimerCount()]).toEqual([count, 0]);
    record.changed();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(told.length).toBe(count);
    record.dispose();
  });

  it('say why it is slow, and not for longer than it is', () => {
    const { record, state } = open();
    state.isCacheOn = false;
    state.isBroken = true;
    expect(record.figures().slow).toEqual([]);
    state.inFlight = 3;
    state.queued = 1;
    expect(record.figures().slow).toEqual(['breaker', 'limit', 'cache-off']);
    // The provider bears fewer than the slider allows: what waits, waits for that.
    Object.assign(state, { isCacheOn: true, isBroken: false, inFlight: 2, allowed: 2 });
    expect(record.figures().slow).toEqual(['limit']);
    state.inFlight = 1;
    expect(record.figures().slow).toEqual([]);
    Object.assign(state, { queued: 0, isLate: true });
    expect(record.figures().slow).toEqual(['latency']);
    state.isLate = false;
    record.requestFailed('ollama', 1, true);
    expect(record.figures().slow).toEqual(['rate-limited']);
    vi.advanceTimersByTime(9_900);
    expect(record.figures().slow).toEqual(['rate-limited']);
    vi.advanceTimersByTime(200);
    expect(record.figures().slow).toEqual([]);
    record.dispose();
  });
});

describe('the time that async saves', () => {
  function timed() {
    const clock = { now: 1_000 };
    const jobs = new JobTime(() => clock.now);
    /** A job for which a provider works all the time. */
    const called = () => {
      const job = jobs.begin();
      job.calls();
      return job;
    };
    return { clock, jobs, called };
  }

  it('is what overlaps: the sum of the jobs less the time in which one ran', () => {
    const { clock, jobs, called } = timed();
    const a = called();
    clock.now = 1_500;
    const b = called();
    clock.now = 2_000;
    expect(jobs.times).toEqual({ syncMs: 1_500, savedMs: 500 });
    a.end();
    clock.now = 2_500;
    expect([a.takeMs(), b.takeMs()]).toEqual([1_000, 1_000]);
    b.end();
    b.end();
    // Nothing runs: no time is saved or lost.
    clock.now = 10_000;
    const c = called();
    clock.now = 10_100;
    c.end();
    expect(jobs.times).toEqual({ syncMs: 2_100, savedMs: 500 });
  });

  it('is not made of waits: three that take turns at one place save nothing', () => {
    const { clock, jobs } = timed();
    const all = [jobs.begin(), jobs.begin(), jobs.begin()];
    const waits = all.map((job) => job.waits());
    for (const [at, job] of all.entries()) {
      waits[at]?.();
      waits[at]?.();
      const called = job.calls();
      clock.now += 100;
      called();
      job.end();
    }
    expect(jobs.times).toEqual({ syncMs: 300, savedMs: 0 });
  });

  it('goes on for a job with one call that waits and another that does not, and for one alone', () => {
    const { clock, jobs, called } = timed();
    const [one, other] = [jobs.begin(), called()];
    const [waited, answered] = [one.waits(), one.calls()];
    clock.now += 100;
    answered();
    clock.now += 50;
    expect([one.takeMs(), other.takeMs()]).toEqual([100, 150]);
    other.end();
    // A rest that the last one waits for is nobody else's.
    clock.now += 30;
    waited();
    expect([one.takeMs(), jobs.times]).toEqual([30, { syncMs: 280, savedMs: 100 }]);
  });

  it('does not count the one thread that jobs share once for each of them', () => {
    const { clock, jobs, called } = timed();
    const [one, other, away] = [jobs.begin(), jobs.begin(), called()];
    clock.now += 100;
    expect([one.takeMs(), other.takeMs(), away.takeMs()]).toEqual([50, 50, 100]);
    expect(jobs.times).toEqual({ syncMs: 200, savedMs: 100 });
  });

  it('falls while all wait for a rest, which async has brought about', () => {
    const { clock, jobs } = timed();
    for (const job of [jobs.begin(), jobs.begin()]) job.waits();
    clock.now += 100;
    expect(jobs.times).toEqual({ syncMs: 0, savedMs: -100 });
  });
});

describe('the seconds of the chart', () => {
  it('are each what happened in them, also those in which nothing did', () => {
    const seconds = new CallSeconds();
    const at = 1_700_000_000_000;
    seconds.note(at + 100, { inFlight: 2, allowed: 3 });
    for (const ms of [30, 10, 20, 40]) seconds.answered(at + 900, ms);
    seconds.note(at + 3_500, { inFlight: 1, allowed: 2 });
    const idle = { answered: 0, inFlight: 2, allowed: 3, p50Ms: null, p95Ms: null };
    expect(seconds.last(at + 4_200, 10)).toEqual([
      { at: at + 1_000, answered: 4, inFlight: 2, allowed: 3, p50Ms: 20, p95Ms: 40 },
      { at: at + 2_000, ...idle },
      { at: at + 3_000, ...idle },
      { at: at + 4_000, ...idle, inFlight: 1, allowed: 2 },
    ]);
    expect(seconds.last(at + 4_200, 1)).toHaveLength(1);
    // After a night's sleep it is ten minutes, and no loop over the night.
    const morning = seconds.last(at + 30 * 86_400_000, 10_000);
    expect([morning.length, morning.at(-1)?.at]).toEqual([600, at + 30 * 86_400_000]);
    // A clock that is set back loses nothing and counts nothing twice.
    expect(seconds.last(at, 600)).toHaveLength(600);
  });
});

it('a count of the last seconds is exact, and does not grow for ever', () => {
  const times = new RecentTimes(1_000);
  for (let at = 0; at < 10_000; at += 1) times.add(at);
  expect(times.count(9_999)).toBe(1_001);
  expect(times.count(10_500)).toBe(500);
  expect(times.count(12_000)).toBe(0);
});
