import { type LoopPlan, planOf } from '#shared/loop-plan.ts';
import type { LoopAction, LoopCycle, LoopState, LoopView } from '#shared/loops.ts';
import { jsonExcerpt, timeText } from './kept-text.ts';
import { printable, type Terminal } from './terminal.ts';

const colours: Readonly<Record<LoopState, 'green' | 'cyan' | 'yellow' | 'dim'>> = {
  ready: 'green',
  running: 'cyan',
  held: 'yellow',
  off: 'yellow',
  absent: 'dim',
};

const cycleColours: Readonly<Record<LoopCycle['state'], 'green' | 'cyan' | 'red' | 'yellow'>> = {
  running: 'cyan',
  succeeded: 'green',
  failed: 'red',
  cancelled: 'yellow',
  'cut-off': 'yellow',
};

const units = [
  { ms: 86_400_000, name: 'd' },
  { ms: 3_600_000, name: 'h' },
  { ms: 60_000, name: 'min' },
  { ms: 1_000, name: 's' },
] as const;

/** A time as a person says it: `2 d`, `5 min`, `30 s`, `12 ms`. */
export function spanText(ms: number): string {
  const unit = units.find((one) => ms >= one.ms);
  if (!unit) return `${Math.round(ms)} ms`;
  return `${Math.round((ms / unit.ms) * 10) / 10} ${unit.name}`;
}

/** Prints a loop: how it is and why, how often it looks, and what came of it last. */
export function printLoop(terminal: Terminal, view: LoopView): void {
  const { loop, state, reason, periodMs, last } = view;
  const often = periodMs === null ? 'by requests and runs' : `every ${spanText(periodMs)}`;
  terminal.line(
    `${loop.padEnd(15)} ${terminal.style(colours[state], state.padEnd(8))} ${terminal.style('dim', often)}`,
  );
  if (reason !== null) terminal.line(terminal.style('dim', `    ${printable(reason)}`));
  if (last !== null) terminal.line(`    last: ${cycleText(terminal, last)}`);
}

/** Prints a cycle with what it found and did. */
export function printCycle(terminal: Terminal, cycle: LoopCycle): void {
  const { id, loop, output, error, trigger, cause } = cycle;
  const by = cause === null ? trigger : `${trigger} of ${cause}`;
  terminal.line(
    `${terminal.style('bold', printable(id))} ${loop} ${cycleText(terminal, cycle)} ${terminal.style('dim', printable(`by ${by}`))}`,
  );
  if (error !== null) terminal.line(`    ${printable(error.message)}`);
  for (const insight of output?.insights ?? []) terminal.line(`    ${printable(insight)}`);
  for (const action of output?.actions ?? []) printAction(terminal, action);
}

/** Prints what a cycle did or proposes; a plan with the command that starts it. */
export function printAction(terminal: Terminal, action: LoopAction): void {
  const { state, description, parameters } = action;
  const plan = planOf(action);
  if (plan) {
    terminal.line(`    ${terminal.style('yellow', state)} ${printable(description)}`);
    terminal.line(`        ${printable(planCommand(plan))}`);
    return;
  }
  const what = terminal.style(state === 'proposed' ? 'yellow' : 'dim', state);
  terminal.line(`    ${what} ${printable(description)} ${jsonExcerpt(parameters)}`.trimEnd());
}

/** The command that does what a loop planned. */
export function planCommand({ root, kinds, services, existing }: LoopPlan): string {
  const word = (text: string): string =>
    /^[\w./:,@+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
  const words = ['--artifacts', kinds.join(','), '--services', services.join(',')];
  return ['omega', 'generate', root, ...words, '--existing', existing].map(word).join(' ');
}

function cycleText(terminal: Terminal, { state, startedAt, durationMs }: LoopCycle): string {
  const took = durationMs === null ? '' : ` in ${spanText(durationMs)}`;
  return `${terminal.style(cycleColours[state], state)}${took}, ${timeText(startedAt)}`;
}
