import type { MeasuredUsage } from '#shared/usage.ts';

/** Figures of one container as they were measured: thousandths of a core, and MiB. */
type Samples = { readonly cpu: number[]; readonly memory: number[] };

/** Gathers figures by the name of what they were measured of. */
export class UsageSamples {
  readonly #byName = new Map<string, Samples>();

  /** Adds one figure; what is no finite number from 0 on is left out. */
  add(name: string, what: keyof Samples, value: number): void {
    if (name === '' || !Number.isFinite(value) || value < 0) return;
    const known = this.#byName.get(name) ?? { cpu: [], memory: [] };
    known[what].push(value);
    this.#byName.set(name, known);
  }

  /** Percentiles of all that was added, by name; the first 1,000 names. */
  usage(): MeasuredUsage {
    const entries = [...this.#byName].slice(0, 1_000).map(([name, { cpu, memory }]) => [
      name,
      {
        samples: Math.max(cpu.length, memory.length),
        cpuMilli: percentile(cpu, 0.95),
        memoryMi: percentile(memory, 0.95),
        memoryMi99: percentile(memory, 0.99),
      },
    ]);
    return Object.fromEntries(entries);
  }
}

/** The smallest figure that a share of all is not above (nearest rank); null of none. */
export function percentile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = Math.max(0, Math.ceil(share * sorted.length) - 1);
  return Math.round((sorted[at] ?? 0) * 10) / 10;
}
