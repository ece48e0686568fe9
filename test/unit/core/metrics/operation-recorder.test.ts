import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Durations, quantileError } from '#main/core/metrics/durations.ts';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import { OperationRecorder } from '#main/core/metrics/operation-recorder.ts';
import { exportRuntimeMetrics, runtimeMetrics } from '#main/core/metrics/runtime-metrics.ts';
import { parsePrometheus } from '#test/support/prometheus.ts';

const recorder = (metrics = createMetrics()) =>
  new OperationRecorder(metrics, { noun: 'operation', help: 'Calls.' });

describe('durations', () => {
  it('give every quantile to within the error that they promise', () => {
    // From half a microsecond to an hour, each order of magnitude as likely as the others.
    const ms = fc.double({ min: -3.3, max: 6.5, noNaN: true }).map((power) => 10 ** power);
    const share = fc.constantFrom(0.01, 0.5, 0.9, 0.95, 0.99, 1);
    fc.assert(
      fc.property(fc.array(ms, { minLength: 1, maxLength: 300 }), share, (all, quantile) => {
        const durations = new Durations();
        for (const one of all) durations.record(one);
        const sorted = all.toSorted((a, b) => a - b);
        const exact = sorted[Math.max(0, Math.ceil(quantile * all.length - 1e-9) - 1)] ?? 0;
        // Half a nanosecond is lost in rounding.
        const allowed = exact * quantileError + 1e-6;
        expect(Math.abs((durations.quantileMs(quantile) ?? Number.NaN) - exact)).toBeLessThan(
          allowed,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('have no figures before the first, and take the impossible without breaking', () => {
    const durations = new Durations();
    expect([durations.averageMs, durations.quantileMs(0.5)]).toEqual([null, null]);
    durations.record(0);
    durations.record(1e12);
    expect(durations.count).toBe(2);
    expect(durations.quantileMs(1)).toBeGreaterThan(86_000_000);
  });
});

describe('the recorder', () => {
  it('counts calls, failures and times by operation', () => {
    const one = recorder();
    for (const ms of [1, 2, 3]) one.record('storeMemory', ms, ms === 3);
    one.record('searchVectors', 40, false);
    expect(one.view()).toMatchObject({
      storeMemory: { calls: 3, failures: 1, averageMs: 2 },
      searchVectors: { calls: 1, failures: 0, averageMs: 40 },
    });
    expect(one.of('storeMemory').p99Ms).toBeCloseTo(3, 1);
    const none = { calls: 0, failures: 0, averageMs: null, p50Ms: null, p95Ms: null, p99Ms: null };
    expect(one.of('never')).toEqual(none);
  });

  it('keeps its size however much it is told', () => {
    const one = recorder();
    for (let call = 0; call < 200_000; call += 1) one.record('storeMemory', call % 977, false);
    expect(one.of('storeMemory').calls).toBe(200_000);
    expect(JSON.stringify(one.view()).length).toBeLessThan(400);
  });
});

describe("the runtime's figures", () => {
  const metrics = createMetrics();
  const one = recorder(metrics);
  exportRuntimeMetrics(metrics, () => runtimeMetrics(one));

  it('are exported under the names of the guide, an average only once there is one', async () => {
    const before = parsePrometheus(await metrics.metrics());
    expect(before.get('omega_memory_stores_total')).toBe(0);
    expect(before.has('omega_avg_query_latency_seconds')).toBe(false);
    one.record('storeMemory', 1, false);
    one.record('storeMemory', 1, true);
    for (const ms of [10, 30]) one.record('queryMemories', ms, false);
    one.record('loopCycle', 500, false);
    one.record('searchVectors', 2, false);
    const after = parsePrometheus(await metrics.metrics());
    expect(Object.fromEntries(after)).toMatchObject({
      omega_memory_stores_total: 1,
      omega_memory_queries_total: 2,
      omega_loop_cycles_total: 1,
      omega_vector_searches_total: 1,
      omega_avg_query_latency_seconds: 0.02,
      omega_avg_cycle_time_seconds: 0.5,
      'omega_operation_seconds_count{operation="storeMemory",outcome="failed"}': 1,
      'omega_operation_seconds_bucket{le="0.01",operation="queryMemories",outcome="ok"}': 1,
      'omega_operation_seconds_bucket{le="+Inf",operation="queryMemories",outcome="ok"}': 2,
    });
    const p99 = after.get(
      'omega_operation_quantile_seconds{operation="queryMemories",quantile="0.99"}',
    );
    expect(p99).toBeCloseTo(0.03, 3);
    // Read twice: a counter that is set from a view must not add itself up.
    expect(parsePrometheus(await metrics.metrics())).toEqual(after);
  });

  it('survive JSON as they are', () => {
    const view = runtimeMetrics(one);
    expect(JSON.parse(JSON.stringify(view))).toEqual(view);
    expect(view).toMatchObject({ memoryStores: 1, memoryQueries: 2, avgCycleTimeMs: 500 });
  });
});
