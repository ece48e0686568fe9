import { z } from 'zod';
import { invalid, isMemory, nameOf } from './labels.ts';
import type { UsageSamples } from './samples.ts';

const point = z.tuple([z.number(), z.string().max(60)]);
const series = z.object({
  metric: z.record(z.string().max(200), z.string().max(2_000)),
  values: z.array(point).max(200_000).optional(),
  value: point.optional(),
});
const answer = z.object({
  status: z.literal('success'),
  data: z.object({ resultType: z.enum(['matrix', 'vector']), result: z.array(series).max(10_000) }),
});
const answers = z.union([z.array(answer).max(20), answer]);

/** Figures of answers of Prometheus' HTTP API. Counters of CPU become rates between their points. */
export function addPrometheusJson(text: string, samples: UsageSamples): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw invalid(`It is no JSON (${why.slice(0, 120)}). Save the answer as it came.`);
  }
  const parsed = answers.safeParse(value);
  if (!parsed.success) {
    throw invalid('It is no successful answer of Prometheus to a query or a range query.');
  }
  for (const { data } of [parsed.data].flat()) {
    for (const { metric, values, value: one } of data.result) {
      const name = nameOf(metric);
      const points = values ?? (one ? [one] : []);
      if (name === null) continue;
      if (isMemory(metric.__name__ ?? '')) {
        for (const [, held] of points) samples.add(name, 'memory', Number(held) / 1_048_576);
      } else if (metric.__name__ === 'container_cpu_usage_seconds_total') {
        addRates(name, points, samples);
      } else if (metric.__name__ === undefined) addUnnamed(name, points, samples);
    }
  }
}

/** A counter of seconds: what was used between two points, over the time between them. */
function addRates(
  name: string,
  points: readonly (readonly [number, string])[],
  samples: UsageSamples,
): void {
  for (const [index, [time, held]] of points.entries()) {
    const before = points[index - 1];
    if (!before) continue;
    const [seconds, used] = [time - before[0], Number(held) - Number(before[1])];
    // A counter that goes back began anew.
    if (seconds > 0 && used >= 0) samples.add(name, 'cpu', (used / seconds) * 1_000);
  }
}

/** A function takes the name away: rates of CPU are cores, memory is bytes, and these are far apart. */
function addUnnamed(
  name: string,
  points: readonly (readonly [number, string])[],
  samples: UsageSamples,
): void {
  const numbers = points.map(([, held]) => Number(held)).filter(Number.isFinite);
  const isBytes = Math.max(...numbers, 0) > 100_000;
  for (const held of numbers) {
    if (isBytes) samples.add(name, 'memory', held / 1_048_576);
    else samples.add(name, 'cpu', held * 1_000);
  }
}
