import type { Detector } from '../detector.ts';
import { Draft, type Place } from '../draft.ts';
import { firstLines } from '../formats/lines.ts';
import { readJson } from '../formats/parse.ts';
import { at, type Table, table, text } from '../formats/values.ts';
import { inFolder, type ProjectTree, parentOf } from '../project-tree.ts';
import { findLine } from '../source-signals.ts';
import { readPin, shorten } from '../version-pins.ts';

const frameworks: readonly (readonly [pattern: RegExp, framework: string])[] = [
  [/^laravel\/(?:framework|lumen-framework)$/, 'laravel'],
  [/^symfony\/(?:framework-bundle|symfony)$/, 'symfony'],
  [/^slim\/slim$/, 'slim'],
  [/^cakephp\/cakephp$/, 'cakephp'],
  [/^codeigniter4\/framework$/, 'codeigniter'],
  [/^yiisoft\/yii2$/, 'yii'],
  [/^(?:laminas|mezzio)\/(?:laminas-mvc|mezzio)$/, 'laminas'],
  [/^(?:drupal\/core|drupal\/core-recommended)$/, 'drupal'],
];

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

/** PHP programs: a composer.json with a document root, or a plain index.php. */
export const phpDetector: Detector = {
  id: 'php',
  detect: async (tree) => {
    const drafts: Draft[] = [];
    const manifests = tree.named('composer.json');
    for (const file of manifests) {
      const draft = await fromComposer(tree, file);
      if (draft) drafts.push(draft);
    }
    const known = manifests.map(parentOf);
    const pages = tree
      .named('index.php')
      .filter((file) => !ownedBy(parentOf(file), new Set(known)));
    const folders = new Set(pages.map(parentOf));
    for (const file of pages) {
      const folder = parentOf(file);
      // The topmost index.php is the program; those below it are its pages.
      if (folder === '.' || !ownedBy(parentOf(folder), folders)) drafts.push(plain(file, folder));
    }
    return drafts;
  },
};

/** Tells whether a folder or one above it is among these. */
function ownedBy(folder: string, folders: ReadonlySet<string>): boolean {
  for (let here = folder; ; here = parentOf(here)) {
    if (folders.has(here)) return true;
    if (here === '.') return false;
  }
}

function plain(file: string, folder: string): Draft {
  const place = { file, line: 1 };
  const isPublic = /(?:^|\/)(?:public|www|web|htdocs)$/.test(folder);
  const path = isPublic ? parentOf(folder) : folder;
  const root = isPublic ? (folder.split('/').at(-1) ?? '.') : '.';
  return new Draft(path === '.' ? '' : (path.split('/').at(-1) ?? ''), path, 'php', place)
    .is('web', place)
    .set('start', `php -S 0.0.0.0:8000 -t ${root}`, place)
    .port(8000, 'command', place);
}

async function fromComposer(tree: ProjectTree, file: string): Promise<Draft | null> {
  const manifest = await readJson(tree, file);
  const source = (await tree.read(file)) ?? '';
  if (manifest === null) return null;
  const folder = parentOf(file);
  const name =
    text(at(manifest, 'name'))?.split('/').at(-1) ??
    folder.split('/').at(-1)?.replace('.', '') ??
    '';
  const draft = new Draft(name, folder, 'php', { file, line: 1 });
  const lines = firstLines(source, /"([^"\n]+)"\s*:/g);
  const place = (key: string): Place => ({ file, line: lines.get(key) ?? 1 });
  draft.set('packageManager', 'composer', { file, line: 1 });
  draft.set('install', 'composer install --no-interaction --prefer-dist', { file, line: 1 });
  const lock = tree.firstIn(folder, ['composer.lock']);
  if (lock) draft.set('lockfile', lock, { file: lock, line: 1 });
  const required = Object.keys(table(at(manifest, 'require')));
  for (const key of required) addRequirement(draft, key, place(key));
  await setVersion(draft, tree, manifest, file, source);
  for (const [pattern, framework] of frameworks) {
    const key = required.find((one) => pattern.test(one));
    if (key && draft.get('framework') === null) draft.set('framework', framework, place(key));
  }
  setStart(draft, tree);
  if (draft.kind === 'web') await setAssets(draft, tree);
  if (draft.get('framework') === 'symfony') await readPlaceholders(draft, tree);
  return draft;
}

function addRequirement(draft: Draft, key: string, at: Place): void {
  draft.dependsOn(key, at);
  const extension = /^ext-([\w-]+)$/i.exec(key)?.[1]?.toLowerCase().replaceAll('-', '_');
  if (!extension || builtIn.has(extension)) return;
  const name = Object.hasOwn(packageNames, extension) ? packageNames[extension] : extension;
  draft.systemPackages.add(`php-${name?.replaceAll('_', '-')}`);
  draft.evidence.push({ fact: 'systemPackages', value: `php-${name}`, ...at });
}

/** Libraries with which a PHP program listens by itself. */
const servers =
  /^(?:react\/http|amphp\/http-server|workerman\/workerman|openswoole\/core|ext-(?:open)?swoole)$/;

function setStart(draft: Draft, tree: ProjectTree): void {
  const server = draft.dependencies.find(({ name }) => servers.test(name));
  const artisan = tree.firstIn(draft.path, ['artisan']);
  const front = tree.firstIn(draft.path, [
    'public/index.php',
    'web/index.php',
    'webroot/index.php',
    'www/index.php',
    'index.php',
  ]);
  if (artisan !== null && draft.get('framework') === 'laravel' && front !== null) {
    const at = { file: artisan, line: 1 };
    draft
      .is('web', at)
      .set('start', 'php artisan serve --host=0.0.0.0 --port=8000', at)
      .port(8000, 'command', at);
  } else if (front !== null && server) {
    const script = front.slice(draft.path === '.' ? 0 : draft.path.length + 1);
    draft.is('web', server).set('start', `php ${script}`, server);
  } else if (front !== null) {
    const at = { file: front, line: 1 };
    const root = parentOf(front) === draft.path ? '.' : (parentOf(front).split('/').at(-1) ?? '.');
    draft
      .is('web', at)
      .set('start', `php -S 0.0.0.0:8000 -t ${root}`, at)
      .port(8000, 'command', at);
  }
}

/** Variables that Symfony's configuration names: `%env(int:PORT)%`; one with `default:` has a fallback. */
async function readPlaceholders(draft: Draft, tree: ProjectTree): Promise<void> {
  for (const file of tree.under(inFolder(draft.path, 'config'))) {
    if (!/\.(?:ya?ml|php)$/.test(file) || /\/(?:test|dev)\//.test(file)) continue;
    for (const [index, line] of ((await tree.read(file)) ?? '').split('\n').entries()) {
      if (/^\s*#/.test(line) || line.length > 1_000) continue;
      for (const [, words = '', name = ''] of line.matchAll(
        /env\(((?:\w+:)*)([A-Z_][A-Z0-9_]*)\)/g,
      )) {
        draft.reads({ name, required: !words.includes('default:'), file, line: index + 1 });
      }
    }
  }
}

/** A bundler's build that the pages need, where a package.json beside composer.json has one. */
async function setAssets(draft: Draft, tree: ProjectTree): Promise<void> {
  const file = inFolder(draft.path, 'package.json');
  const manifest = tree.has(file) ? await readJson(tree, file) : null;
  if (text(at(manifest, 'scripts', 'build')) === null) return;
  const install = tree.has(inFolder(draft.path, 'package-lock.json')) ? 'npm ci' : 'npm install';
  const line = findLine((await tree.read(file)) ?? '', '"build"');
  draft.set('build', `${install} && npm run build`, { file, line });
}

async function setVersion(
  draft: Draft,
  tree: ProjectTree,
  manifest: Table,
  file: string,
  source: string,
): Promise<void> {
  const platform = text(at(manifest, 'config', 'platform', 'php'));
  const wanted = platform ?? text(at(manifest, 'require', 'php'));
  const pin = platform ? null : await readPin(tree, draft.path, ['php'], ['.php-version']);
  const pinned = pin && shorten(pin.version, 2);
  if (pin && pinned) {
    draft.set('runtimeVersion', pinned, pin.at);
    return;
  }
  // Of `^7.4 || ^8.0` the newest counts: it is what is still maintained.
  const versions = [...(wanted ?? '').slice(0, 200).matchAll(/(\d+)(?:\.(\d+))?/g)]
    .filter(
      (match) =>
        !/<\s*$/.test((wanted ?? '').slice(0, match.index)) &&
        !/\.$/.test((wanted ?? '').slice(0, match.index)),
    )
    .map(([, major = '', minor = '0']) => [Number(major), Number(minor)] as const)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const newest = versions.at(-1);
  if (newest)
    draft.set('runtimeVersion', newest.join('.'), { file, line: findLine(source, '"php"') });
}
