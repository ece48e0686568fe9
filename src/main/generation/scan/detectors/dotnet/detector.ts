import type { Detector } from '../../detector.ts';
import { Draft } from '../../draft.ts';
import { commonFolder, type ProjectTree, parentOf, relativeTo } from '../../project-tree.ts';
import { shellWord } from '../../shell.ts';
import { findLine } from '../../source-signals.ts';
import { setKind } from './program.ts';
import { type DotnetProject, readProject } from './project.ts';
import { setVersion } from './version.ts';

/** .NET projects in C# and F#: web, worker and console programs are services, the others libraries. */
export const dotnetDetector: Detector = {
  id: 'dotnet',
  detect: async (tree) => {
    const files = [...tree.withExtension('.csproj'), ...tree.withExtension('.fsproj')];
    const read = await Promise.all(files.map((file) => readProject(tree, file)));
    const projects = new Map(read.flatMap((one) => (one ? [[one.file, one] as const] : [])));
    const drafts: Draft[] = [];
    for (const project of projects.values()) {
      if (!isTest(project)) drafts.push(await draftOf(tree, project, projects));
    }
    const hosted = new Set(
      drafts
        .filter(({ kind }) => kind === 'web')
        .flatMap(({ evidence: [first] }) => projects.get(first?.file ?? '')?.references ?? []),
    );
    // Pages that a web project of the solution refers to are published and served with it.
    for (const draft of drafts) {
      if (draft.kind === 'static' && hosted.has(draft.evidence[0]?.file ?? ''))
        draft.kind = 'library';
    }
    return drafts;
  },
};

function isTest(project: DotnetProject): boolean {
  return (
    /^MSTest\.Sdk/i.test(project.sdk) ||
    project.property('IsTestProject')?.value.toLowerCase() === 'true' ||
    project.packages.some(({ name }) =>
      /^(?:microsoft\.net\.test\.sdk|xunit(?:\.v3)?|nunit|mstest(?:\.testframework)?)$/i.test(name),
    )
  );
}

async function draftOf(
  tree: ProjectTree,
  project: DotnetProject,
  projects: ReadonlyMap<string, DotnetProject>,
): Promise<Draft> {
  const { file, folder, name } = project;
  const place = { file, line: findLine(project.source, '<Project') };
  const draft = new Draft(name, folder, project.language, place);
  const used = closure(project, projects);
  const props = [
    'Directory.Build.props',
    'Directory.Packages.props',
    'global.json',
    'nuget.config',
    'NuGet.config',
  ]
    .map((shared) => tree.nearest(folder, [shared]))
    .filter((found) => found !== null);
  draft.context = commonFolder([...used.map((one) => one.folder), ...props.map(parentOf)]);
  for (const one of used) {
    for (const item of one.packages) draft.dependsOn(item.name, item.at);
    if (/^Microsoft\.NET\.Sdk\.Web$/i.test(one.sdk))
      draft.dependsOn('Microsoft.AspNetCore.App', { file: one.file, line: 1 });
  }
  draft.packages = sourceFolders(tree, used);
  draft.set('packageManager', 'nuget', place);
  const inContext = relativeTo(draft.context, file);
  const lock = tree.firstIn(folder, ['packages.lock.json']);
  if (lock) draft.set('lockfile', lock, { file: lock, line: 1 });
  draft.set(
    'install',
    `dotnet restore ${shellWord(inContext)}${lock ? ' --locked-mode' : ''}`,
    place,
  );
  await setVersion(draft, tree, project);
  await setKind(draft, tree, project);
  return draft;
}

function closure(
  project: DotnetProject,
  projects: ReadonlyMap<string, DotnetProject>,
): readonly DotnetProject[] {
  const found = new Set([project]);
  for (const one of found) {
    for (const path of one.references) {
      const other = projects.get(path);
      if (other) found.add(other);
    }
  }
  return [...found];
}

function sourceFolders(tree: ProjectTree, projects: readonly DotnetProject[]): readonly string[] {
  const folders = projects.flatMap(({ folder }) =>
    tree
      .under(folder)
      .filter((file) => /\.(?:cs|fs)$/.test(file))
      .map(parentOf),
  );
  return [...new Set(folders)];
}
