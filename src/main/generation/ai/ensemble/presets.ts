import type { ModelProvider } from '#shared/providers.ts';
import type { AskSettings } from '../settings.ts';

/** One question of many: whom, and how warm. */
export type Question = { readonly provider: ModelProvider; readonly temperature: number };

/** The temperatures of the presets that ask a member several times. */
const temperatures = { quality: [0.2, 0.6], diverse: [0, 0.5, 1] } as const;

/** The questions that a preset asks: each member once, twice (quality) or three times (diverse). */
export function questionsOf(settings: AskSettings): readonly Question[] {
  const { ensemble, members, use, temperature } = settings;
  if (ensemble === 'off') return [{ provider: use, temperature }];
  const warmths =
    ensemble === 'quality' || ensemble === 'diverse' ? temperatures[ensemble] : [temperature];
  return members.flatMap((provider) =>
    warmths.map((warmth) => ({ provider, temperature: warmth })),
  );
}
