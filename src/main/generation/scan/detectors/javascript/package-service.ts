import type { Draft } from '../../draft.ts';
import { at } from '../../formats/values.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';
import type { Signal } from '../../source-signals.ts';
import { angularShape } from './angular.ts';
import { type Application, applicationOf } from './applications.ts';
import { draftPackage, type PackageContext } from './package-facts.ts';
import { dependsOn, type PackageManifest, placeOf } from './package-json.ts';
import { runScript } from './package-manager.ts';
import { applyStart, describeRest, isLibrary } from './package-rest.ts';
import { addPrismaClient } from './prisma.ts';
import { bundleOutput, type Shape, shapeOf } from './rendered.ts';
import { asCommand, type Start, scriptedStart, sourceStart, watchedByBun } from './start.ts';
import { buildCommand } from './workspace-build.ts';

/** Drafts the service that a package is; what it is decides how it starts. */
export async function describePackage(tree: ProjectTree, context: PackageContext): Promise<Draft> {
  const { manifest, manager, workspace } = context;
  const draft = await draftPackage(tree, context);
  const signals = tree
    .signals(manifest.folder, 'entry')
    .filter(({ file }) => isOwn(tree, manifest, file));
  const build = await buildCommand(tree, manifest, manager, workspace);
  if (build) draft.set('build', build.command, build.at);
  for (const [name, script] of manifest.scripts) {
    const folder =
      /(?:--outDir|--out-dir|--dist-dir|--output-path|--dest)[= ]["']?([\w./-]{1,100})/.exec(
        script,
      )?.[1];
    if (folder && name !== 'build') {
      draft.leaves.push({
        folder: inFolder(manifest.folder, folder),
        build: runScript(manager, name),
      });
    }
  }
  if (noteOtherPlatforms(draft, manifest)) return draft;
  const scripted = await scriptedStart(tree, manifest, manager);
  const watched =
    manager.name === 'bun' && scripted?.needs !== null && !isLibrary(manifest)
      ? watchedByBun(tree, manifest)
      : null;
  const start = watched ?? scripted;
  const listening = signals.filter(({ value }) => value === 'js-listen');
  const server = applicationOf(tree, manifest, ['serves']);
  const rendered = applicationOf(tree, manifest, ['renders']);
  const bundled = applicationOf(tree, manifest, ['bundles']);
  // A site may bring a server for its developers; it is deployed as a server only where it depends on one.
  const serves =
    bundled === null
      ? listening.length > 0 || (server !== null && (start !== null || isRun(manifest)))
      : server !== null && (listening.length > 0 || start !== null);
  if (rendered) await describeRendered(draft, tree, context, rendered, start);
  else if (serves) await describeServer(draft, tree, context, server, listening, start);
  else if (bundled) await describeBundle(draft, tree, manifest, bundled);
  else await describeRest(draft, tree, context, signals, start, server);
  addPrismaClient(draft, tree, manifest, manager);
  return draft;
}

/** Files of another package below this one tell nothing about it. */
function isOwn(tree: ProjectTree, manifest: PackageManifest, file: string): boolean {
  return (
    tree.nearest(file.slice(0, Math.max(file.lastIndexOf('/'), 0)) || '.', ['package.json']) ===
    manifest.file
  );
}

function noteOtherPlatforms(draft: Draft, manifest: PackageManifest): boolean {
  const reason = dependsOn(manifest, 'electron')
    ? 'It is a desktop application (Electron); that is packaged for desktops, not for servers.'
    : manifest.dependencies.has('expo') || manifest.dependencies.has('react-native')
      ? 'It is a mobile application (React Native); that is built for devices, not for servers.'
      : at(manifest.raw, 'engines', 'vscode') !== undefined
        ? 'It is an editor extension; that is published, not deployed.'
        : null;
  if (reason === null) return false;
  draft.is('library', placeOf(manifest)).unknown('kind', reason);
  return true;
}

async function describeRendered(
  draft: Draft,
  tree: ProjectTree,
  { manifest, manager }: PackageContext,
  application: Application,
  start: Start | null,
): Promise<void> {
  const { framework } = application;
  draft.set('framework', framework.name, application.at);
  const shape: Shape =
    framework.name === 'angular'
      ? await angularShape(tree, manifest, application)
      : await shapeOf(tree, manifest, application);
  if (shape.kind === 'static') {
    draft.is('static', shape.at);
    if (shape.output) draft.set('output', shape.output, shape.at);
    if (shape.beside) {
      draft.leaves.push({ folder: inFolder(manifest.folder, shape.beside), build: null });
    }
    return;
  }
  draft.is('web', shape.at);
  if (start && start.needs === null && !previews(start, manifest)) {
    applyStart(draft, start);
    const script = manifest.scripts.get(/ run (\S+)$/.exec(start.command)?.[1] ?? '') ?? '';
    if (shape.doubt && script.includes('.output/')) draft.unknown('start', shape.doubt);
  } else if (shape.start) draft.set('start', asCommand(shape.start, manager), shape.at);
  else if (shape.doubt) draft.unknown('start', shape.doubt);
  if (framework.port) draft.port(framework.port, 'framework', application.at);
}

/** `vite preview` and its like show a build; they are no servers for production. */
function previews(start: Start, manifest: PackageManifest): boolean {
  const script = / run (\S+)$/.exec(start.command)?.[1] ?? '';
  return /\b(?:vite|astro|nuxt|nuxi|wrangler) preview\b/.test(manifest.scripts.get(script) ?? '');
}

async function describeServer(
  draft: Draft,
  tree: ProjectTree,
  { manifest, manager }: PackageContext,
  server: Application | null,
  listening: readonly Signal[],
  scripted: Start | null,
): Promise<void> {
  const place = server?.at ?? listening[0] ?? placeOf(manifest);
  if (server) draft.set('framework', server.framework.name, server.at);
  if (isLibrary(manifest) && scripted === null) {
    draft.is('library', placeOf(manifest));
    return;
  }
  draft.is('web', place);
  const own = frameworkStart(server, manifest);
  const start = scripted ?? null;
  if (start && start.needs === null) applyStart(draft, start);
  else if (own) draft.set('start', asCommand(own, manager), place);
  else {
    const found = (await sourceStart(tree, manifest, listening, manager)) ?? start;
    if (found) applyStart(draft, found);
    else if (dependsOn(manifest, 'wrangler')) {
      draft.unknown(
        'start',
        'It is built for Cloudflare Workers; add a start for Node, Bun or Deno to run it in a container.',
      );
    }
  }
  if (server?.framework.port) draft.port(server.framework.port, 'framework', server.at);
}

function frameworkStart(server: Application | null, manifest: PackageManifest): string | null {
  switch (server?.framework.name) {
    case 'nest':
      return manifest.scripts.has('build') ? 'node dist/main' : null;
    case 'strapi':
    case 'medusa':
    case 'directus':
    case 'keystone':
      return `${server.framework.name} start`;
    case 'nitro':
      return 'node .output/server/index.mjs';
    default:
      return null;
  }
}

async function describeBundle(
  draft: Draft,
  tree: ProjectTree,
  manifest: PackageManifest,
  application: Application,
): Promise<void> {
  draft.set('framework', application.framework.name, application.at);
  const { output, at: place } = await bundleOutput(tree, manifest, application);
  const isPackage = application.framework.name === 'vite' && isLibrary(manifest);
  // Without a build it only shows other packages to their developers (a storybook).
  if (isPackage || draft.get('build') === null) draft.is('library', placeOf(manifest));
  else {
    draft.is('static', application.at);
    if (output) draft.set('output', output, place);
  }
}

/** A package that is run, if only by its developers so far: then a server library makes it a server. */
function isRun(manifest: PackageManifest): boolean {
  return (
    !isLibrary(manifest) && ['start', 'dev', 'start:dev'].some((name) => manifest.scripts.has(name))
  );
}
