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
    for (const wanted of expectations(host, signalsOf(host, tree, paths), tree)) {
      const site = sites.find((one) => one !== host && leavesAny(one, wanted.folders, tree));
      if (site === undefined) noteMissing(host, wanted, tree);
      else if (!isCommitted(site, tree)) join(host, site, wanted, tree, joined);
    }
  }
  for (const host of hosts.filter(({ builds }) => builds.size > 0)) {
    for (const site of sites.filter(({ path }) => host.builds.has(path))) {
      joined.set(site, `the build of ${nameOf(host, tree)} builds it`);
    }
  }
  for (const site of sites.filter((one) => !joined.has(one))) {
    for (const wanted of hostsOfOutput(site, hosts)) {
      join(wanted.host, site, wanted, tree, joined);
    }
  }
  for (const [site, reason] of joined) tree.passOver(site.path, reason);
  return drafts.filter((draft) => !joined.has(draft));
}

/** The folder that a site's build leaves, or null where it is not known. */
function madeBy(site: Draft): string | null {
  const output = site.get('output');
  return output === null ? null : inFolder(site.path, output);
}

/** Whether a site's build leaves one of these folders, files in one, or a part of one. */
function leavesAny(site: Draft, folders: readonly string[], tree: ProjectTree): boolean {
  const made = madeBy(site);
  return folders.some((wanted) => {
    if (isWithin(site.path, wanted)) return false;
    if (made === null) return parentOf(wanted) === site.path && tree.under(wanted).length === 0;
    return isWithin(wanted, made) || isWithin(made, wanted);
  });
}

function isWithin(path: string, folder: string): boolean {
  return folder === '.' || path === folder || path.startsWith(`${folder}/`);
}

/** Whether what the build leaves is among the sources, more than a file that keeps the folder. */
function isCommitted(site: Draft, tree: ProjectTree): boolean {
  const made = madeBy(site);
  if (made === null) return false;
  return tree.under(made).some((file) => !isPlaceholder(file));
}

function isPlaceholder(file: string): boolean {
  return /(?:^|\/)(?:\.[^/]+|readme[^/]*|placeholder[^/]*)$/i.test(file);
}

function join(
  host: Draft,
  site: Draft,
  { folders, at, how }: Wanted,
  tree: ProjectTree,
  joined: Map<Draft, string>,
): void {
  const place = `${at.file}:${at.line}`;
  const output = madeBy(site) ?? (folders[0] as string);
  const reason = `${place} ${how} what its build leaves in ${output}`;
  if (!reaches(host, site)) {
    const steps = [site.get('install'), site.get('build')].filter((step) => step !== null);
    host.unknown(
      'build',
      `${reason}: build ${site.path} first (${steps.join(' && ')}), also before the image is built.`,
    );
    return;
  }
  host.needsAssets(assetsOf(site, output), at);
  if (how === 'serves') host.served.add(output);
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

function assetsOf(site: Draft, output: string): Assets {
  return {
    path: site.path,
    context: site.context,
    runtimeVersion: site.get('runtimeVersion'),
    packageManager: site.get('packageManager') ?? 'npm',
    lockfile: site.get('lockfile'),
    install: site.get('install') ?? 'npm install',
    build: site.get('build'),
    output,
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
