import { z } from 'zod';
import type { LoopCycle } from '#shared/loops.ts';
import { modelProviders } from '#shared/providers.ts';
import type { Connection } from '../engine/loop.ts';

/** Failures of one kind that are a pattern, and within which time, in ms. */
const leastAlike = 3;
const windowMs = 10 * 60_000;

const casesSchema = z.array(
  z.object({
    provider: z.enum(modelProviders),
    failure: z.string().nullable(),
    rules: z.array(z.string()),
  }),
);

type Told = z.infer<typeof casesSchema>[number];

/** What goes wrong in the same way again and again: a provider with one failure, or with one rule. */
export const patternsToAdaptive: Connection = {
  from: 'reactive',
  to: 'adaptive',
  how: 'escalation',
  input: (cycle, history) => {
    const now = casesOf(cycle).flatMap(namesOf);
    const recent = history
      .filter(({ startedAt }) => Math.abs(cycle.startedAt - startedAt) <= windowMs)
      .flatMap(casesOf)
      .flatMap(namesOf);
    const counts = Map.groupBy(recent, ({ name }) => name);
    const patterns = [...new Set(now.map(({ name }) => name))].flatMap((name) => {
      const alike = counts.get(name) ?? [];
      const [first] = alike;
      if (!first || alike.length < leastAlike) return [];
      return [{ provider: first.provider, of: first.of, count: alike.length }];
    });
    if (patterns.length === 0) return null;
    const context = 'Jobs fail again and again in the same way.';
    return { data: { patterns: patterns.slice(0, 100) }, context, objectives: [] };
  },
};

function casesOf({ output }: LoopCycle): readonly Told[] {
  return casesSchema.safeParse(output?.results.cases).data ?? [];
}

function namesOf({ provider, failure, rules }: Told) {
  const whats = failure === null ? [...new Set(rules)] : [failure];
  return whats.map((of) => ({ provider, of, name: `${provider} ${of}` }));
}
