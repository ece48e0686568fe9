import type { MetricsSnapshot } from '#shared/metrics.ts';
import type { OperationMetrics, RuntimeMetrics } from '#shared/runtime.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { instanceText } from '../instance-text.ts';
import type { Session } from '../session.ts';
import { printable, type Terminal } from '../terminal.ts';

const counts = {
  memory_stores: 'memoryStores',
  memory_queries: 'memoryQueries',
  loop_cycles: 'loopCycles',
  vector_searches: 'vectorSearches',
} as const satisfies Record<string, keyof RuntimeMetrics>;
const averages = {
  avg_query_latency: 'avgQueryLatencyMs',
  avg_cycle_time: 'avgCycleTimeMs',
} as const satisfies Record<string, keyof RuntimeMetrics>;

/**
 * `omega metrics`: what the running app counted, or this process where none runs, and says which.
 * With `--prometheus` the newest app's registry as text; `--json` has every app that runs.
 */
export async function metricsCommand(session: Session, asPrometheus: boolean): Promise<ExitCode> {
  const { terminal } = session;
  const view = await session.call('metrics.get', {});
  terminal.json(view);
  if (asPrometheus) {
    const [app] = view.instances;
    terminal.note(
      `omega: ${app ? `${instanceText(app)}.` : 'no app runs; these are the figures of this command.'}`,
    );
    for (const line of (app ?? view).prometheus.trimEnd().split('\n'))
      terminal.line(printable(line));
    return exitCodes.fine;
  }
  if (view.instances.length === 0) {
    terminal.line('No app runs on this data folder; these are the figures of this command.');
    print(terminal, view);
  }
  for (const app of view.instances) {
    terminal.line(terminal.style('bold', `${instanceText(app)}.`));
    print(terminal, app);
  }
  return exitCodes.fine;
}

function print(terminal: Terminal, { runtime, routes, process }: MetricsSnapshot): void {
  for (const [name, key] of Object.entries(counts)) row(terminal, name, String(runtime[key]));
  for (const [name, key] of Object.entries(averages))
    row(terminal, name, milliseconds(runtime[key]));
  const megabytes = (process.residentBytes / 1e6).toFixed(0);
  row(terminal, 'memory', `${megabytes} MB`);
  row(terminal, 'uptime', `${process.uptimeSeconds.toFixed(0)} s`);
  row(terminal, 'event loop delay p99', milliseconds(process.eventLoopDelayP99Ms));
  table(terminal, 'operation', runtime.operations);
  table(terminal, 'route', routes);
}

function row(terminal: Terminal, name: string, value: string): void {
  terminal.line(`${name.padEnd(24)} ${value}`);
}

function table(
  terminal: Terminal,
  title: string,
  rows: Readonly<Record<string, OperationMetrics>>,
): void {
  const names = Object.keys(rows).sort();
  if (names.length === 0) return;
  const head = ['calls', 'failed', 'average', 'p50', 'p95', 'p99'];
  const columns = (cells: readonly string[]) => cells.map((cell) => cell.padStart(10)).join('');
  terminal.line(terminal.style('dim', `${title.padEnd(24)}${columns(head)}`));
  for (const name of names) {
    const { calls, failures, averageMs, p50Ms, p95Ms, p99Ms } = rows[name] as OperationMetrics;
    const times = [averageMs, p50Ms, p95Ms, p99Ms].map(milliseconds);
    terminal.line(
      `${printable(name).padEnd(24)}${columns([String(calls), String(failures), ...times])}`,
    );
  }
}

/** Three significant figures are more than the quantiles are sure of. */
function milliseconds(ms: number | null): string {
  if (ms === null) return '-';
  return `${ms >= 1000 ? ms.toFixed(0) : Number(ms.toPrecision(3))} ms`;
}
