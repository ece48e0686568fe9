import type { Provenance } from '#shared/artifact.ts';
import { plural } from './format.ts';
import { makerNames } from './provider-names.ts';

/** Who made a text, in a line: the blueprint, a model and how it came to it, or the person. */
export function makerText(origin: Provenance['origin']): string {
  switch (origin.type) {
    case 'blueprint':
      return `Blueprint ${origin.version}`;
    case 'edit':
      return 'Edited by you';
    case 'model': {
      const { provider, model, cached, repairs } = origin;
      const parts = [`${makerNames[provider]} ${model}`];
      if (cached) parts.push('from the cache');
      if (repairs > 0) parts.push(plural(repairs, 'repair'));
      return parts.join(', ');
    }
  }
}
