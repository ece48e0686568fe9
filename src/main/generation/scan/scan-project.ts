import { basename } from 'node:path';
import { throwIfCancelled } from '#main/core/abort.ts';
import type { ScanResult } from '#shared/scan.ts';
import { type Caller, callSignals, joinCalls } from './calls/join-calls.ts';
import { setOwnAssets } from './detectors/javascript/assets.ts';
import { detectors } from './detectors/registry.ts';
import type { Draft } from './draft.ts';
import { readAppHosts } from './enrich/aspire/app-host.ts';
import { readCompose } from './enrich/compose.ts';
import { readDotnetConfiguration } from './enrich/dotnet/configuration.ts';
import { nameDatabases } from './enrich/dotnet/databases.ts';
import { joinAssets } from './enrich/embedded.ts';
import { readEnvExamples } from './enrich/env-example.ts';
import { readDockerfiles } from './enrich/existing-dockerfile.ts';
import { readManifests } from './enrich/manifests.ts';
import { nameImages } from './enrich/name-images.ts';
import { readPlatformFiles } from './enrich/platform-files.ts';
import { applyProcfiles } from './enrich/procfile.ts';
import { isDocumentation, setAside } from './enrich/set-aside.ts';
import { readTests } from './enrich/tests.ts';
import { findExisting } from './existing-files.ts';
import { findDiagrams } from './find-diagrams.ts';
import { finish } from './finish.ts';
import { inFolder, ProjectTree } from './project-tree.ts';
import { runtimeFiles } from './runtime-files.ts';
import { noteProblems, proxySignals, signalsOf } from './service-signals.ts';
import { walk } from './walk.ts';

/** What a scan takes: cancellation and a count of the files found so far. */
export type ScanOptions = {
  readonly signal: AbortSignal;
  readonly onProgress?: (files: number) => void;
  /** Texts of files as they are to be, by path: what the scan would find once they are written. */
  readonly changes?: ReadonlyMap<string, string>;
};

/**
 * Reads a project: its services with their facts and evidence, the infrastructure files it has, and
 * what was passed over. Reads only; nothing of the project is run.
 * Rejects with NOT_FOUND, NOT_READABLE, INVALID_INPUT (not a folder) or CANCELLED.
 */
export async function scanProject(root: string, options: ScanOptions): Promise<ScanResult> {
  const { changes } = options;
  const found = await walk(root, changes ? { ...options, added: changes.keys() } : options);
  const tree = new ProjectTree(found, changes);
  await tree.collectSignals(options.signal);
  const drafts: Draft[] = [];
  for (const detector of detectors) {
    throwIfCancelled(options.signal);
    drafts.push(...(await detector.detect(tree)));
  }
  const { kept, folders } = setAside(await withoutAssetBuilds(drafts, tree), tree);
  const all = await applyProcfiles(kept, tree);
  for (const enrich of [
    readPlatformFiles,
    readDockerfiles,
    readCompose,
    readManifests,
    readEnvExamples,
    readDotnetConfiguration,
    readAppHosts,
    nameDatabases,
    readTests,
  ]) {
    throwIfCancelled(options.signal);
    await enrich(all, tree);
  }
  throwIfCancelled(options.signal);
  nameImages(all);
  const services = joinAssets(all, tree, folders);
  const paths = new Set([...all.map((draft) => draft.path), ...folders]);
  noteProblems(services, tree, paths);
  const diagrams = findDiagrams(tree.files);
  const names = uniqueNames(services, basename(tree.root));
  const callerOf = (draft: Draft, name: string): Caller => {
    const own = signalsOf(draft, tree, paths);
    const { named, fallbacks } = callSignals([...own, ...proxySignals(draft, tree, paths)]);
    return {
      service: finish(draft, name, own, runtimeFiles(draft, own, tree)),
      aliases: draft.aliases,
      named: [...draft.called, ...named],
      fallbacks,
    };
  };
  return {
    root: tree.root,
    services: joinCalls(
      services.map((draft, index) => callerOf(draft, names[index] as string)),
    ).toSorted((a, b) => (a.path === b.path ? compare(a.name, b.name) : compare(a.path, b.path))),
    existing: [...(await findExisting(tree))],
    ignored: [...tree.ignored],
    ...(diagrams.length > 0 ? { diagrams: [...diagrams] } : {}),
  };
}

/** Languages whose own build runs that of a package.json beside their manifest; others have rules of their own. */
const buildBeside = new Set(['python', 'go', 'rust']);

/**
 * A package.json beside another stack's manifest bundles that stack's assets; it is no service of its
 * own. Its build goes before the service's.
 */
async function withoutAssetBuilds(
  drafts: readonly Draft[],
  tree: ProjectTree,
): Promise<readonly Draft[]> {
  const script = (draft: Draft) =>
    (draft.language === 'javascript' || draft.language === 'typescript') &&
    draft.get('packageManager') !== 'deno';
  const kept: Draft[] = [];
  for (const draft of drafts) {
    const isAside = script(draft) && draft.get('start') === null;
    const host = isAside
      ? drafts.find(
          (other) => other.path === draft.path && !script(other) && !isDocumentation(other),
        )
      : undefined;
    if (host === undefined || host.kind === 'library') {
      kept.push(draft);
      continue;
    }
    const build = draft.get('build');
    if (build === null || !buildBeside.has(host.language)) continue;
    const at = { file: inFolder(draft.path, 'package.json'), line: 1 };
    const said = draft.evidence.find(({ fact }) => fact === 'build') ?? at;
    const own = host.get('build');
    await setOwnAssets(host, tree, { folder: draft.path, scripts: null, output: null });
    host.set('build', own === null ? build : `${build} && ${own}`, said);
  }
  return kept;
}

/** Names that tell services apart; two of one name are told apart by their folders. */
function uniqueNames(drafts: readonly Draft[], project: string): readonly string[] {
  const count = new Map<string, number>();
  // A second process of a project without a name of its own is called `-worker` until here.
  const plain = drafts.map(({ name }) =>
    name === '' || name.startsWith('-') ? `${project}${name}` : name,
  );
  for (const name of plain) count.set(name, (count.get(name) ?? 0) + 1);
  const taken = new Set<string>();
  return plain.map((name, index) => {
    const path = drafts[index]?.path ?? '.';
    const wished = count.get(name) === 1 || path === '.' ? name : path.replaceAll('/', '-');
    let unique = wished;
    for (let n = 2; taken.has(unique); n += 1) unique = `${wished}-${n}`;
    taken.add(unique);
    return unique;
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
