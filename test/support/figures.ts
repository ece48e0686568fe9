import type { Metrics } from '#main/core/metrics/metrics.ts';

/** A figure as a scrape of the registry shows it, by its full name: `name_count{label="value"}`. */
export async function figure(metrics: Metrics, name: string): Promise<number> {
  const lines = (await metrics.metrics()).split('\n');
  const line = lines.find((one) => one.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1));
}
