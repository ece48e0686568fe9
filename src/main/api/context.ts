import type { ResizeImage } from '#main/acceleration/vision/resize-image.ts';
import type { WarmUp } from '#main/acceleration/warm-up/warm-up.ts';
import type { ConfigStore } from '#main/core/config/config-store.ts';
import type { RunEngine } from '#main/generation/engine/run-engine.ts';
import type { Learning } from '#main/generation/memory/learning.ts';
import type { ReviewContext } from '#main/generation/review/review-context.ts';
import type { OmegaApi } from '#main/runtime/omega-api.ts';
import type { OmegaRuntime } from '#main/runtime/omega-runtime.ts';
import type { AppInfo, ParsedInput, Route, RouteOutputs } from '#shared/contract.ts';
import type { Observations } from './observations.ts';
import type { OpenGate } from './open-gate.ts';
import type { AppProviders } from './open-providers.ts';

/** What the handlers stand on. */
export type ApiContext = ReviewContext &
  AppProviders &
  OpenGate & {
    readonly info: AppInfo;
    readonly config: ConfigStore;
    readonly engine: RunEngine;
    readonly runtime: OmegaRuntime;
    readonly omega: OmegaApi;
    readonly learning: Learning;
    /** Null where the api was opened without an image process. */
    readonly resizeImage: ResizeImage | null;
    readonly warmUp: WarmUp;
    readonly observations: Observations;
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
export type Handlers = { readonly [R in Route]: Handler<R> };
