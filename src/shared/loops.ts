import { z } from 'zod';
import { errorDataSchema } from './error.ts';

/** The seven loops, the fastest first. */
export const loopTypes = [
  'reflexive',
  'reactive',
  'adaptive',
  'deliberative',
  'evolutionary',
  'transformative',
  'transcendent',
] as const;
/** One of {@link loopTypes}. */
export type LoopType = (typeof loopTypes)[number];

/** Most characters of a cycle's input, and of its output, as JSON. */
const mostInput = 65_536;
const mostOutput = 1_000_000;

const data = z.record(z.string().min(1).max(200), z.json());

const within = (most: number) => ({
  check: (value: unknown): boolean => JSON.stringify(value).length <= most,
  error: `takes at most ${most.toLocaleString('en')} characters as JSON`,
});
const [inputBound, outputBound] = [within(mostInput), within(mostOutput)];

/** What a cycle is given beside the history that it reads itself. */
export const cycleInputSchema = z
  .object({
    data: data.default({}),
    context: z.string().max(2_000).default(''),
    objectives: z.array(z.string().min(1).max(500)).max(100).default([]),
  })
  .strict()
  .refine(inputBound.check, { error: inputBound.error });
/** See {@link cycleInputSchema}. */
export type CycleInput = z.infer<typeof cycleInputSchema>;
/** A {@link CycleInput} as a caller gives it: what it leaves out is empty. */
export type GivenCycleInput = z.input<typeof cycleInputSchema>;

/**
 * What becomes of an action: those inside the runtime are done, and can be taken back; those that
 * change files or spend money are proposed to a person, and never done here.
 */
export const actionStates = ['done', 'proposed', 'reverted'] as const;

/** Something that a cycle did, or proposes. */
export const loopActionSchema = z.object({
  id: z.string().max(64),
  /** What it changes: `setting`, `policy`, `memory`, `plan` … */
  kind: z.string().min(1).max(60),
  description: z.string().max(2_000),
  parameters: data,
  state: z.enum(actionStates),
});
/** See {@link loopActionSchema}. */
export type LoopAction = z.infer<typeof loopActionSchema>;

/** What a cycle found and did. */
export const cycleOutputSchema = z
  .object({
    results: data,
    /** Sentences that are worth remembering. */
    insights: z.array(z.string().min(1).max(2_000)).max(200),
    actions: z
      .array(loopActionSchema)
      .max(200)
      .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, {
        error: 'each action has an id of its own',
      }),
    nextObjectives: z.array(z.string().max(500)).max(100),
    /** How well it went, 0 to 1, by what the loop measures; null where there was nothing to measure. */
    quality: z.number().min(0).max(1).nullable(),
  })
  .refine(outputBound.check, { error: outputBound.error });
/** See {@link cycleOutputSchema}. */
export type CycleOutput = z.infer<typeof cycleOutputSchema>;

/**
 * What set a cycle going: its period, a person, something that happened (a job that failed), or a
 * cycle of another loop.
 */
export const cycleTriggers = ['period', 'demand', 'event', 'escalation', 'feedback'] as const;
/** One of {@link cycleTriggers}. */
export type CycleTrigger = (typeof cycleTriggers)[number];

/** How a cycle ended; `cut-off` is one whose process ended in the middle of it. */
export const cycleStates = ['running', 'succeeded', 'failed', 'cancelled', 'cut-off'] as const;
/** One of {@link cycleStates}. */
export type CycleState = (typeof cycleStates)[number];

/** One cycle of a loop, as it is kept. Times in ms since 1970. */
export const loopCycleSchema = z.object({
  id: z.string(),
  loop: z.enum(loopTypes),
  trigger: z.enum(cycleTriggers),
  /** The cycle of another loop that set it going, or null. */
  cause: z.string().nullable(),
  state: z.enum(cycleStates),
  startedAt: z.number(),
  /** Measured by a clock that never jumps; null while it runs, and where it was cut off. */
  durationMs: z.number().nullable(),
  input: cycleInputSchema,
  output: cycleOutputSchema.nullable(),
  error: errorDataSchema.nullable(),
});
/** See {@link loopCycleSchema}. */
export type LoopCycle = z.infer<typeof loopCycleSchema>;

/** What a cycle wrote for a person to read, as Markdown; null where it wrote nothing. */
export function reportOf({ output }: Pick<LoopCycle, 'output'>): string | null {
  const report = output?.results.report;
  return typeof report === 'string' && report !== '' ? report : null;
}

/** What a cycle came to that was asked for and went well. */
export type CompletedCycle = CycleOutput & {
  readonly cycleId: string;
  readonly durationMs: number;
};

/**
 * How a loop is: `ready` for its next cycle, in the middle of one, due but `held` back, `off` by the
 * settings, or `absent`, where what it works on is not there.
 */
export type LoopState = 'ready' | 'running' | 'held' | 'off' | 'absent';

/** A loop as it is shown. Times in ms since 1970. */
export type LoopView = {
  readonly loop: LoopType;
  readonly state: LoopState;
  /** Why it is held back, off or absent; null otherwise. */
  readonly reason: string | null;
  /** Null for those that requests and runs set going. */
  readonly periodMs: number | null;
  /** Null where it does not begin by itself here. */
  readonly dueAt: number | null;
  /** Whether what its cycles did can be taken back. */
  readonly reverts: boolean;
  /** Its latest cycle, of any process of this data folder. */
  readonly last: LoopCycle | null;
};
