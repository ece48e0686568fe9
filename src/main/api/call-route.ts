import type { Logger } from '#main/core/logger.ts';
import type { OperationRecorder } from '#main/core/metrics/operation-recorder.ts';
import { currentTrace, withTrace } from '#main/core/trace.ts';
import type { Result } from '#shared/error.ts';
import { answerRoute, isOurFault, isRoute } from './answer-route.ts';
import type { Handlers } from './context.ts';

/** Where calls of routes are counted and logged. */
export type RouteWatch = { readonly logger: Logger; readonly routes: OperationRecorder };

/**
 * Answers a route, see {@link answerRoute}, as part of its door's trace or of a new one. Each call is
 * counted, and one line of the log: at debug, or at info where Omega is to blame for its error.
 */
export function callRoute(
  handlers: Handlers,
  { logger, routes }: RouteWatch,
  route: string,
  input: unknown,
  signal: AbortSignal,
): Promise<Result<unknown>> {
  return withTrace(currentTrace(), async () => {
    const began = performance.now();
    const result = await answerRoute(handlers, logger, route, input, signal);
    const took = performance.now() - began;
    // A name that a stranger made up must not become a series of its own.
    const name = isRoute(route) ? route : 'unknown';
    routes.record(name, took, !result.ok);
    const outcome = result.ok ? 'ok' : result.error.code;
    const fields = { route: name, ms: Math.round(took * 100) / 100, outcome };
    if (result.ok) logger.debug(fields, `${name} answered`);
    else {
      const level = isOurFault(result.error.code) ? 'info' : 'debug';
      logger[level](fields, `${name} failed: ${result.error.message}`);
    }
    return result;
  });
}
