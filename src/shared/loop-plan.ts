import { z } from 'zod';
import { artifactKinds } from './artifact.ts';
import type { LoopAction } from './loops.ts';
import { existingModes } from './target.ts';

const planSchema = z.object({
  root: z.string().min(1).max(4096),
  kinds: z.array(z.enum(artifactKinds)).min(1),
  services: z.array(z.string()).min(1),
  /** What is to become of files that their author wrote. */
  existing: z.enum(existingModes),
});
/** A generation that a loop proposes, for a person to start. */
export type LoopPlan = z.infer<typeof planSchema>;

/** The plan that an action proposes; null where it proposes none. */
export function planOf({ kind, state, parameters }: LoopAction): LoopPlan | null {
  if (kind !== 'plan' || state !== 'proposed') return null;
  return planSchema.safeParse(parameters).data ?? null;
}
