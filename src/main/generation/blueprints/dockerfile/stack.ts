import type { Service } from '#shared/scan.ts';
import type { Layout } from './layout.ts';

/** What the other blueprints must know of the image that a Dockerfile makes. */
export interface ImageFacts {
  /** Numeric user and group that the container runs as. */
  readonly uid: number;
  readonly gid: number;
  /** Port that the container listens on, or null where it has none or none is known. */
  readonly port: number | null;
  /** Folders beside `/tmp` that the process writes to. */
  readonly writable: readonly string[];
  /** Health check as argv of a program in the image, or null where there is none. */
  readonly health: readonly string[] | null;
}

/** How the services of one family of languages are built and run. */
export interface Stack {
  image(service: Service): ImageFacts;
  /** Blocks of the Dockerfile below its head, in order. */
  dockerfile(service: Service, layout: Layout): readonly string[];
  /** Patterns of the ignore file beyond the common ones. */
  ignore(service: Service): readonly string[];
}

/** The user that we add to images that bring none of their own. */
export const appUid = 10001;

/** The port that a service listens on by its own facts: none for what serves nothing. */
export function servedPort(service: Service): number | null {
  return service.kind === 'web' || service.kind === 'static' ? (service.ports[0] ?? null) : null;
}

/** Whether the framework's name starts with one of `names`, spelled without punctuation. */
export function usesFramework(service: Service, ...names: readonly string[]): boolean {
  const framework = service.framework?.toLowerCase().replace(/[^a-z0-9]/g, '') ?? '';
  return names.some((name) => framework.startsWith(name));
}

/** Whether the source reads this variable. */
export function readsEnv(service: Service, name: string): boolean {
  return service.env.some((variable) => variable.name === name);
}
