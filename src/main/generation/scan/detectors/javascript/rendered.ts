import type { Place } from '../../draft.ts';
import { type ProjectTree, parentOf } from '../../project-tree.ts';
import { findLine } from '../../source-signals.ts';
import type { Application } from './applications.ts';
import { configFile } from './applications.ts';
import { dependencyPlace, dependsOn, type PackageManifest } from './package-json.ts';

/** What an application of a framework is once built. */
export type Shape = {
  readonly kind: 'web' | 'static';
  /** The program that serves it, where the package has no script for that; null where none is known. */
  readonly start: string | null;
  /** Folder of static files, relative to the package. */
  readonly output: string | null;
  /** Another folder that the build leaves, relative to the package. */
  readonly beside?: string;
  readonly at: Place;
  /** What could not be told about its start. */
  readonly doubt: string | null;
};

/** How an application that renders on a server (or only at build time) is started or where its files are. */
export async function shapeOf(
  tree: ProjectTree,
  manifest: PackageManifest,
  application: Application,
): Promise<Shape> {
  const { framework } = application;
  const config = await readConfig(tree, manifest.folder, framework.configs[0] ?? '');
  const build = manifest.scripts.get('build') ?? '';
  const at = config?.at ?? application.at;
  const web = (start: string): Shape => ({ kind: 'web', start, output: null, at, doubt: null });
  const files = (output: string | null, place: Place = at): Shape => ({
    kind: 'static',
    start: null,
    output,
    at: place,
    doubt: null,
  });
  const served = (server: string, start: string): Shape =>
    dependsOn(manifest, server)
      ? web(start)
      : {
          ...web(start),
          start: null,
          doubt: `Nothing among its packages serves its build; add ${server}, or a server of its own, to run it in a container.`,
        };
  switch (framework.name) {
    case 'next': {
      const exported = config?.find(/\boutput:\s*["']export["']/);
      if (exported) return files('out', exported);
      return /\bnext export\b/.test(build) ? files('out') : web('next start');
    }
    case 'nuxt': {
      if (/\bnuxi?t? generate\b/.test(build)) return files('.output/public');
      return web('node .output/server/index.mjs');
    }
    case 'react-router': {
      const client = config?.find(/\bssr:\s*false\b/);
      if (client) return files('build/client', client);
      return served('@react-router/serve', 'react-router-serve ./build/server/index.js');
    }
    case 'remix': {
      const vite = configFile(tree, manifest.folder, 'vite.config.') !== null;
      return served('@remix-run/serve', `remix-serve ./build/${vite ? 'server/' : ''}index.js`);
    }
    case 'sveltekit':
      return svelte(manifest, at, config);
    case 'astro':
      return astro(manifest, at, config);
    case 'tanstack-start': {
      const shape = web('node .output/server/index.mjs');
      const vite = await readConfig(tree, manifest.folder, 'vite.config.');
      const handler = vite?.find(/start\/plugin\/vite["']/);
      if (!handler || vite?.find(/\bnitro|\b(?:netlify|cloudflare)\b/)) return shape;
      const doubt =
        'Its build leaves a handler in dist/server and no server: add the nitro plugin to its Vite configuration, which makes .output/server/index.mjs.';
      return { ...shape, start: null, at: handler, doubt };
    }
    case 'solid-start':
      return web('node .output/server/index.mjs');
    default:
      return files(framework.output);
  }
}

type Config = {
  readonly at: Place;
  readonly find: (pattern: RegExp) => Place | null;
  /** The first group of the pattern, or null. */
  readonly value: (pattern: RegExp) => string | null;
};

async function readConfig(
  tree: ProjectTree,
  folder: string,
  start: string,
): Promise<Config | null> {
  const file = start === '' ? null : configFile(tree, folder, start);
  const source = file === null ? null : await tree.read(file);
  if (file === null || source === null) return null;
  return {
    at: { file, line: 1 },
    find: (pattern) => (pattern.test(source) ? { file, line: findLine(source, pattern) } : null),
    value: (pattern) => pattern.exec(source)?.[1] ?? null,
  };
}

function svelte(manifest: PackageManifest, at: Place, config: Config | null): Shape {
  const uses = (adapter: string): Place | null => {
    const name = `@sveltejs/adapter-${adapter}`;
    if (!dependsOn(manifest, name)) return null;
    return config?.find(new RegExp(`adapter-${adapter}\\b`)) ?? dependencyPlace(manifest, name);
  };
  const node = uses('node');
  if (node) {
    const folder = /\badapter\w*\(\s*\{[^{}]{0,200}?\bout:\s*["'](?:\.\/)?([\w./-]{1,80}?)\/?["']/i;
    const start = `node ${config?.value(folder) ?? 'build'}`;
    return { kind: 'web', start, output: null, at: node, doubt: null };
  }
  const files = uses('static');
  if (files) {
    const pages = config?.value(/\bpages:\s*["']([\w./-]{1,100})["']/) ?? 'build';
    const assets = config?.value(/\bassets:\s*["']([\w./-]{1,100})["']/) ?? pages;
    const beside = assets === pages ? {} : { beside: assets };
    return { kind: 'static', start: null, output: pages, ...beside, at: files, doubt: null };
  }
  return {
    kind: 'web',
    start: null,
    output: null,
    at,
    doubt:
      'Its adapter builds for a hosting platform; use @sveltejs/adapter-node (or adapter-static) to run it in a container.',
  };
}

function astro(manifest: PackageManifest, at: Place, config: Config | null): Shape {
  const server = config?.find(/\boutput:\s*["'](?:server|hybrid)["']/) ?? null;
  const adapter = config?.find(/\badapter\s*:/) ?? null;
  if (server === null && adapter === null) {
    return { kind: 'static', start: null, output: 'dist', at, doubt: null };
  }
  const place = adapter ?? server ?? at;
  const node = dependsOn(manifest, '@astrojs/node');
  const middleware = config?.find(/\bmode\s*:\s*["']middleware["']/) ?? null;
  if (node && adapter !== null && middleware === null) {
    const start = 'node ./dist/server/entry.mjs';
    return { kind: 'web', start, output: null, at: place, doubt: null };
  }
  const doubt =
    adapter === null
      ? 'It renders on a server but its configuration names no adapter, so it does not build: add @astrojs/node in standalone mode.'
      : node && middleware !== null
        ? 'Its adapter makes a middleware for a server of its own: use the standalone mode of @astrojs/node, or start that server.'
        : 'Its adapter builds for a hosting platform; use @astrojs/node to run it in a container.';
  return { kind: 'web', start: null, output: null, at: place, doubt };
}

/** Where a bundler leaves its files: its configuration's own word, else the framework's custom. */
export async function bundleOutput(
  tree: ProjectTree,
  manifest: PackageManifest,
  application: Application,
): Promise<{ readonly output: string | null; readonly at: Place }> {
  const { framework } = application;
  const custom = { output: framework.output, at: application.at };
  if (framework.name === 'vitepress' || framework.name === 'vuepress') {
    return documentationOutput(tree, manifest.folder, framework.name) ?? custom;
  }
  const [start] = framework.configs;
  const file = start === undefined ? null : configFile(tree, manifest.folder, start);
  const source = file === null ? null : await tree.read(file);
  if (file === null || source === null) return custom;
  const pattern = /\b(?:outDir|outputDir|buildDir|output)\s*:\s*["'](?<value>[\w./-]{1,100})["']/;
  const value = pattern.exec(source)?.groups?.value?.replace(/^\.\//, '').replace(/\/$/, '');
  if (value === undefined || value === '' || value.startsWith('/')) return custom;
  const rooted = /\broot\s*:\s*["'](?:\.\/)?(?<root>[\w-]{1,50})\/?["']/.exec(source)?.groups?.root;
  return {
    output:
      rooted && value.startsWith('../') ? value.slice(3) : rooted ? `${rooted}/${value}` : value,
    at: { file, line: findLine(source, pattern) },
  };
}

function documentationOutput(
  tree: ProjectTree,
  folder: string,
  name: string,
): { output: string; at: Place } | null {
  const prefix = folder === '.' ? '' : `${folder}/`;
  for (const ending of ['ts', 'mts', 'js', 'mjs']) {
    const file = tree
      .named(`config.${ending}`)
      .find((path) => path.startsWith(prefix) && path.endsWith(`.${name}/config.${ending}`));
    if (file) {
      return { output: `${parentOf(file).slice(prefix.length)}/dist`, at: { file, line: 1 } };
    }
  }
  return null;
}
