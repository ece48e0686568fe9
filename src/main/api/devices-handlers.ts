import type { Acceleration } from '#main/acceleration/acceleration.ts';
import { OmegaError } from '#shared/error.ts';
import type { ApiContext, HandlersOf } from './context.ts';

/** What this machine computes on. Both start processes of their own and take seconds. */
export function devicesHandlers({ runtime }: ApiContext): HandlersOf<'devices'> {
  return {
    'devices.list': (_, signal) => opened(runtime.acceleration).devices(signal),
    'devices.test': (_, signal) => opened(runtime.acceleration).test(signal),
  };
}

function opened(acceleration: Acceleration | null): Acceleration {
  if (acceleration) return acceleration;
  throw new OmegaError('UNAVAILABLE', 'This app was opened without its compute process.');
}
