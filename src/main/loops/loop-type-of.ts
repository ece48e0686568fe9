import { editDistance } from '#main/core/edit-distance.ts';
import { OmegaError } from '#shared/error.ts';
import { type LoopType, loopTypes } from '#shared/loops.ts';

/** Letters in which a name that is meant may differ. */
const mostDifferent = 4;

/** The loop of that name. Throws `INVALID_INPUT`, with the name that was probably meant. */
export function loopTypeOf(name: unknown): LoopType {
  const known = loopTypes.find((type) => type === name);
  if (known) return known;
  const given = typeof name === 'string' ? name.slice(0, 60) : typeof name;
  const distance = (type: LoopType): number =>
    editDistance(given.toLowerCase(), type, mostDifferent);
  const [near] = loopTypes.toSorted((a, b) => distance(a) - distance(b));
  const isNear = near !== undefined && distance(near) <= mostDifferent;
  const meant = isNear ? ` Do you mean ${near}?` : ` There are ${loopTypes.join(', ')}.`;
  throw new OmegaError('INVALID_INPUT', `There is no loop "${given}".${meant}`);
}
