import type { NearAnswer } from '#shared/near-answers.ts';
import { baseName, formatAgo } from './format.ts';
import { isMaker, makerNames } from './provider-names.ts';

/** Who wrote an answer, for which project and when, in a line. */
export function answerText(
  {
    provider,
    model,
    project,
    madeAt,
  }: Pick<NearAnswer, 'provider' | 'model' | 'project' | 'madeAt'>,
  now: number,
): string {
  const maker = `${isMaker(provider) ? makerNames[provider] : provider} ${model}`;
  const whose = project === null ? [] : [`for ${baseName(project)}`];
  return [maker, ...whose, formatAgo(madeAt, now)].join(', ');
}

/** How near, so that only the very same is 100 %. */
export function similarityText(similarity: number): string {
  return `${Math.min(100, Math.floor(similarity * 100 + 1e-4))} % alike`;
}

/** In what an answer's request differs from this one: "port 3000, here 3001". */
export function differenceText({ fact, here, there }: NearAnswer['differs'][number]): string {
  return `${fact} ${there ?? 'none'}, here ${here ?? 'none'}`;
}
