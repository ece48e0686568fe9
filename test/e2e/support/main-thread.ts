import type { CDPSession, Page } from '@playwright/test';

/** What the page's main thread did, in ms. */
export type MainThread = {
  /** Of one task, the processor time: how long it would take on a machine that does nothing else. */
  readonly longestCpuMs: number;
  /** The same by the clock, in which other processes may have run. */
  readonly longestWallMs: number;
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

/**
 * Watches the tasks of the page's main thread while something goes on. What asks the page for roles
 * or names meanwhile adds long tasks of its own: ask by CSS, and without Playwright's own trace.
 */
export async function mainThreadTasks(
  page: Page,
  meanwhile: () => Promise<void>,
): Promise<MainThread> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline'] },
  });
  await meanwhile();
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
    tasks: tasks.length,
  };
}

async function endTracing(session: CDPSession): Promise<void> {
  const complete = new Promise<void>((resolve) => {
    session.once('Tracing.tracingComplete', () => resolve());
  });
  await session.send('Tracing.end');
  await complete;
  await session.detach();
}
