import { OmegaError } from '#shared/error.ts';
import type { ScanResult, Service } from '#shared/scan.ts';

/** A file of a service as it is to be; `path` is relative to the project's root. */
export type Wired = { readonly path: string; readonly content: string };

/** What the wiring of one language sees. */
export type WiringContext = {
  readonly project: ScanResult;
  readonly service: Service;
  /** Name of the service in all files. */
  readonly name: string;
  /** The text at a path that `reads` names; null where there is none that can be read. */
  readonly text: (path: string) => string | null;
};

/** How a language's SDK is brought into a service. */
export type Wiring = {
  /** Files that it looks at; those that are not there are left out. */
  reads(service: Service): readonly string[];
  /** The patched and the new files; those that are wired already as they are. */
  write(context: WiringContext): readonly Wired[];
};

/** A path below a service's folder. */
export function inService({ path }: Service, name: string): string {
  return path === '.' ? name : `${path}/${name}`;
}

/** The line end of a text. */
export function lineEnd(text: string): '\r\n' | '\n' {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** `text` with the line ends of another. */
export function withLineEnds(text: string, like: string): string {
  return text.replaceAll('\n', lineEnd(like));
}

/**
 * What is thrown where a service cannot be wired safely: `todo` says what to do by hand. It is no
 * failure: the service's files stay as they are, and its manifest says why.
 */
export class CannotWire extends OmegaError {
  /** Why, and what to do, in sentences. */
  readonly reason: string;

  constructor(service: Service, why: string, todo: string) {
    const reason = `${why}. By hand: ${todo}`;
    const name = JSON.stringify(service.name);
    super('INVALID_INPUT', `OpenTelemetry cannot be wired into ${name}: ${reason}`);
    this.reason = reason;
  }
}

/** See {@link CannotWire}. */
export function byHand(service: Service, why: string, todo: string): CannotWire {
  return new CannotWire(service, why, todo);
}
