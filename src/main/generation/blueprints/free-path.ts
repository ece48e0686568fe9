import type { ScanResult } from '#shared/scan.ts';

/**
 * The first of these paths that can be written: links and other special files in the project are
 * never written through, so a path at or below one is not free. The last where none is.
 */
export function freePath(project: ScanResult, ...paths: readonly [string, ...string[]]): string {
  const special = new Set(
    project.ignored
      .filter(({ reason }) => reason.startsWith('a link') || reason === 'not a regular file')
      .map(({ path }) => path),
  );
  const free = (path: string) =>
    !path.split('/').some((_, at, parts) => special.has(parts.slice(0, at + 1).join('/')));
  return paths.find(free) ?? (paths.at(-1) as string);
}
