import type { ConfigKey } from '#shared/config.ts';
import type { LoopAction, LoopCycle, LoopState, LoopType, LoopView } from '#shared/loops.ts';
import { formatDuration } from './format.ts';

/** How loops are called on screen, and what each does. */
export const loopNames: Readonly<Record<LoopType, readonly [name: string, does: string]>> = {
  reflexive: ['Reflexive', 'Answers from the cache or refuses at once, request by request.'],
  reactive: ['Reactive', 'Mends or re-routes jobs that fail.'],
  adaptive: ['Adaptive', 'Moves the bounds in which runs and micro-batches steer themselves.'],
  deliberative: ['Deliberative', 'Compares each project with its infrastructure files.'],
  evolutionary: ['Evolutionary', 'Varies how files are generated and keeps what scores better.'],
  transformative: ['Transformative', 'Turns repeated edits into policies, and changes engines.'],
  transcendent: ['Transcendent', 'Looks for patterns over all projects, and reports them.'],
};

/** A state in a word. */
export const loopStateNames: Readonly<Record<LoopState, string>> = {
  ready: 'On',
  running: 'Running',
  held: 'Waits',
  off: 'Off',
  absent: 'Not here',
};

/** How a cycle ended, in a word. */
export const cycleStateNames: Readonly<Record<LoopCycle['state'], string>> = {
  running: 'Running',
  succeeded: 'Went well',
  failed: 'Failed',
  cancelled: 'Cancelled',
  'cut-off': 'Cut off',
};

/** What set a cycle going, in a few words. */
export const triggerNames: Readonly<Record<LoopCycle['trigger'], string>> = {
  period: 'by its period',
  demand: 'by hand',
  event: 'by what happened',
  escalation: 'handed up',
  feedback: 'handed down',
};

/** The settings that switch a loop and, where it has one, set its period. */
export function settingsOf(loop: LoopType): {
  readonly enable: ConfigKey;
  readonly period: ConfigKey | null;
} {
  const enable = `loops.enable${loop.charAt(0).toUpperCase()}${loop.slice(1)}` as ConfigKey;
  if (loop === 'reflexive' || loop === 'reactive') return { enable, period: null };
  return { enable, period: `loops.${loop}Secs` };
}

/** When a loop looks next, or what sets it going. */
export function dueText({ state, dueAt, periodMs }: LoopView, now: number): string {
  if (periodMs === null) return 'set going by requests and runs';
  if (dueAt === null || state === 'off' || state === 'absent') return '';
  const left = dueAt - now;
  return left < 1_000 ? 'due now' : `next in ${spanText(left)}`;
}

/** A span in its largest unit: `2 days`, `5 h`, `12 min`. */
export function spanText(ms: number): string {
  const days = ms / 86_400_000;
  if (days >= 2) return `${Math.round(days)} days`;
  const hours = ms / 3_600_000;
  if (hours >= 2) return `${Math.round(hours)} h`;
  return ms >= 120_000 ? `${Math.round(ms / 60_000)} min` : formatDuration(ms);
}

/** The loops in a word: which one runs, or how many are on. */
export function loopsText(loops: readonly LoopView[]): string {
  const running = loops.find(({ state }) => state === 'running');
  if (running) return `${loopNames[running.loop][0]} runs`;
  const on = loops.filter(({ state }) => state === 'ready' || state === 'held').length;
  return `${on} of ${loops.length} on`;
}

/** What an action changed, from and to; null where it does not say. */
export function changeText({ parameters }: LoopAction): readonly [string, string] | null {
  if (!('before' in parameters) || !('after' in parameters)) return null;
  return [valueText(parameters.before ?? null), valueText(parameters.after ?? null)];
}

/** Of a memory its text is what a person reads. */
function valueText(value: LoopAction['parameters'][string] | null): string {
  if (value === null) return 'nothing';
  if (typeof value === 'object' && 'text' in value) return String(value.text);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
