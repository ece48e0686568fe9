import { z } from 'zod';
import type { LoopCycle } from '#shared/loops.ts';

const stateSchema = z.object({
  root: z.string(),
  /** When it was looked at last, in ms since 1970. */
  at: z.number(),
  /** Names what was found then, so that the same is not told again; null where nothing was. */
  found: z.string().nullable(),
  /** Why it could not be looked at; null where it could. */
  failed: z.string().nullable(),
  /** What drifted, as `about kind`: what several projects may have in common. */
  drifted: z.array(z.string()),
});
/** What a cycle knows of a project from those before it. */
export type ProjectState = z.infer<typeof stateSchema>;

const resultsSchema = z.object({ projects: z.array(stateSchema) });

/** What a cycle knew of the projects when it was over; none where it did not get so far. */
export function statesOf({ output }: LoopCycle): readonly ProjectState[] {
  return resultsSchema.safeParse(output?.results).data?.projects ?? [];
}

/** What is known from the last cycle that went well, by root. */
export function knownStates(history: readonly LoopCycle[]): ReadonlyMap<string, ProjectState> {
  const last = history.find(({ state }) => state === 'succeeded');
  return new Map(last ? statesOf(last).map((one) => [one.root, one]) : []);
}

/** At most so many roots: those asked for, then those never looked at, then those of longest ago. */
export function nextRoots(
  roots: readonly string[],
  states: ReadonlyMap<string, ProjectState>,
  { asked, most }: { readonly asked: readonly string[]; readonly most: number },
): readonly string[] {
  const wanted = new Set(asked);
  const place = (root: string): number => (wanted.has(root) ? -1 : (states.get(root)?.at ?? 0));
  return roots.toSorted((one, other) => place(one) - place(other)).slice(0, most);
}
