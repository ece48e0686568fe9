import { expect, it } from 'vitest';
import { openEvents } from '#main/api/open-events.ts';
import { systemClock } from '#main/core/clock.ts';
import { DisposableStore } from '#main/core/disposable.ts';
import { openLogger } from '#main/core/logger.ts';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import { currentTrace, withTrace } from '#main/core/trace.ts';
import { logLines } from '#test/support/log-lines.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

it('what fails in the runtime is a warning of the log, under the trace of its call', async () => {
  const dataFolder = tempFolder();
  const { logger, resource } = openLogger(dataFolder);
  const resources = new DisposableStore();
  const options = { dataFolder, clock: systemClock, logger, metrics: createMetrics() };
  const { bus } = openEvents({ ...options, keepsEvents: false }, resources);
  const trace = withTrace(null, () => {
    const message = 'no room; token=hunter2';
    bus.emit({ type: 'error', component: 'memory', code: 'NO_SPACE', message });
    return currentTrace();
  });
  bus.emit({ type: 'breaker.changed', subsystem: 'memory', state: 'open' });
  const loop = { loop: 'adaptive', cycleId: 'c1', code: 'TIMEOUT', message: 'late' } as const;
  bus.emit({ type: 'loop.error', ...loop });
  bus.emit({ type: 'memory.deleted', id: 'one of many, not for the log' });
  await resources.dispose();
  await resource.dispose();
  expect(logLines(dataFolder)).toMatchObject([
    { level: 40, trace, component: 'memory', code: 'NO_SPACE' },
    { level: 30, component: 'memory', msg: 'Its breaker is open.' },
    { level: 30, component: 'loops', loop: 'adaptive', cycle: 'c1', code: 'TIMEOUT' },
  ]);
  expect(JSON.stringify(logLines(dataFolder))).not.toContain('hunter2');
});
