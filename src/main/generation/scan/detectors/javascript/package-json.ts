import type { Place } from '../../draft.ts';
import { readJson } from '../../formats/parse.ts';
import { at, type Table, table, text } from '../../formats/values.ts';
import { type ProjectTree, parentOf } from '../../project-tree.ts';
import { type KeyLines, keyLines } from './key-lines.ts';

/** Entries of one section that are read; a manifest with more is not written by hand. */
const maxEntries = 2_000;

/** A package.json as the detectors read it; every odd value in it has become an empty one. */
export type PackageManifest = {
  readonly file: string;
  readonly folder: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly main: string | null;
  readonly scripts: ReadonlyMap<string, string>;
  /** What is installed in production: `dependencies` and `optionalDependencies`. */
  readonly dependencies: ReadonlyMap<string, string>;
  readonly devDependencies: ReadonlyMap<string, string>;
  readonly raw: Table;
  readonly line: KeyLines;
};

/** Reads a package.json; null (and said in the tree) where it is none. */
export async function readPackage(
  tree: ProjectTree,
  file: string,
): Promise<PackageManifest | null> {
  const source = await tree.read(file);
  if (source === null) return null;
  const raw = await readJson(tree, file);
  if (raw === null) return null;
  return {
    file,
    folder: parentOf(file),
    name: text(raw.name) ?? '',
    isPrivate: raw.private === true,
    main: typeof raw.main === 'string' ? raw.main : null,
    scripts: strings(raw, 'scripts'),
    dependencies: new Map([
      ...strings(raw, 'optionalDependencies'),
      ...strings(raw, 'dependencies'),
    ]),
    devDependencies: strings(raw, 'devDependencies'),
    raw,
    line: keyLines(source),
  };
}

/** The place of a key, by the keys that lead to it. */
export function placeOf(manifest: PackageManifest, ...path: readonly string[]): Place {
  return { file: manifest.file, line: manifest.line(...path) };
}

/** The place of a dependency, in production first; null where the package does not have it. */
export function dependencyPlace(manifest: PackageManifest, name: string): Place | null {
  for (const section of ['dependencies', 'optionalDependencies', 'devDependencies']) {
    if (at(manifest.raw, section, name) !== undefined) return placeOf(manifest, section, name);
  }
  return null;
}

/** Tells whether the package names this dependency, for production or for development. */
export function dependsOn(manifest: PackageManifest, name: string): boolean {
  return manifest.dependencies.has(name) || manifest.devDependencies.has(name);
}

function strings(raw: Table, section: string): ReadonlyMap<string, string> {
  const entries = Object.entries(table(raw[section])).slice(0, maxEntries);
  return new Map(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
