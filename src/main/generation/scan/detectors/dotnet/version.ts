import type { Draft } from '../../draft.ts';
import { readJson } from '../../formats/parse.ts';
import { at, text } from '../../formats/values.ts';
import type { ProjectTree } from '../../project-tree.ts';
import { findLine } from '../../source-signals.ts';
import type { DotnetProject } from './project.ts';

/** Sets the .NET version: of the target frameworks the newest, else the SDK that global.json pins. */
export async function setVersion(
  draft: Draft,
  tree: ProjectTree,
  project: DotnetProject,
): Promise<void> {
  const target = project.property('TargetFramework') ?? project.property('TargetFrameworks');
  const versions = [...(target?.value ?? '').matchAll(/\bnet(?:coreapp)?(\d+\.\d+)/g)].map(
    ([, one]) => one ?? '',
  );
  const newest = versions.sort((a, b) => Number.parseFloat(a) - Number.parseFloat(b)).at(-1);
  if (target && newest) {
    draft.set('runtimeVersion', newest, target.at);
    return;
  }
  const file = tree.nearest(project.folder, ['global.json']);
  if (file === null) return;
  const version = text(at(await readJson(tree, file), 'sdk', 'version'));
  const short = /^\d+\.\d+/.exec(version ?? '')?.[0];
  const line = findLine((await tree.read(file)) ?? '', '"version"');
  if (short) draft.set('runtimeVersion', short, { file, line });
}
