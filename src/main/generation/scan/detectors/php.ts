import type { Detector } from '../detector.ts';
import { Draft, type Place } from '../draft.ts';
import { firstLines } from '../formats/lines.ts';
import { readJson } from '../formats/parse.ts';
import { at, type Table, table, text } from '../formats/values.ts';
import { inFolder, type ProjectTree, parentOf } from '../project-tree.ts';
import { findLine } from '../source-signals.ts';
import { readPin, shorten } from '../version-pins.ts';
import { setOwnAssets } from './javascript/assets.ts';
import { addLockedExtensions, addRequirement } from './php/extensions.ts';
import { readLaravelNeeds } from './php/laravel.ts';

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
    if (drafts.length === 0) drafts.push(...pagesOnly(tree));
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

/** A project that is nothing but PHP pages at its root; where there is one only, it answers every path. */
function pagesOnly(tree: ProjectTree): readonly Draft[] {
  const [first, ...others] = tree.withExtension('.php').filter((file) => !file.includes('/'));
  const manifests = ['package.json', 'pyproject.toml', 'requirements.txt', 'go.mod', 'Gemfile'];
  if (first === undefined || tree.firstIn('.', manifests) !== null) return [];
  const place = { file: first, line: 1 };
  const draft = plain(first, '.');
  if (others.length === 0 && /^[\w.-]+$/.test(first)) {
    return [draft.set('start', `php -S 0.0.0.0:8000 ${first}`, place)];
  }
  const reason = `There is no index.php: the pages are asked for by name (/${first}). Rename the first one to index.php to serve it at /.`;
  return [draft.unknown('start', reason)];
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
  if (lock) await addLockedExtensions(draft, tree, lock);
  await setVersion(draft, tree, manifest, file, source);
  for (const [pattern, framework] of frameworks) {
    const key = required.find((one) => pattern.test(one));
    if (key && draft.get('framework') === null) draft.set('framework', framework, place(key));
  }
  setStart(draft, tree);
  if (draft.kind === 'web') {
    const output = inFolder(folder, 'public');
    await setOwnAssets(draft, tree, { folder, scripts: ['build', 'production'], output });
    const [assets] = draft.assets;
    const said = draft.evidence.find(({ fact }) => fact === 'assets');
    if (assets && said) draft.set('build', `${assets.install} && ${assets.build}`, said);
  }
  if (draft.get('framework') === 'laravel' && draft.kind === 'web') readLaravelNeeds(draft, tree);
  if (draft.get('framework') === 'symfony') await readPlaceholders(draft, tree);
  return draft;
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
    'htdocs/index.php',
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
