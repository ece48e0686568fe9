/** Something that holds a resource until it is disposed of; disposing twice does nothing. */
export interface AsyncResource {
  dispose(): Promise<void> | void;
}

/** Holds resources and disposes of them in reverse order; an error of one does not keep the others. */
export class DisposableStore implements AsyncResource {
  readonly #resources: AsyncResource[] = [];

  /** Registers a resource where it is created, and returns it. */
  add<T extends AsyncResource>(resource: T): T {
    this.#resources.push(resource);
    return resource;
  }

  /** Disposes of all, last first; throws one AggregateError of what failed. */
  async dispose(): Promise<void> {
    const errors: unknown[] = [];
    for (let next = this.#resources.pop(); next; next = this.#resources.pop()) {
      try {
        await next.dispose();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, 'Some resources did not close cleanly');
  }
}
