import { OmegaError } from '#shared/error.ts';
import { type GivenCycleInput, type LoopView, reportOf } from '#shared/loops.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { printText } from '../kept-text.ts';
import { printAction, printCycle, printLoop, spanText } from '../loop-text.ts';
import { readJson } from '../read-json.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';
import { whileWaiting } from '../while-waiting.ts';

/** `omega loop list`: the seven loops, how each is and what came of it last. */
export async function loopListCommand(session: Session): Promise<ExitCode> {
  const { terminal } = session;
  const loops: readonly LoopView[] = await session.call('loop.list', {});
  terminal.json(loops);
  for (const loop of loops) printLoop(terminal, loop);
  return exitCodes.fine;
}

/** `omega loop run TYPE`: a cycle of a loop now. Throws what it fails with. */
export async function loopRunCommand(
  session: Session,
  type: string,
  { input }: { readonly input?: string },
): Promise<ExitCode> {
  const { terminal } = session;
  // The route parses it.
  const given = (
    input === undefined ? {} : await readJson(input, session.signal)
  ) as GivenCycleInput;
  const work = session.call('loop.run', { type, input: given });
  const cycle = await whileWaiting(`The ${printable(type)} loop looks …`, work);
  terminal.json(cycle);
  const { cycleId, durationMs, insights, actions, nextObjectives, quality } = cycle;
  terminal.line(`Cycle ${printable(cycleId)} took ${spanText(durationMs)}.`);
  if (quality !== null) terminal.line(`Quality ${quality.toFixed(2)}.`);
  for (const insight of insights) terminal.line(`    ${printable(insight)}`);
  for (const action of actions) printAction(terminal, action);
  for (const next of nextObjectives) terminal.line(`    next: ${printable(next)}`);
  if (insights.length + actions.length === 0) terminal.note('It found nothing to say or do.');
  return exitCodes.fine;
}

/** `omega loop history [TYPE]`: the latest cycles, of one loop or of all. */
export async function loopHistoryCommand(
  session: Session,
  type: string | undefined,
  limit: number,
): Promise<ExitCode> {
  const { terminal } = session;
  const cycles = await session.call('loop.history', { ...(type && { type }), limit });
  terminal.json(cycles);
  if (cycles.length === 0) {
    terminal.note('No cycle is kept yet. To run one now: omega loop run TYPE');
  }
  for (const cycle of cycles) printCycle(terminal, cycle);
  return exitCodes.fine;
}

/** `omega loop report`: what projects have in common, as the last transcendent cycle wrote it. */
export async function loopReportCommand(session: Session): Promise<ExitCode> {
  const { terminal } = session;
  const cycles = await session.call('loop.history', { type: 'transcendent', limit: 20 });
  const cycle = cycles.find((one) => reportOf(one) !== null);
  const report = cycle ? reportOf(cycle) : null;
  if (!cycle || report === null) {
    const message = 'There is no report yet. To write one: omega loop run transcendent';
    throw new OmegaError('NOT_FOUND', message);
  }
  terminal.json({ cycleId: cycle.id, startedAt: cycle.startedAt, report });
  printText(terminal, report.trimEnd());
  return exitCodes.fine;
}
