import type { NearAnswer } from '#shared/near-answers.ts';
import type { NotedFact } from '../prompts/request-note.ts';

/** In which facts two requests differ: first those of this one, in its order, then what only the other has. */
export function compareFacts(
  here: readonly NotedFact[],
  there: readonly NotedFact[],
): NearAnswer['differs'] {
  const own = new Map(here.map(({ fact, value }) => [fact, value]));
  const other = new Map(there.map(({ fact, value }) => [fact, value]));
  return [...new Set([...own.keys(), ...other.keys()])]
    .filter((fact) => own.get(fact) !== other.get(fact))
    .map((fact) => ({ fact, here: own.get(fact) ?? null, there: other.get(fact) ?? null }));
}
