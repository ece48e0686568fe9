import type { Place } from '../../draft.ts';
import { firstLines } from '../../formats/lines.ts';
import { readXml } from '../../formats/parse.ts';
import { at, list, type Table, table, text } from '../../formats/values.ts';
import { inFolder, type ProjectTree, parentOf } from '../../project-tree.ts';
import { findLine } from '../../source-signals.ts';

/** An MSBuild project of C# or F#. */
export type DotnetProject = {
  readonly file: string;
  readonly folder: string;
  readonly name: string;
  readonly language: 'csharp' | 'fsharp';
  readonly sdk: string;
  readonly source: string;
  readonly packages: readonly { readonly name: string; readonly at: Place }[];
  /** Project files that it is built from. */
  readonly references: readonly string[];
  /** A property of the project itself or of the `Directory.Build.props` above it. */
  readonly property: (name: string) => { readonly value: string; readonly at: Place } | null;
};

/** Reads a project file; null (and said in the tree) where it is not one. */
export async function readProject(tree: ProjectTree, file: string): Promise<DotnetProject | null> {
  const content = await readXml(tree, file);
  const source = await tree.read(file);
  if (content === null || source === null) return null;
  const project = at(content, 'Project');
  if (project === undefined) {
    tree.misunderstood(file, 'no <Project>: not an MSBuild project');
    return null;
  }
  const folder = parentOf(file);
  const groups = list(at(project, 'ItemGroup'));
  const lines = firstLines(source, /\bInclude\s*=\s*"([^"]+)"/g);
  const items = (kind: string): readonly string[] =>
    groups
      .flatMap((group) => list(at(group, kind)))
      .map((item) => text(at(item, '@Include')))
      .filter((item) => item !== null);
  const sources = [{ file, source, project }, ...(await shared(tree, folder))];
  return {
    file,
    folder,
    name: (file.split('/').at(-1) ?? '').replace(/\.\w+$/, ''),
    language: file.endsWith('.fsproj') ? 'fsharp' : 'csharp',
    sdk: sdkOf(project),
    source,
    packages: [...items('PackageReference'), ...items('FrameworkReference')].map((name) => ({
      name,
      at: { file, line: lines.get(name) ?? 1 },
    })),
    references: items('ProjectReference').map((path) =>
      inFolder(folder, `./${path.replaceAll('\\', '/')}`),
    ),
    property: (name) => property(sources, name),
  };
}

function sdkOf(project: unknown): string {
  const attribute = text(at(project, '@Sdk'));
  if (attribute !== null) return attribute.split('/')[0] ?? '';
  return list(at(project, 'Sdk')).map((one) => text(at(one, '@Name')) ?? '')[0] ?? '';
}

type Source = { readonly file: string; readonly source: string; readonly project: unknown };

async function shared(tree: ProjectTree, folder: string): Promise<readonly Source[]> {
  const file = tree.nearest(folder, ['Directory.Build.props']);
  if (file === null) return [];
  const content: Table | null = await readXml(tree, file);
  const source = await tree.read(file);
  return content === null || source === null
    ? []
    : [{ file, source, project: at(content, 'Project') }];
}

function property(sources: readonly Source[], name: string) {
  for (const { file, source, project } of sources) {
    for (const group of list(at(project, 'PropertyGroup'))) {
      const value = text(at(table(group), name)) ?? text(at(group, name, '#text'));
      if (value) return { value, at: { file, line: findLine(source, `<${name}`) } };
    }
  }
  return null;
}
