import type { Place } from './nodes.ts';

/**
 * Why a template cannot be parsed or rendered. `places` are where it happened, the innermost first,
 * then the calls that led there. `reason` tells what the author may mean by it from what is a fault.
 */
export class TemplateError extends Error {
  readonly places: readonly Place[];
  readonly reason:
    | 'syntax'
    | 'unknown-function'
    | 'unknown-template'
    | 'fault'
    | 'required'
    | 'fail'
    | 'bounds';

  constructor(
    message: string,
    places: readonly Place[],
    reason: TemplateError['reason'] = 'fault',
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'TemplateError';
    this.places = places;
    this.reason = reason;
  }

  /** The same error with one more call around it. */
  within(place: Place): TemplateError {
    if (this.places.length >= 50) return this;
    const options = this.cause === undefined ? undefined : { cause: this.cause };
    return new TemplateError(this.message, [...this.places, place], this.reason, options);
  }
}
