import { z } from 'zod';
import { type CompletedCycle, cycleInputSchema, type LoopCycle, type LoopView } from './loops.ts';

/** A loop by its name; what is none is answered with the one that was probably meant. */
const type = z.string().min(1).max(100);
const id = z.string().min(1).max(64);

/** The inputs of the contract's routes on loops. */
export const loopRouteInputs = {
  'loop.list': z.object({}).strict(),
  'loop.run': z.object({ type, input: cycleInputSchema.prefault({}) }).strict(),
  /** The latest cycles of one loop, or of all, the newest first. */
  'loop.history': z
    .object({ type: type.optional(), limit: z.int().min(1).max(200).default(20) })
    .strict(),
  'loop.cancel': z.object({ type }).strict(),
  /** Takes back an action that is done. */
  'loop.revert': z.object({ cycle: id, action: id }).strict(),
} as const;

/** What those routes answer. */
export type LoopRouteOutputs = {
  /** The fastest first. */
  'loop.list': readonly LoopView[];
  'loop.run': CompletedCycle;
  'loop.history': readonly LoopCycle[];
  /** The cycle that was cancelled, or null where none was under way. */
  'loop.cancel': LoopCycle | null;
  /** The cycle as it is now. */
  'loop.revert': LoopCycle;
};
