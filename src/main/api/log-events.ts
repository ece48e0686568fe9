import type { Logger } from '#main/core/logger.ts';
import type { OmegaEvent } from '#shared/contract.ts';

/**
 * Writes into the log what went wrong in the runtime and how it went on: a call that failed for good
 * or a part that did not stop is a warning, a breaker or a degradation that comes or goes is told at info.
 */
export function logEvent(logger: Logger, event: OmegaEvent): void {
  switch (event.type) {
    case 'error': {
      const { component, code, message } = event;
      logger.warn({ component, code }, `A call to ${component} failed: ${message}`);
      break;
    }
    case 'loop.error': {
      const { loop, cycleId: cycle, code, message } = event;
      // Who asked for it is told; the others find it in the loop's history too.
      logger.info({ component: 'loops', loop, cycle, code }, `The ${loop} loop failed: ${message}`);
      break;
    }
    case 'health.check.failed':
      logger.info({ component: event.subsystem }, `The trial of it failed: ${event.error}`);
      break;
    case 'breaker.changed':
      logger.info({ component: event.subsystem }, `Its breaker is ${event.state}.`);
      break;
    case 'degradation.entered':
    case 'degradation.left': {
      const { subsystem: component, level, reason } = event;
      const what = event.type === 'degradation.entered' ? 'begins' : 'is over';
      logger.info({ component, degradation: level }, `Degradation ${what}: ${reason}`);
      break;
    }
    case 'system.shutdown':
      for (const { name: component, outcome, ms, error } of event.report) {
        if (outcome === 'stopped') continue;
        const what = outcome === 'timed-out' ? 'took too long and was left' : 'failed';
        logger.warn({ component, outcome, ms }, `Stopping ${component} ${what}: ${error}`);
      }
      break;
  }
}
