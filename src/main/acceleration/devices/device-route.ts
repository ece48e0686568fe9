import { throwIfCancelled } from '#main/core/abort.ts';
import type { RouteCounters } from '#shared/devices.ts';
import { faultOf } from '../compute/session-fault.ts';

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

/** An operation that runs on the GPU where that works and on the CPU otherwise. */
export type DeviceRoute<I, O> = {
  readonly run: DeviceOperation<I, O>;
  /** A copy of what was counted until now. */
  readonly counters: () => RouteCounters;
};

/**
 * Routes an operation between two implementations of it. Where the GPU's memory is too small the
 * batch is halved, down to one item, before the CPU takes over; on any other fault of the device the
 * CPU takes the batch at once. Errors that are not the device's (wrong input, cancellation) pass.
 */
export function deviceRoute<I, O>(options: {
  readonly cpu: DeviceOperation<I, O>;
  readonly gpu: DeviceOperation<I, O> | null;
  /** Asked before each call, so that a changed setting takes effect at once. */
  readonly preferGpu: () => boolean;
  readonly latch?: LatchPolicy;
  readonly now?: () => number;
}): DeviceRoute<I, O> {
  const { cpu, gpu, preferGpu } = options;
  const latch = options.latch ?? defaultLatch;
  const now = options.now ?? Date.now;
  const count = { gpu: 0, cpu: 0, splits: 0, latches: 0 };
  const fallbacks = { memory: 0, driver: 0, died: 0 };
  let faultsInRow = 0;
  let closedUntil = 0;

  async function onCpu(items: readonly I[], signal?: AbortSignal): Promise<readonly O[]> {
    const outputs = await cpu(items, signal);
    count.cpu += 1;
    return outputs;
  }

  async function onGpu(
    operation: DeviceOperation<I, O>,
    items: readonly I[],
    signal?: AbortSignal,
  ): Promise<readonly O[]> {
    try {
      const outputs = await operation(items, signal);
      count.gpu += 1;
      faultsInRow = 0;
      return outputs;
    } catch (error) {
      const fault = faultOf(error);
      if (fault === null) throw error;
      throwIfCancelled(signal);
      if (fault === 'memory' && items.length > 1) {
        count.splits += 1;
        const half = items.length >> 1;
        const first = await onGpu(operation, items.slice(0, half), signal);
        // Where even a part of the first half had to leave the GPU, the rest need not try.
        const rest = faultsInRow > 0 ? onCpu : gpuOnly(operation);
        return [...first, ...(await rest(items.slice(half), signal))];
      }
      fallbacks[fault] += 1;
      faultsInRow += 1;
      if (faultsInRow >= latch.faults) {
        closedUntil = now() + latch.retryMs;
        count.latches += 1;
      }
      return onCpu(items, signal);
    }
  }

  function gpuOnly(operation: DeviceOperation<I, O>): DeviceOperation<I, O> {
    return (items, signal) => onGpu(operation, items, signal);
  }

  return {
    run: async (items, signal) => {
      throwIfCancelled(signal);
      if (gpu === null || !preferGpu() || now() < closedUntil) return onCpu(items, signal);
      // The call that tries a latched device again keeps the others away until it is back.
      if (faultsInRow >= latch.faults) closedUntil = now() + latch.retryMs;
      const outputs = await onGpu(gpu, items, signal);
      if (faultsInRow === 0) closedUntil = 0;
      return outputs;
    },
    counters: () => ({ ...count, fallbacks: { ...fallbacks }, latched: now() < closedUntil }),
  };
}
