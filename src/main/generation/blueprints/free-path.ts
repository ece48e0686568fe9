import type { IgnoredKind, ScanResult } from '#shared/scan.ts';

const unwritable: ReadonlySet<IgnoredKind> = new Set([
  'link',
  'outside-link',
  'broken-link',
  'special',
]);

/**
 * The first of these paths that can be written: links and other special files in the project are
 * never written through, so a path at or below one is not free. The last where none is. A folder at
 * the top that the author spells otherwise (`K8s`) keeps that spelling: beside it `k8s` would be another
 * folder on one machine, and the same one on the next.
 */
export function freePath(project: ScanResult, ...paths: readonly [string, ...string[]]): string {
  const { special, folders } = tableOf(project);
  const free = (path: string) =>
    !path.split('/').some((_, at, parts) => special.has(parts.slice(0, at + 1).join('/')));
  const spelled = paths.map((path) => {
    const [top = '', ...rest] = path.split('/');
    return rest.length === 0 ? path : [folders.get(top.toLowerCase()) ?? top, ...rest].join('/');
  });
  return spelled.find(free) ?? (spelled.at(-1) as string);
}

type Table = {
  readonly special: ReadonlySet<string>;
  /** Folders at the top as the author spells them, by their names in lower case. */
  readonly folders: ReadonlyMap<string, string>;
};

/** Made once for a scan: every name of every service asks. */
const tables = new WeakMap<ScanResult, Table>();

function tableOf(project: ScanResult): Table {
  const known = tables.get(project);
  if (known) return known;
  const special = new Set(
    project.ignored.filter(({ kind }) => unwritable.has(kind)).map(({ path }) => path),
  );
  const tops = new Set(
    [...project.existing, ...project.services, ...project.ignored]
      .filter(({ path }) => path.includes('/'))
      .map(({ path }) => path.slice(0, path.indexOf('/'))),
  );
  // Where both are there, the plain one is its own.
  const folders = new Map([...tops].map((top) => [top.toLowerCase(), top]));
  for (const top of tops) if (top === top.toLowerCase()) folders.set(top, top);
  const table = { special, folders };
  tables.set(project, table);
  return table;
}
