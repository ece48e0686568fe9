import type { OmegaBridge, Route, RouteInput, RouteOutputs } from '#shared/contract.ts';
import { OmegaError } from '#shared/error.ts';

/** Calls a route and gives its data; throws what the route answered as an {@link OmegaError}. */
export async function callRoute<R extends Route>(
  bridge: OmegaBridge,
  route: R,
  input: RouteInput<R>,
): Promise<RouteOutputs[R]> {
  const result = await bridge.call(route, input);
  if (result.ok) return result.data;
  const { code, message, retryable, details } = result.error;
  throw new OmegaError(code, message, { retryable, ...(details ? { details } : {}) });
}

/** Like {@link callRoute}, but gives up with TIMEOUT after `ms` milliseconds. */
export async function callRouteWithin<R extends Route>(
  bridge: OmegaBridge,
  route: R,
  input: RouteInput<R>,
  ms: number,
): Promise<RouteOutputs[R]> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new OmegaError('TIMEOUT', 'Omega does not answer. Is it still running?', {
            retryable: true,
          }),
        ),
      ms,
    );
  });
  try {
    return await Promise.race([callRoute(bridge, route, input), late]);
  } finally {
    clearTimeout(timer);
  }
}
