import { cancelled, throwIfCancelled } from '#main/core/abort.ts';
import { isNoSpace, systemCode } from '#main/core/file-error.ts';
import type { Logger } from '#main/core/logger.ts';
import { parseInput } from '#main/core/parse-input.ts';
import { type Route, routeInputs } from '#shared/contract.ts';
import { OmegaError, type Result } from '#shared/error.ts';
import type { Handlers } from './context.ts';

/** Parses the input of a route, calls its handler, and turns whatever happens into a result. */
export async function callRoute(
  handlers: Handlers,
  logger: Logger,
  route: string,
  input: unknown,
  signal: AbortSignal,
): Promise<Result<unknown>> {
  try {
    throwIfCancelled(signal);
    if (!isRoute(route)) {
      throw new OmegaError('NOT_FOUND', `There is no route "${String(route).slice(0, 100)}".`);
    }
    const parsed = parseInput(routeInputs[route], route, input);
    // The map's type holds each route's handler to its own input; an index by a union loses that.
    const handler = handlers[route] as (input: unknown, signal: AbortSignal) => unknown;
    return { ok: true, data: await handler(parsed, signal) };
  } catch (error) {
    return { ok: false, error: toOmegaError(error, route, signal, logger).toData() };
  }
}

function isRoute(route: unknown): route is Route {
  return typeof route === 'string' && Object.hasOwn(routeInputs, route);
}

function toOmegaError(
  error: unknown,
  route: string,
  signal: AbortSignal,
  logger: Logger,
): OmegaError {
  if (error instanceof OmegaError) return error;
  if (signal.aborted) return cancelled(signal);
  if (isNoSpace(error)) {
    return new OmegaError(
      'NO_SPACE',
      'The disk of the data folder is full; free some space and try again.',
      {
        cause: error,
        retryable: true,
      },
    );
  }
  logger.error(
    { err: error, route },
    `${route} failed: ${error instanceof Error ? error.message : String(error)}`,
  );
  return new OmegaError(
    'INTERNAL',
    `Something went wrong inside Omega (${systemCode(error) || 'see omega.log in the data folder'}).`,
    {
      cause: error,
    },
  );
}
