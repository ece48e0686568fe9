import type { IgnoredKind, ScanResult } from '#shared/scan.ts';

const unwritable: ReadonlySet<IgnoredKind> = new Set([
  'link',
  'outside-link',
  'broken-link',
  'special',
]);

/**
 * The first of these paths that can be written: links and other special files in the project are
 * never written through, so a path at or below one is not free. The last where none is.
 */
export function freePath(project: ScanResult, ...paths: readonly [string, ...string[]]): string {
  const special = specialOf(project);
  const free = (path: string) =>
    !path.split('/').some((_, at, parts) => special.has(parts.slice(0, at + 1).join('/')));
  return paths.find(free) ?? (paths.at(-1) as string);
}

/** Made once for a scan: every name of every service asks. */
const specials = new WeakMap<ScanResult, ReadonlySet<string>>();

function specialOf(project: ScanResult): ReadonlySet<string> {
  const known = specials.get(project);
  if (known) return known;
  const special = new Set(
    project.ignored.filter(({ kind }) => unwritable.has(kind)).map(({ path }) => path),
  );
  specials.set(project, special);
  return special;
}
