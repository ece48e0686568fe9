import type { Clock } from '#main/core/clock.ts';
import { EventBus } from '#main/core/events/event-bus.ts';
import { EventMetrics } from '#main/core/events/event-metrics.ts';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import { OperationRecorder } from '#main/core/metrics/operation-recorder.ts';
import { currentTrace } from '#main/core/trace.ts';

/** A bus for a runtime that nobody gave one. */
export function ownBus(clock: Clock): EventBus {
  return new EventBus({
    metrics: new EventMetrics(createMetrics()),
    clock,
    traceId: currentTrace,
    onError: (error) => process.emitWarning(error instanceof Error ? error : String(error)),
  });
}

/** A recorder for a runtime that nobody gave one. */
export function ownRecorder(): OperationRecorder {
  return new OperationRecorder(createMetrics(), {
    noun: 'operation',
    help: 'Calls of the runtime, in seconds.',
  });
}
