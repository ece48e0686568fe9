import type { Detector } from '../detector.ts';
import { Draft, type Place } from '../draft.ts';
import { commonFolder, inFolder, type ProjectTree, parentOf, relativeTo } from '../project-tree.ts';
import { shellWord } from '../shell.ts';
import { findLine } from '../source-signals.ts';
import { describeCommand } from './go-command.ts';
import type { GoModule } from './go-packages.ts';

type Manifest = GoModule & {
  readonly file: string;
  readonly text: string;
  /** Modules that it requires, longest path first, and where. */
  readonly requires: ReadonlyMap<string, Place>;
  /** Folders of the project that its build needs beside its own. */
  readonly needs: readonly string[];
};

/** Go modules: every `main` package is a service of its own, built from the module's root. */
export const goDetector: Detector = {
  id: 'go',
  detect: async (tree) => {
    const read = await Promise.all(tree.named('go.mod').map((file) => readModule(tree, file)));
    const modules = read.filter((module) => module !== null);
    // The deepest module first, so that an import finds the nearest.
    const byName = [...modules].sort((a, b) => b.name.length - a.name.length);
    const folders = new Set(modules.map(({ folder }) => folder));
    const mains = Map.groupBy(mainFolders(tree), (path) => ownerOf(path, folders));
    const drafts: Draft[] = [];
    for (const module of modules) {
      const own = mains.get(module.folder) ?? [];
      for (const path of own.length > 0 ? own : [module.folder]) {
        const draft = draftOf(tree, module, path);
        if (own.length > 0) describeCommand(draft, tree, module.folder, byName, module.requires);
        else for (const [name, at] of module.requires) draft.dependsOn(name, at);
        drafts.push(draft);
      }
    }
    return drafts;
  },
};

function draftOf(tree: ProjectTree, module: Manifest, path: string): Draft {
  const { file, text, folder } = module;
  const name =
    module.name
      .replace(/\/v\d+$/, '')
      .split('/')
      .at(-1) ?? module.name;
  const own = path === folder ? name : (path.split('/').at(-1) ?? name);
  const at = { file, line: findLine(text, /^module/m) };
  const draft = new Draft(own, path, 'go', at);
  const workspace = tree.nearest(folder, ['go.work']);
  draft.context = commonFolder([folder, ...module.needs]);
  for (const [fact, pattern] of [
    ['go', /^go\s+(\d+\.\d+)/m],
    ['toolchain', /^toolchain\s+go(\d+\.\d+)/m],
  ] as const) {
    const version = pattern.exec(text)?.[1];
    const line = findLine(text, new RegExp(`^${fact}\\s`, 'm'));
    if (version) draft.set('runtimeVersion', version, { file, line });
  }
  draft.set('packageManager', 'go', at);
  const inside = draft.context === folder || (workspace && parentOf(workspace) === draft.context);
  const download = inside
    ? 'go mod download'
    : `go -C ${shellWord(relativeTo(draft.context, folder))} mod download`;
  // With a vendor folder the build takes all modules from there and needs no network.
  if (!isVendored(tree, folder)) draft.set('install', download, at);
  const sum = tree.firstIn(folder, ['go.sum']);
  if (sum) draft.set('lockfile', sum, { file: sum, line: 1 });
  return draft;
}

/** The walk passes a vendor folder over; that it is there, it says. */
function isVendored(tree: ProjectTree, folder: string): boolean {
  const vendor = inFolder(folder, 'vendor');
  return tree.ignored.some(({ path }) => path === vendor);
}

async function readModule(tree: ProjectTree, file: string): Promise<Manifest | null> {
  const text = await tree.read(file);
  if (text === null) return null;
  const folder = parentOf(file);
  const name = /^module\s+"?([^\s"]+)"?/m.exec(text)?.[1];
  if (!name) {
    tree.misunderstood(file, 'no module line: run "go mod init"');
    return null;
  }
  const requires = new Map<string, Place>();
  const needs: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const required = /^(?:require\s+|\s+)([\w.-]+\.[\w./~-]+)\s+v\S+/.exec(line)?.[1];
    if (required) requires.set(required, { file, line: index + 1 });
    const replaced = /=>\s*(\.{1,2}\/\S*)/.exec(line)?.[1];
    if (replaced) needs.push(inFolder(folder, replaced));
  }
  needs.push(...(await workspaceNeeds(tree, folder, requires)));
  return { name, folder, file, text, requires, needs };
}

/** Where a workspace provides a module that this one requires, the build needs the workspace. */
async function workspaceNeeds(
  tree: ProjectTree,
  folder: string,
  requires: ReadonlyMap<string, Place>,
): Promise<readonly string[]> {
  const workspace = tree.nearest(folder, ['go.work']);
  const text = workspace === null ? null : await tree.read(workspace);
  if (workspace === null || text === null) return [];
  const base = parentOf(workspace);
  const used = [...text.matchAll(/^(?:use\s+|\s+)"?(\.[^\s"()]*)"?\s*$/gm)].map(([, path = '']) =>
    inFolder(base, path),
  );
  if (!used.includes(folder)) return [];
  for (const other of used) {
    const module = await tree.read(inFolder(other, 'go.mod'));
    const name = /^module\s+"?([^\s"]+)"?/m.exec(module ?? '')?.[1];
    if (name && other !== folder && requires.has(name)) return [base, ...used];
  }
  return [];
}

function mainFolders(tree: ProjectTree): readonly string[] {
  const folders = tree
    .signals('.', 'entry')
    .filter((signal) => signal.value === 'go-main')
    .map((signal) => parentOf(signal.file));
  return [...new Set(folders)].sort();
}

function ownerOf(path: string, modules: ReadonlySet<string>): string | null {
  for (let at = path; ; at = parentOf(at)) {
    if (modules.has(at)) return at;
    if (at === '.') return null;
  }
}
