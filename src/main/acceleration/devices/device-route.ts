import { throwIfCancelled } from '#main/core/abort.ts';
import { steadyNow } from '#main/core/clock.ts';
import type { DeviceName } from '#shared/devices.ts';
import { faultOf } from '../compute/session-fault.ts';
import type { RouteMetrics } from './route-metrics.ts';

/** Computes one output for each item, in order. */
export type DeviceOperation<I, O> = (
  items: readonly I[],
  signal: AbortSignal | undefined,
) => Promise<readonly O[]>;

/** When a GPU that fails is left alone, and for how long. */
export type LatchPolicy = {
  /** Faults in a row, a success between them starts anew. */
  readonly faults: number;
  /** After this one call tries it again, in ms. */
  readonly retryMs: number;
};

const defaultLatch: LatchPolicy = { faults: 3, retryMs: 60_000 };

/** An operation of one device. */
export type DeviceImplementation<I, O> = {
  readonly device: DeviceName;
  readonly run: DeviceOperation<I, O>;
};

/** An operation that runs on the GPU where that works and on the CPU otherwise. */
export type DeviceRoute<I, O> = {
  readonly run: DeviceOperation<I, O>;
  /** Whether the GPU is left alone now. */
  readonly latched: () => boolean;
};

/**
 * Routes an operation between two implementations of it. Where the GPU's memory is too small the
 * batch is halved, down to one item, before the CPU takes over; on any other fault of the device the
 * CPU takes the batch at once. Errors that are not the device's (wrong input, cancellation) pass.
 */
export function deviceRoute<I, O>(options: {
  readonly cpu: DeviceOperation<I, O>;
  /** Asked before each call, so that a changed setting takes effect at once; null where there is none. */
  readonly gpu: () => DeviceImplementation<I, O> | null;
  readonly metrics: RouteMetrics;
  readonly latch?: LatchPolicy;
  readonly now?: () => number;
}): DeviceRoute<I, O> {
  const { cpu, gpu, metrics } = options;
  const latch = options.latch ?? defaultLatch;
  const now = options.now ?? steadyNow;
  let faultsInRow = 0;
  let closedUntil = 0;

  async function onCpu(items: readonly I[], signal?: AbortSignal): Promise<readonly O[]> {
    const outputs = await cpu(items, signal);
    metrics.routed('cpu');
    return outputs;
  }

  async function onGpu(
    implementation: DeviceImplementation<I, O>,
    items: readonly I[],
    signal?: AbortSignal,
  ): Promise<readonly O[]> {
    try {
      const outputs = await implementation.run(items, signal);
      metrics.routed(implementation.device);
      faultsInRow = 0;
      return outputs;
    } catch (error) {
      const fault = faultOf(error);
      if (fault === null) throw error;
      throwIfCancelled(signal);
      if (fault === 'memory' && items.length > 1) {
        metrics.split();
        const half = items.length >> 1;
        const first = await onGpu(implementation, items.slice(0, half), signal);
        const rest = items.slice(half);
        // Where even a part of the first half had to leave the GPU, the rest need not try.
        const leave = faultsInRow > 0 || gpu() === null;
        const last = leave ? onCpu(rest, signal) : onGpu(implementation, rest, signal);
        return [...first, ...(await last)];
      }
      metrics.fellBack(fault);
      faultsInRow += 1;
      if (faultsInRow >= latch.faults) {
        closedUntil = now() + latch.retryMs;
        metrics.latched();
      }
      return onCpu(items, signal);
    }
  }

  return {
    run: async (items, signal) => {
      throwIfCancelled(signal);
      const implementation = now() < closedUntil ? null : gpu();
      if (implementation === null) return onCpu(items, signal);
      // The call that tries a latched device again keeps the others away until it is back.
      if (faultsInRow >= latch.faults) closedUntil = now() + latch.retryMs;
      const outputs = await onGpu(implementation, items, signal);
      if (faultsInRow === 0) closedUntil = 0;
      return outputs;
    },
    latched: () => now() < closedUntil,
  };
}
