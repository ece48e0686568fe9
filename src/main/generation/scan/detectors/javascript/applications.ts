import type { Place } from '../../draft.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';
import { type Framework, frameworks } from './frameworks.ts';
import { dependencyPlace, dependsOn, type PackageManifest, placeOf } from './package-json.ts';

/** The framework that a package is an application of, and what shows it. */
export type Application = { readonly framework: Framework; readonly at: Place };

const endings = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts', 'json', 'yml', ''];

/** A configuration file by the start of its name (`next.config.`), or a whole name, in a folder. */
export function configFile(tree: ProjectTree, folder: string, start: string): string | null {
  const names = start.endsWith('.') ? endings.map((ending) => `${start}${ending}`) : [start];
  return tree.firstIn(folder, [...names, ...endings.map((ending) => `${start}/config.${ending}`)]);
}

/**
 * What the package is an application of. Renderers and bundlers count where a script calls them or
 * their configuration lies in the folder: many libraries only build on them. Servers count where they
 * are needed in production.
 */
export function applicationOf(
  tree: ProjectTree,
  manifest: PackageManifest,
  role: readonly Framework['role'][],
): Application | null {
  for (const framework of frameworks) {
    if (!role.includes(framework.role)) continue;
    const name = framework.packages.find((one) =>
      framework.role === 'serves' || framework.role === 'works'
        ? manifest.dependencies.has(one)
        : dependsOn(manifest, one),
    );
    if (name === undefined || !isApplied(tree, manifest, framework)) continue;
    return { framework, at: dependencyPlace(manifest, name) ?? placeOf(manifest) };
  }
  return null;
}

function isApplied(tree: ProjectTree, manifest: PackageManifest, framework: Framework): boolean {
  const { program } = framework;
  if (program === null) return true;
  const scripts = ['build', 'start', 'dev', 'serve', 'generate', 'build:prod', 'docs:build'];
  const called = [...manifest.scripts]
    .filter(([script]) => scripts.includes(script) || script.startsWith('build:'))
    .some(([, command]) => program.test(command.slice(0, 2_000)));
  const configured = framework.configs.some(
    (start) => configFile(tree, manifest.folder, start) !== null,
  );
  if (framework.name === 'vite' || framework.name === 'parcel') {
    return (called || configured) && hasPage(tree, manifest.folder);
  }
  if (framework.name === 'sveltekit') return configured || called;
  return called || configured;
}

function hasPage(tree: ProjectTree, folder: string): boolean {
  return ['index.html', 'src/index.html', 'public/index.html', 'client/index.html'].some((page) =>
    tree.has(inFolder(folder, page)),
  );
}
