import type { Place } from '../../draft.ts';
import { readToml } from '../../formats/parse.ts';
import { at, text } from '../../formats/values.ts';
import { inFolder, type ProjectTree, parentOf } from '../../project-tree.ts';
import { findLine } from '../../source-signals.ts';
import { type PackageManifest, placeOf } from './package-json.ts';
import { reduceNodeRange } from './version-range.ts';

/** A version as the project pins it, reduced to an image tag, and where. */
export type Pin = { readonly version: string; readonly at: Place };

type Runtime = 'node' | 'bun';

/**
 * The version of the runtime that the project pins: its own files first, then those of the folders
 * above it up to the scanned root. An exact pin goes before a range in package.json.
 */
export async function pinnedVersion(
  tree: ProjectTree,
  runtime: Runtime,
  manifests: readonly PackageManifest[],
  folder: string,
): Promise<Pin | null> {
  const reduce = runtime === 'node' ? reduceNodeRange : reduceBunVersion;
  for (let above = folder; ; above = parentOf(above)) {
    const pin = await pinnedIn(tree, above, runtime, reduce);
    if (pin) return pin;
    const manifest = manifests.find((one) => one.folder === above);
    const declared = manifest ? declaredIn(manifest, runtime, reduce) : null;
    if (declared) return declared;
    if (above === '.') return null;
  }
}

async function pinnedIn(
  tree: ProjectTree,
  folder: string,
  runtime: Runtime,
  reduce: (range: string) => string | null,
): Promise<Pin | null> {
  const names = runtime === 'node' ? ['.nvmrc', '.node-version'] : ['.bun-version'];
  for (const file of names.map((name) => inFolder(folder, name)).filter((path) => tree.has(path))) {
    const lines = ((await tree.read(file)) ?? '').split(/\r?\n/).slice(0, 50);
    const index = lines.findIndex((line) => /^\s*[\w^~>=<*]/.test(line));
    const version = index === -1 ? null : reduce((lines[index] as string).replace(/#.*/, ''));
    if (version !== null) return { version, at: { file, line: index + 1 } };
  }
  return (
    (await fromToolVersions(tree, folder, runtime, reduce)) ??
    fromMise(tree, folder, runtime, reduce)
  );
}

async function fromToolVersions(
  tree: ProjectTree,
  folder: string,
  runtime: Runtime,
  reduce: (range: string) => string | null,
): Promise<Pin | null> {
  const file = inFolder(folder, '.tool-versions');
  if (!tree.has(file)) return null;
  const source = (await tree.read(file)) ?? '';
  const pattern = runtime === 'node' ? /^(?:nodejs|node)[ \t]+(\S+)/m : /^bun[ \t]+(\S+)/m;
  const version = reduce(pattern.exec(source)?.[1] ?? '');
  return version === null ? null : { version, at: { file, line: findLine(source, pattern) } };
}

async function fromMise(
  tree: ProjectTree,
  folder: string,
  runtime: Runtime,
  reduce: (range: string) => string | null,
): Promise<Pin | null> {
  const file = tree.firstIn(folder, ['mise.toml', '.mise.toml', '.config/mise.toml']);
  if (file === null) return null;
  const content = await readToml(tree, file);
  const tool = at(content, 'tools', runtime) ?? at(content, 'tools', `${runtime}js`);
  const version = reduce(text(at(tool, 'version') ?? (Array.isArray(tool) ? tool[0] : tool)) ?? '');
  if (version === null) return null;
  const source = (await tree.read(file)) ?? '';
  return { version, at: { file, line: findLine(source, new RegExp(`^\\s*"?${runtime}`, 'm')) } };
}

function declaredIn(
  manifest: PackageManifest,
  runtime: Runtime,
  reduce: (range: string) => string | null,
): Pin | null {
  const { raw } = manifest;
  const paths: readonly (readonly string[])[] = [
    ['volta', runtime],
    ...(text(at(raw, 'devEngines', 'runtime', 'name')) === runtime
      ? [['devEngines', 'runtime', 'version']]
      : []),
    ['engines', runtime],
  ];
  for (const path of paths) {
    const version = reduce(text(at(raw, ...path)) ?? '');
    if (version !== null) return { version, at: placeOf(manifest, ...path) };
  }
  const own = text(raw.packageManager) ?? '';
  if (runtime === 'bun' && own.startsWith('bun@')) {
    const version = reduce(own.slice('bun@'.length));
    if (version !== null) return { version, at: placeOf(manifest, 'packageManager') };
  }
  return null;
}

/** `1.2.3` → `1.2`, `^1.1` → `1.1`, `1.x` → `1`: the tags that Bun's image has. */
function reduceBunVersion(range: string): string | null {
  const match = /^[\s^~>=v]*(\d{1,3})(?:\.(\d{1,3}))?/.exec(range.slice(0, 100));
  if (!match) return null;
  return match[2] === undefined || range.includes('>')
    ? (match[1] as string)
    : `${match[1]}.${match[2]}`;
}
