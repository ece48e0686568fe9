import type { Draft, Place } from '../draft.ts';
import { inFolder, type ProjectTree, parentOf } from '../project-tree.ts';
import type { Signal } from '../source-signals.ts';

/** A folder that a service wants to be there, by the paths that its sources may mean. */
export type Wanted = {
  readonly folders: readonly string[];
  /**
   * `embeds` a folder into the binary, `includes` a file in it, `serves` a folder when it runs, or
   * `holds` it among its own files.
   */
  readonly how: 'embeds' | 'includes' | 'serves' | 'holds';
  readonly at: Place;
};

/** Where each language's embedding looks: beside the file, or in the folder of the manifest. */
const embeds: Readonly<Record<string, 'file' | 'manifest'>> = {
  'go-embed:': 'file',
  'rust-include:': 'file',
  'rust-embed:': 'manifest',
};

/** Whether a signal names a folder or file that a program embeds or reads. */
export function names(fact: Signal['fact'], value: string): boolean {
  return fact === 'file' || (fact === 'entry' && prefixOf(value) !== undefined);
}

function prefixOf(value: string): string | undefined {
  return Object.keys(embeds).find((one) => value.startsWith(one));
}

/** What the sources of a service say that it embeds or serves; paths that leave the project are left out. */
export function expectations(own: readonly Signal[], tree: ProjectTree): readonly Wanted[] {
  const found: Wanted[] = [];
  for (const { fact, value, file, line } of own) {
    const at = { file, line };
    if (fact === 'entry') {
      const prefix = prefixOf(value);
      if (prefix === undefined) continue;
      const crate = embeds[prefix] === 'file' ? null : tree.nearest(parentOf(file), ['Cargo.toml']);
      const base = parentOf(crate ?? file);
      const folder = inFolder(base, plain(value.slice(prefix.length)));
      const how = prefix === 'rust-include:' ? 'includes' : 'embeds';
      if (!tree.has(folder)) found.push({ folders: [folder], how, at });
    } else if (fact === 'file') {
      const named = plain(value);
      const folders = [...new Set(above(file).map((base) => inFolder(base, named)))];
      if (named !== '.' && !folders.some((folder) => tree.has(folder)))
        found.push({ folders, how: 'serves', at });
    }
  }
  return found;
}

/** The folders that a relative path may start from: code climbs from its own file, or is started above it. */
function above(file: string): readonly string[] {
  const folders: string[] = [];
  for (let at = parentOf(file); ; at = parentOf(at)) {
    folders.push(at);
    if (at === '.' || folders.length > 20) return folders;
  }
}

/** The part of a pattern that names a folder or file. */
function plain(pattern: string): string {
  const glob = pattern.search(/[*?[{]/);
  const named = glob === -1 ? pattern : pattern.slice(0, pattern.lastIndexOf('/', glob) + 1);
  return named.replace(/^\.\//, '').replace(/\/+$/, '') || '.';
}

/** A {@link Wanted} with the service that wants it. */
export type HostOfOutput = Wanted & { readonly host: Draft };

/** The services that hold the folder which a site's configuration lets its build leave outside of the site. */
export function hostsOfOutput(site: Draft, hosts: readonly Draft[]): readonly HostOfOutput[] {
  const output = site.get('output');
  if (output === null || !output.startsWith('../')) return [];
  const made = inFolder(site.path, output);
  const said = site.evidence.find(({ fact }) => fact === 'output');
  const holders = hosts.filter(({ path }) => path !== site.path && isBelow(made, path));
  const deepest = Math.max(...holders.map(({ path }) => path.length));
  return holders
    .filter(({ path, kind }) => path.length === deepest && kind !== 'cli')
    .map((host) => ({
      host,
      folders: [made],
      how: 'holds',
      at: said ? { file: said.file, line: said.line } : { file: site.path, line: 1 },
    }));
}

function isBelow(path: string, folder: string): boolean {
  return folder === '.' || path.startsWith(`${folder}/`);
}
