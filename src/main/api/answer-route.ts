import { cancelled, throwIfCancelled } from '#main/core/abort.ts';
import { isNoSpace, systemCode } from '#main/core/file-error.ts';
import type { Logger } from '#main/core/logger.ts';
import { parseInput } from '#main/core/parse-input.ts';
import { currentTrace } from '#main/core/trace.ts';
import { type Route, routeInputs } from '#shared/contract.ts';
import { type ErrorCode, OmegaError, type Result } from '#shared/error.ts';
import type { Handlers } from './context.ts';

/** Errors of ours, not of the caller: the log says more of them, by the trace that they name. */
const ourFault: ReadonlySet<ErrorCode> = new Set([
  'TIMEOUT',
  'UNAVAILABLE',
  'CIRCUIT_OPEN',
  'SUBSYSTEM_DEGRADED',
  'INTERNAL',
]);

/** Whether a code tells of a fault of ours. */
export function isOurFault(code: ErrorCode): boolean {
  return ourFault.has(code);
}

/** Whether there is a route of that name. */
export function isRoute(route: unknown): route is Route {
  return typeof route === 'string' && Object.hasOwn(routeInputs, route);
}

/** Parses the input of a route, calls its handler, and turns whatever happens into a result. */
export async function answerRoute(
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
    const data = toOmegaError(error, route, signal, logger).toData();
    if (!isOurFault(data.code)) return { ok: false, error: data };
    return { ok: false, error: { ...data, details: { ...data.details, trace: currentTrace() } } };
  }
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
      { cause: error, retryable: true },
    );
  }
  const said = error instanceof Error ? error.message : String(error);
  logger.error({ err: error, route }, `${route} failed: ${said}`);
  const code = systemCode(error);
  const why = code ? ` (${code})` : '';
  return new OmegaError(
    'INTERNAL',
    `Something went wrong inside Omega${why}; see \`omega logs --trace ${currentTrace()}\`.`,
    { cause: error },
  );
}
