import type { Provenance } from '#shared/artifact.ts';
import { baseName, formatTime, plural } from './format.ts';
import { makerNames } from './provider-names.ts';

/** Who made a text, in a line: the blueprint, a model and how it came to it, or the person. */
export function makerText(origin: Provenance['origin']): string {
  switch (origin.type) {
    case 'blueprint':
      return `Blueprint ${origin.version}`;
    case 'edit':
      return 'Edited by you';
    case 'model': {
      const { provider, model, cached, accepted, repairs } = origin;
      const parts = [`${makerNames[provider]} ${model}`];
      if (accepted) parts.push(acceptedText(accepted));
      else if (cached) parts.push('from the cache');
      if (repairs > 0) parts.push(plural(repairs, 'repair'));
      return parts.join(', ');
    }
  }
}

/** When a person accepted the answer that a text comes from; undefined where it was asked for. */
export function acceptedTitle(origin: Provenance['origin']): string | undefined {
  if (origin.type !== 'model' || !origin.accepted) return undefined;
  return `Accepted ${formatTime(origin.accepted.acceptedAt)}`;
}

type Accepted = NonNullable<Extract<Provenance['origin'], { readonly type: 'model' }>['accepted']>;

function acceptedText({ project, madeAt }: Accepted): string {
  const of = project === null ? 'another request' : baseName(project);
  return `you accepted its answer for ${of} of ${formatTime(madeAt)}`;
}
