import type { Place } from '../../draft.ts';
import { type ProjectTree, relativeTo } from '../../project-tree.ts';

/** A build tool as the project calls it: its name, or the wrapper script that fetches the right version. */
export type BuildTool = {
  readonly at: Place | null;
  /** The command from a folder of the project. */
  readonly from: (folder: string) => string;
};

/**
 * The build tool for a folder: the nearest wrapper script of this name, else the tool itself. A
 * script that is kept without the right to run (committed from Windows) goes through its shell.
 */
export async function buildTool(
  tree: ProjectTree,
  folder: string,
  script: 'mvnw' | 'gradlew',
  name: string,
): Promise<BuildTool> {
  const wrapper = tree.nearest(folder, [script]);
  if (wrapper === null) return { at: null, from: () => name };
  const shell = (await tree.isExecutable(wrapper)) ? '' : `${await shellOf(tree, wrapper)} `;
  return {
    at: { file: wrapper, line: 1 },
    from: (place) => `${shell}${`./${relativeTo(place, wrapper)}`.replace('./../', '../')}`,
  };
}

/** The shell that the script's first line asks for: old wrappers use what only bash knows. */
async function shellOf(tree: ProjectTree, script: string): Promise<'sh' | 'bash'> {
  const first = ((await tree.read(script)) ?? '').split('\n', 1)[0] ?? '';
  return /^#!.*\bbash\b/.test(first) ? 'bash' : 'sh';
}
