import type { OmegaEvent } from '#shared/contract.ts';
import type { AsyncResource } from './disposable.ts';

/** Tells every listener what happened; a listener that throws keeps none of the others. */
export class EventBus implements AsyncResource {
  readonly #listeners = new Set<(event: OmegaEvent) => void>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** Calls the listener with each event until the returned function is called. */
  listen(listener: (event: OmegaEvent) => void): () => void {
    // A wrapper for each call, so that one function registered twice is two subscriptions.
    const entry = (event: OmegaEvent): void => listener(event);
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  /** Sends an event to those who listen now. */
  emit(event: OmegaEvent): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
