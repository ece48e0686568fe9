import type { OmegaEvent } from '#shared/contract.ts';
import type { Result } from '#shared/error.ts';

/** What every door calls: the one implementation of the contract, as the doors see it. */
export type OmegaApi = {
  /** Parses `input`, runs the route and answers; never throws and never rejects. */
  call(route: string, input: unknown, signal?: AbortSignal): Promise<Result<unknown>>;
  /** Listens to events one by one, unbatched; returns the unsubscribe function. */
  listen(listener: (event: OmegaEvent) => void): () => void;
  /** Stops what runs and closes the store. */
  dispose(): Promise<void>;
};
