import type { Draft, Place } from '../../draft.ts';
import { readJson } from '../../formats/parse.ts';
import { at, list, table } from '../../formats/values.ts';
import type { ProjectTree } from '../../project-tree.ts';
import { findLine } from '../../source-signals.ts';

/** Extensions that every PHP has, or that come with it in Debian. */
const builtIn = new Set([
  'ctype',
  'date',
  'fileinfo',
  'filter',
  'ftp',
  'hash',
  'iconv',
  'json',
  'libxml',
  'openssl',
  'pcntl',
  'pcre',
  'pdo',
  'phar',
  'posix',
  'reflection',
  'session',
  'sockets',
  'sodium',
  'spl',
  'tokenizer',
  'zlib',
]);
/** Extensions whose Debian package has another name. */
const packageNames: Readonly<Record<string, string>> = {
  dom: 'xml',
  simplexml: 'xml',
  xmlreader: 'xml',
  xmlwriter: 'xml',
  pdo_mysql: 'mysql',
  mysqli: 'mysql',
  pdo_pgsql: 'pgsql',
  pdo_sqlite: 'sqlite3',
};
/** Extensions of everyday use, which packages ask for and every way to install PHP brings. */
const usual = new Set(['curl', 'dom', 'mbstring', 'simplexml', 'xml', 'xmlreader', 'xmlwriter']);
/** Packages of a lockfile that are read. */
const maxPackages = 2_000;

/** Adds a requirement of composer.json: a package, or an extension with its Debian package. */
export function addRequirement(draft: Draft, key: string, place: Place): void {
  draft.dependsOn(key, place);
  addExtension(draft, key, place);
}

/** Adds the extensions that the locked packages need for production: Composer refuses to install without. */
export async function addLockedExtensions(
  draft: Draft,
  tree: ProjectTree,
  lock: string,
): Promise<void> {
  const content = await readJson(tree, lock);
  const source = (await tree.read(lock)) ?? '';
  for (const one of list(at(content, 'packages')).slice(0, maxPackages)) {
    for (const key of Object.keys(table(at(one, 'require')))) {
      if (!key.startsWith('ext-') || usual.has(key.slice(4))) continue;
      const name = debianName(key);
      if (name === null || draft.systemPackages.has(name)) continue;
      addExtension(draft, key, { file: lock, line: findLine(source, `"${key}"`) });
    }
  }
}

function addExtension(draft: Draft, key: string, place: Place): void {
  const name = debianName(key);
  if (name === null) return;
  draft.systemPackages.add(name);
  draft.evidence.push({ fact: 'systemPackages', value: name, ...place });
}

function debianName(key: string): string | null {
  const extension = /^ext-([\w-]+)$/i.exec(key)?.[1]?.toLowerCase().replaceAll('-', '_');
  if (!extension || builtIn.has(extension)) return null;
  const name = Object.hasOwn(packageNames, extension) ? packageNames[extension] : extension;
  return `php-${name?.replaceAll('_', '-')}`;
}
