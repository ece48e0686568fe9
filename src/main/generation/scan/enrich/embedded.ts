import type { Assets } from '#shared/scan.ts';
import type { Draft } from '../draft.ts';
import { commonFolder, inFolder, type ProjectTree, parentOf, relativeTo } from '../project-tree.ts';
import { signalsOf } from '../service-signals.ts';
import { shellWord } from '../shell.ts';
import { expectations, hostsOfOutput, names, type Wanted } from './embedded-wanted.ts';

/**
 * Gives front ends to the services that embed or serve what their builds leave: such a package is no
 * service of its own, and the service cannot be built (or shows nothing) before it. Returns the
 * drafts that remain; the others are listed as ignored. `folders` belong to no draft.
 */
export function joinAssets(
  drafts: readonly Draft[],
  tree: ProjectTree,
  folders: readonly string[],
): readonly Draft[] {
  const paths = new Set([...drafts.map(({ path }) => path), ...folders]);
  const sites = drafts.filter((draft) => isScript(draft) && isBuilt(draft));
  const joined = new Map<Draft, string>();
  const hosts = drafts.filter(isHost);
  // Most projects name no such folder: then no service's signals need to be gathered.
  const asking = tree.signals('.').some(({ fact, value }) => names(fact, value)) ? hosts : [];
  for (const host of asking) {
    for (const wanted of expectations(signalsOf(host, tree, paths), tree)) {
      const others = sites.filter((one) => one !== host);
      const site = others.find((one) => buildOf(one, wanted.folders, tree));
      const build = site && buildOf(site, wanted.folders, tree);
      if (!site || !build) noteMissing(host, wanted, tree);
      else if (!isCommitted(build, tree)) join(host, site, build, wanted, tree, joined);
    }
  }
  for (const host of hosts.filter(({ builds }) => builds.size > 0)) {
    for (const site of sites.filter(({ path }) => host.builds.has(path))) {
      joined.set(site, `the build of ${nameOf(host, tree)} builds it`);
    }
  }
  for (const site of sites.filter((one) => !joined.has(one))) {
    for (const wanted of hostsOfOutput(site, hosts)) {
      const [build] = buildsOf(site);
      if (build) join(wanted.host, site, build, wanted, tree, joined);
    }
  }
  for (const [site, reason] of joined) tree.passOver(site.path, reason);
  return drafts.filter((draft) => !joined.has(draft));
}

/** A build of a site, with the folders that it leaves; none where they are not known. */
type Build = { readonly command: string | null; readonly folders: readonly string[] };

/** The ways in which a site can be built: its own build, and scripts that build into other folders. */
function buildsOf(site: Draft): readonly Build[] {
  const output = site.get('output');
  const own = [
    ...(output === null ? [] : [inFolder(site.path, output)]),
    ...site.leaves.filter(({ build }) => build === null).map(({ folder }) => folder),
  ];
  const others = site.leaves.filter(({ build }) => build !== null);
  return [
    { command: site.get('build'), folders: own },
    ...others.map(({ folder, build }) => ({ command: build, folders: [folder] })),
  ];
}

/** The build of a site that leaves one of these folders, files in one, or a part of one. */
function buildOf(site: Draft, folders: readonly string[], tree: ProjectTree): Build | undefined {
  return buildsOf(site).find((build) =>
    folders.some((wanted) => {
      if (isWithin(site.path, wanted)) return false;
      if (build.folders.length === 0)
        return parentOf(wanted) === site.path && tree.under(wanted).length === 0;
      return build.folders.some((made) => isWithin(wanted, made) || isWithin(made, wanted));
    }),
  );
}

function isWithin(path: string, folder: string): boolean {
  return folder === '.' || path === folder || path.startsWith(`${folder}/`);
}

/** Whether what the build leaves is among the sources, more than a file that keeps the folder. */
function isCommitted({ folders }: Build, tree: ProjectTree): boolean {
  return folders.some((made) => tree.under(made).some((file) => !isPlaceholder(file)));
}

function isPlaceholder(file: string): boolean {
  return /(?:^|\/)(?:\.[^/]+|readme[^/]*|placeholder[^/]*)$/i.test(file);
}

function join(
  host: Draft,
  site: Draft,
  build: Build,
  { folders, at, how }: Wanted,
  tree: ProjectTree,
  joined: Map<Draft, string>,
): void {
  const place = `${at.file}:${at.line}`;
  const outputs = build.folders.length > 0 ? build.folders : folders.slice(0, 1);
  const reason = `${place} ${how} what its build leaves in ${outputs.join(' and ')}`;
  if (!reaches(host, site)) {
    const steps = [site.get('install'), build.command].filter((step) => step !== null);
    host.unknown(
      'build',
      `${reason}: build ${site.path} first (${steps.join(' && ')}), also before the image is built.`,
    );
    return;
  }
  host.needsAssets(assetsOf(site, build.command, outputs), at);
  if (how === 'serves') for (const folder of outputs) host.served.add(folder);
  // Its author deploys it by itself as well.
  if (tree.firstIn(site.path, ['Dockerfile']) !== null) return;
  joined.set(site, `part of ${nameOf(host, tree)}, which is built with it: ${reason}`);
}

/** Whether the host's build context holds the site; Go's is widened where it does not. */
function reaches(host: Draft, site: Draft): boolean {
  if (isWithin(site.context, host.context)) return true;
  const module = host.get('lockfile');
  const install = host.get('install');
  if (host.language !== 'go' || module === null || install !== 'go mod download') return false;
  const context = commonFolder([host.context, site.context]);
  const at = { file: module, line: 1 };
  const download = `go -C ${shellWord(relativeTo(context, parentOf(module)))} mod download`;
  host.context = context;
  host.set('install', download, at);
  return true;
}

function assetsOf(site: Draft, build: string | null, outputs: readonly string[]): Assets {
  return {
    path: site.path,
    context: site.context,
    runtimeVersion: site.get('runtimeVersion'),
    packageManager: site.get('packageManager') ?? 'npm',
    lockfile: site.get('lockfile'),
    install: site.get('install') ?? 'npm install',
    build,
    outputs: [...outputs],
  };
}

/** An embedded folder that neither the sources hold nor a known build leaves. */
function noteMissing(host: Draft, { folders, at, how }: Wanted, tree: ProjectTree): void {
  const [wanted] = folders;
  if (how !== 'embeds' || wanted === undefined) return;
  const there = tree.has(wanted) || tree.under(wanted).length > 0;
  if (
    there ||
    tree.ignored.some(({ path, reason }) => path === wanted && !/gitignore/.test(reason))
  )
    return;
  host.unknown(
    'build',
    `${at.file}:${at.line} embeds ${wanted}, which is not among the sources: make it before this build runs, or the build fails.`,
  );
}

function nameOf(draft: Draft, tree: ProjectTree): string {
  return draft.name === '' ? tree.name : draft.name;
}

function isScript(draft: Draft): boolean {
  return draft.language === 'javascript' || draft.language === 'typescript';
}

/** A site, or a package that only leaves files. */
function isBuilt(draft: Draft): boolean {
  return draft.get('build') !== null && (draft.kind === 'static' || draft.kind === 'library');
}

function isHost(draft: Draft): boolean {
  return draft.kind !== 'static' && draft.kind !== 'library';
}
