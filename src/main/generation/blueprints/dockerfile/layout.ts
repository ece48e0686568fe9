import { OmegaError } from '#shared/error.ts';
import type { Service } from '#shared/scan.ts';

/** Where a service lies in its build context; all paths are relative to the context. */
export interface Layout {
  /** The service's folder in the context, `''` where it is the context. */
  readonly folder: string;
  /** The lockfile, or null. */
  readonly lockfile: string | null;
  /** Whether the service is a member of a workspace, so that its context is a folder above it. */
  readonly workspace: boolean;
}

/**
 * Places a service in its context.
 * @throws OmegaError `INVALID_INPUT` where a path has control characters, leaves the project, or
 * the service lies outside its context: Docker could not build it.
 */
export function layoutOf(service: Service): Layout {
  const path = checked(service, service.path);
  const context = checked(service, service.context);
  const folder = below(context, path);
  if (folder === null) {
    throw new OmegaError(
      'INVALID_INPUT',
      `The service ${JSON.stringify(service.name)} in ${JSON.stringify(path)} lies outside its build context ${JSON.stringify(context)}. Scan the folder that holds both.`,
    );
  }
  const lockfile = service.lockfile === null ? null : checked(service, service.lockfile);
  return {
    folder,
    lockfile:
      lockfile === null ? null : (below(context, lockfile) ?? lockfile.split('/').at(-1) ?? null),
    workspace: folder !== '',
  };
}

/** `base` joined with a relative path; `''` gives `base`. */
export function join(base: string, path: string): string {
  return path === '' || path === '.' ? base : `${base}/${path}`;
}

/** `path` relative to `base`, or null where it is not inside. Both are normalised. */
export function below(base: string, path: string): string | null {
  if (base === path) return '';
  if (base === '.') return path;
  return path.startsWith(`${base}/`) ? path.slice(base.length + 1) : null;
}

/** The path in its shortest form, `.` for the root; refuses what Docker cannot take. */
function checked(service: Service, path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (path.startsWith('/') || parts.includes('..') || /\p{Cc}/u.test(path)) {
    throw new OmegaError(
      'INVALID_INPUT',
      `The service ${JSON.stringify(service.name)} has the path ${JSON.stringify(path)}, which a Docker build cannot use. Rename the folder so that it has no control characters and lies inside the project.`,
    );
  }
  return parts.length === 0 ? '.' : parts.join('/');
}
