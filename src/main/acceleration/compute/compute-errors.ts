import { OmegaError } from '#shared/error.ts';

/** The process ended under a request. */
export function died(how: string): OmegaError {
  return new OmegaError('UNAVAILABLE', `The compute process ended (${how}); try again.`, {
    retryable: true,
    details: { fault: 'died' },
  });
}

/** It ended too often lately; `ms` until it is started again. */
export function resting(ms: number): OmegaError {
  const message = `The compute process kept ending and rests; try again in ${Math.ceil(ms / 1000)} s.`;
  const details = { fault: 'died', retryAfterMs: ms };
  return new OmegaError('UNAVAILABLE', message, { retryable: true, details });
}

/** It did not answer in time, `ms`. */
export function late(ms: number): OmegaError {
  const message = `The compute process did not answer within ${ms} ms; try fewer or shorter texts.`;
  return new OmegaError('TIMEOUT', message, { retryable: true, details: { fault: 'died' } });
}

/** It was closed by the app. */
export function closed(): OmegaError {
  return new OmegaError('UNAVAILABLE', 'The app is closing; start it again.', { retryable: true });
}
