import type { Detector } from '../detector.ts';
import { Draft } from '../draft.ts';
import { readToml } from '../formats/parse.ts';
import { at, text } from '../formats/values.ts';
import { inFolder, type ProjectTree, parentOf } from '../project-tree.ts';
import { findLine } from '../source-signals.ts';

type Generator = {
  readonly framework: string;
  readonly manifests: readonly string[];
  /** A file or folder beside the manifest that tells this generator's from another's of the same name. */
  readonly sign: RegExp;
  readonly build: string;
  readonly output: string;
};

const generators: readonly Generator[] = [
  {
    framework: 'hugo',
    manifests: ['hugo.toml', 'hugo.yaml', 'hugo.json'],
    sign: /./,
    build: 'hugo --minify',
    output: 'public',
  },
  {
    framework: 'zola',
    manifests: ['config.toml'],
    sign: /^(?:templates\/|content\/.*_index\.md$)/,
    build: 'zola build',
    output: 'public',
  },
  {
    framework: 'hugo',
    manifests: ['config.toml'],
    sign: /^(?:archetypes|layouts|themes)\//,
    build: 'hugo --minify',
    output: 'public',
  },
  {
    framework: 'mdbook',
    manifests: ['book.toml'],
    sign: /./,
    build: 'mdbook build',
    output: 'book',
  },
  {
    framework: 'jekyll',
    manifests: ['_config.yml'],
    sign: /^(?:_posts|_layouts|_includes)\//,
    build: 'jekyll build -d _site',
    output: '_site',
  },
];

/** Manifests of other stacks: an index.html below one is that program's page. */
const manifests = [
  'package.json',
  'Cargo.toml',
  'go.mod',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'composer.json',
  'Gemfile',
  'mix.exs',
  'pyproject.toml',
  'requirements.txt',
  'setup.py',
  'Pipfile',
  'pubspec.yaml',
  'Package.swift',
  'deno.json',
  'build.sbt',
  'project.clj',
  'deps.edn',
  'shard.yml',
  'build.zig',
  'CMakeLists.txt',
  'bun.lockb',
  'angular.json',
  'manage.py',
];

/** Sites that a generator makes, and folders of plain pages that belong to no other stack. */
export const staticSiteDetector: Detector = {
  id: 'static-site',
  detect: async (tree) => {
    const drafts: Draft[] = [];
    for (const generator of generators) {
      for (const file of generator.manifests.flatMap((name) => tree.named(name))) {
        const draft = await fromGenerator(tree, generator, file);
        if (draft && !drafts.some(({ path }) => path === draft.path)) drafts.push(draft);
      }
    }
    const pages = tree.named('index.html');
    const folders = new Set(pages.map(parentOf));
    for (const file of pages) {
      const folder = parentOf(file);
      if (
        isBelow(folder, folders) ||
        tree.nearest(folder, manifests) !== null ||
        hasProject(tree, folder)
      )
        continue;
      if (
        drafts.some(({ path }) => path === '.' || folder === path || folder.startsWith(`${path}/`))
      )
        continue;
      if (
        /(?:^|\/)(?:docs?|tests?|fixtures?|testdata|templates?|examples?|coverage|layouts?|views?)(?:\/|$)/i.test(
          folder,
        )
      )
        continue;
      const place = { file, line: 1 };
      const name = folder === '.' ? '' : (folder.split('/').at(-1) ?? '');
      drafts.push(
        new Draft(name, folder, 'html', place).set('output', '.', place).is('static', place),
      );
    }
    return drafts;
  },
};

function isBelow(folder: string, folders: ReadonlySet<string>): boolean {
  for (let at = folder; at !== '.'; ) {
    at = parentOf(at);
    if (folders.has(at)) return true;
  }
  return false;
}

/** .NET names its manifests after the project, so they are looked for by their ending. */
function hasProject(tree: ProjectTree, folder: string): boolean {
  return [...tree.withExtension('.csproj'), ...tree.withExtension('.fsproj')].some((file) => {
    const base = parentOf(file);
    return base === '.' || folder === base || folder.startsWith(`${base}/`);
  });
}

/** Hugo's settings may lie in `config/_default` of the site. */
function siteOf(file: string): string {
  const folder = parentOf(file);
  const name = 'config/_default';
  return folder === name || folder.endsWith(`/${name}`) ? parentOf(parentOf(folder)) : folder;
}

async function fromGenerator(
  tree: ProjectTree,
  generator: Generator,
  file: string,
): Promise<Draft | null> {
  const folder = siteOf(file);
  if (/(?:^|\/)themes\/[^/]+$/.test(folder)) return null;
  const inside = tree
    .under(folder)
    .map((path) => (folder === '.' ? path : path.slice(folder.length + 1)));
  if (!inside.some((path) => generator.sign.test(path)) || tree.firstIn(folder, ['Gemfile']))
    return null;
  const source = (await tree.read(file)) ?? '';
  if (generator.framework === 'zola' && !/^base_url\s*=/m.test(source)) return null;
  const place = { file, line: 1 };
  const name = folder === '.' ? '' : (folder.split('/').at(-1) ?? '');
  const draft = new Draft(name, folder, 'html', place).set('framework', generator.framework, place);
  draft
    .set('build', generator.build, place)
    .set('output', generator.output, place)
    .is('static', place);
  if (generator.framework === 'hugo') noteTheme(draft, tree, source);
  if (generator.framework === 'mdbook') await setBookOutput(draft, tree, file, source);
  return draft;
}

/** A theme that is a submodule of git is not there in a plain copy, and no page is made without it. */
function noteTheme(draft: Draft, tree: ProjectTree, source: string): void {
  const theme = /^theme\s*[:=]\s*["']?(?<name>[\w-]+)["']?\s*$/m.exec(source)?.groups?.name;
  const themes = /^themesDir\s*[:=]\s*["'](?:\.\/)?(?<folder>[\w./-]+)["']/im.exec(source);
  const folder = inFolder(draft.path, themes?.groups?.folder ?? 'themes');
  if (!theme || folder.includes('..') || tree.under(inFolder(folder, theme)).length > 0) return;
  draft.unknown(
    'build',
    `Its theme ${theme} is not in ${folder}: fetch it before the build ("git submodule update --init"), or commit it.`,
  );
}

async function setBookOutput(
  draft: Draft,
  tree: ProjectTree,
  file: string,
  source: string,
): Promise<void> {
  const folder = text(at(await readToml(tree, file), 'build', 'build-dir'));
  if (folder) draft.set('output', folder, { file, line: findLine(source, 'build-dir') });
}
