import { OmegaError } from '#shared/error.ts';
import type { EngineSetting } from './choice/what-to-do.ts';
import { engineNames } from './engines/vector-engine.ts';

const settings: readonly EngineSetting[] = ['auto', ...engineNames];

/** The engine that `OMEGA_VECTOR_ENGINE` asks for, `auto` where it asks for none. Throws `INVALID_INPUT` for others. */
export function engineSetting(env: Readonly<Record<string, string | undefined>>): EngineSetting {
  const asked = env.OMEGA_VECTOR_ENGINE?.trim() || 'auto';
  const setting = settings.find((one) => one === asked);
  if (setting) return setting;
  const message = `The variable OMEGA_VECTOR_ENGINE is one of ${settings.join(', ')}.`;
  throw new OmegaError('INVALID_INPUT', message);
}
