import { z } from 'zod';
import type { LoopCycle } from '#shared/loops.ts';
import type { Connection } from '../engine/loop.ts';
import { traitGroups } from './trait.ts';

const patternSchema = z.object({
  key: z.string(),
  name: z.string(),
  groups: z.array(z.enum(traitGroups)),
  support: z.number(),
  without: z.array(z.string()),
});
const resultsSchema = z.object({ patterns: z.array(patternSchema) });
type Found = z.infer<typeof patternSchema>;

/** Of how many projects that have it one without it is the odd one out. */
const least = 3;

/**
 * A project that lacks what nearly all others share may have been forgotten: the deliberative loop
 * looks at it first, once for each pattern.
 */
export const oddOnesOut: Connection = {
  from: 'transcendent',
  to: 'deliberative',
  how: 'feedback',
  input: (cycle, history) => {
    const before = history.find(({ id, state }) => id !== cycle.id && state === 'succeeded');
    const known = new Set(before ? oddIn(before).map(({ key }) => key) : []);
    const fresh = oddIn(cycle).filter(({ key }) => !known.has(key));
    if (fresh.length === 0) return null;
    const roots = [...new Set(fresh.flatMap(({ without }) => without))];
    const context = `They lack what the others share: ${fresh.map(({ name }) => name).join(', ')}.`;
    return { data: { roots }, context: context.slice(0, 2_000), objectives: [] };
  },
};

function oddIn({ output }: LoopCycle): readonly Found[] {
  const { data } = resultsSchema.safeParse(output?.results);
  return (data?.patterns ?? []).filter(
    // To lack a finding is no fault.
    ({ groups, support, without }) =>
      without.length === 1 && support >= least && !groups.includes('finding'),
  );
}
