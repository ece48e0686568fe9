import { Counter } from 'prom-client';
import type { Metrics } from '#main/core/metrics/metrics.ts';
import type { DeviceName, RouteCounters } from '#shared/devices.ts';
import { type Fault, faults } from '../compute/session-fault.ts';

/** The counters of a device route, in the app's registry; whoever shows them reads them there. */
export class RouteMetrics {
  readonly #routed: Counter<'device'>;
  readonly #fallbacks: Counter<'fault'>;
  readonly #splits: Counter;
  readonly #latches: Counter;

  constructor(metrics: Metrics) {
    const registers = [metrics];
    this.#routed = new Counter({
      name: 'omega_embed_route_total',
      help: 'Requests that a device answered.',
      labelNames: ['device'],
      registers,
    });
    this.#fallbacks = new Counter({
      name: 'omega_embed_fallbacks_total',
      help: 'Requests that went to the CPU after a fault of the GPU; fault="memory" is out of memory.',
      labelNames: ['fault'],
      registers,
    });
    this.#splits = new Counter({
      name: 'omega_embed_splits_total',
      help: 'Requests that were halved because the memory of the GPU did not hold them.',
      registers,
    });
    this.#latches = new Counter({
      name: 'omega_embed_latches_total',
      help: 'How often the GPU was left alone for a while after repeated faults.',
      registers,
    });
    for (const fault of faults) this.#fallbacks.inc({ fault }, 0);
  }

  /** A device answered. */
  routed(device: DeviceName): void {
    this.#routed.inc({ device });
  }

  /** The CPU takes over after a fault. */
  fellBack(fault: Fault): void {
    this.#fallbacks.inc({ fault });
  }

  /** A request was halved. */
  split(): void {
    this.#splits.inc();
  }

  /** The GPU is left alone. */
  latched(): void {
    this.#latches.inc();
  }

  /** Everything that was counted until now. */
  async counters(): Promise<Omit<RouteCounters, 'latched'>> {
    const routed = (await this.#routed.get()).values;
    const total = (of: typeof routed): number => of.reduce((sum, { value }) => sum + value, 0);
    const fallbacks = (await this.#fallbacks.get()).values;
    const blamed = (fault: Fault): number =>
      fallbacks.find(({ labels }) => labels.fault === fault)?.value ?? 0;
    return {
      gpu: total(routed.filter(({ labels }) => labels.device !== 'cpu')),
      cpu: total(routed.filter(({ labels }) => labels.device === 'cpu')),
      splits: total((await this.#splits.get()).values),
      latches: total((await this.#latches.get()).values),
      fallbacks: { memory: blamed('memory'), driver: blamed('driver'), died: blamed('died') },
    };
  }
}
