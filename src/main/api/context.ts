import type { Clock } from '#main/core/clock.ts';
import type { Logger } from '#main/core/logger.ts';
import type { Storage } from '#main/storage/storage.ts';
import type { AppInfo, OmegaEvent, ParsedInput, Route, RouteOutputs } from '#shared/contract.ts';

/** What the handlers stand on. */
export type ApiContext = {
  readonly info: AppInfo;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly storage: Storage;
  readonly emit: (event: OmegaEvent) => void;
};

/** Answers one route; throws an `OmegaError` for what it refuses. */
export type Handler<R extends Route> = (
  input: ParsedInput<R>,
  signal: AbortSignal,
) => RouteOutputs[R] | Promise<RouteOutputs[R]>;

/** The handlers of one noun: every route that begins with it, by type. */
export type HandlersOf<Noun extends string> = {
  readonly [R in Extract<Route, `${Noun}.${string}`>]: Handler<R>;
};

/** A handler for every route of the contract, by type. */
export type Handlers = { readonly [R in Route]?: Handler<R> };
