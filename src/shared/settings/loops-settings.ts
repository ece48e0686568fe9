import { z } from 'zod';
import type { LoopType } from '../loops.ts';

const enabled = (what: string, by = true) => z.boolean().default(by).describe(what);

const every = (by: number, what: string) =>
  z
    .number()
    .min(0.05)
    .max(10 * 365 * 86_400)
    .default(by)
    .describe(`How often the ${what} loop looks, in seconds.`);

const [minute, hour, day] = [60, 3_600, 86_400];

/** Which loops run by themselves, and how often. */
export const loopsSettings = z.object({
  enableReflexive: enabled('Answers from the cache or refuses at once, request by request.'),
  enableReactive: enabled('Mends or re-routes jobs that fail.'),
  enableAdaptive: enabled('Moves the bounds in which runs and micro-batches steer themselves.'),
  enableDeliberative: enabled('Compares each project with its infrastructure files.'),
  enableEvolutionary: enabled('Varies how files are generated and keeps what scores better.'),
  enableTransformative: enabled('Turns repeated edits into policies, and changes engines.'),
  enableTranscendent: enabled('Looks for patterns over all projects, and reports them.'),
  slowOnWeakMachines: enabled(
    'Lets the three slowest loops run on battery, and with little memory.',
    false,
  ),
  littleMemoryMb: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(6_000)
    .describe('Memory of the machine below which it counts as little, in MB; 0 is never.'),
  yieldSecs: z
    .number()
    .min(0)
    .max(30 * day)
    .default(hour)
    .describe('Longest that a loop waits for runs and calls to models to end, in seconds.'),
  adaptiveSecs: every(5 * minute, 'adaptive'),
  deliberativeSecs: every(6 * hour, 'deliberative'),
  evolutionarySecs: every(3 * day, 'evolutionary'),
  transformativeSecs: every(14 * day, 'transformative'),
  transcendentSecs: every(60 * day, 'transcendent'),
  deadlineSecs: z
    .number()
    .min(0.05)
    .max(86_400)
    .default(10 * minute)
    .describe('Longest that one cycle may take.'),
  evolutionBudgetUsd: z
    .number()
    .min(0)
    .max(10_000)
    .default(0)
    .describe(
      'US dollars that one search for a better way of asking models may cost; with 0 no provider that costs money is asked for it.',
    ),
  applyBetterStrategies: enabled(
    'Puts a way of asking models in force that does clearly better; otherwise it is only proposed.',
    false,
  ),
  keepCycles: z
    .int()
    .min(1)
    .max(100_000)
    .default(500)
    .describe('Cycles of each loop that are kept.'),
});
/** See {@link loopsSettings}. */
export type LoopsSettings = z.infer<typeof loopsSettings>;

/** Whether a loop is enabled. */
export function isLoopEnabled(settings: LoopsSettings, loop: LoopType): boolean {
  const name = `enable${loop.charAt(0).toUpperCase()}${loop.slice(1)}` as keyof LoopsSettings;
  return settings[name] === true;
}

/** The period of a loop in ms; null for those that requests and runs set going. */
export function loopPeriodMs(settings: LoopsSettings, loop: LoopType): number | null {
  if (loop === 'reflexive' || loop === 'reactive') return null;
  return settings[`${loop}Secs`] * 1_000;
}
