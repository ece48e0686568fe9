import type { CDPSession, Page } from '@playwright/test';

/** What the page's main thread did, in ms. */
export type MainThread = {
  /** Of one task, the processor time: how long it would take on a machine that does nothing else. */
  readonly longestCpuMs: number;
  /** The same by the clock, in which other processes may have run. */
  readonly longestWallMs: number;
  /** As the browser reports them to the page. */
  readonly longTasks: readonly number[];
  readonly tasks: number;
};

type TraceEvent = {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
};

/** Watches the tasks of the page's main thread while something goes on. */
export async function mainThreadTasks(
  page: Page,
  meanwhile: () => Promise<void>,
): Promise<MainThread> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  await observeLongTasks(page);
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline'] },
  });
  await meanwhile();
  const longTasks = await page.evaluate(
    () => (globalThis as { longTasks?: number[] }).longTasks ?? [],
  );
  await endTracing(session);
  const main = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = events.filter(
    ({ name, ph, pid, tid }) => name === 'RunTask' && ph === 'X' && main.has(`${pid} ${tid}`),
  );
  const longest = (of: 'dur' | 'tdur') =>
    Math.max(0, ...tasks.map((task) => task[of] ?? 0)) / 1_000;
  return {
    longestCpuMs: longest('tdur'),
    longestWallMs: longest('dur'),
    longTasks: longTasks.map(Math.round),
    tasks: tasks.length,
  };
}

async function observeLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: number[] = [];
    (globalThis as { longTasks?: number[] }).longTasks = seen;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.push(duration);
    }).observe({ type: 'longtask' });
  });
}

async function endTracing(session: CDPSession): Promise<void> {
  const complete = new Promise<void>((resolve) => {
    session.once('Tracing.tracingComplete', () => resolve());
  });
  await session.send('Tracing.end');
  await complete;
  await session.detach();
}
