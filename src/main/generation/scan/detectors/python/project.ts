import type { Place } from '../../draft.ts';
import { readToml } from '../../formats/parse.ts';
import { at, type Table, text, texts } from '../../formats/values.ts';
import { inFolder, type ProjectTree, parentOf } from '../../project-tree.ts';
import { folderFilter } from '../javascript/glob.ts';
import {
  addPipfile,
  addPyproject,
  addRequirements,
  addServerExtra,
  addSetup,
  type Dependencies,
  requirementsFile,
} from './dependencies.ts';

/** Managers of Python packages. */
export type PythonManagerName = 'pip' | 'poetry' | 'pdm' | 'uv' | 'pipenv' | 'conda';

/** A folder with Python manifests, as the detector reads it. */
export type PythonProject = {
  readonly folder: string;
  readonly name: string;
  readonly manager: PythonManagerName;
  /** Folder in which the install runs. */
  readonly context: string;
  readonly install: string | null;
  readonly lockfile: string | null;
  readonly at: Place;
  readonly dependencies: Dependencies;
  readonly pyproject: Table | null;
  /** Others can install it: it has metadata of a package. */
  readonly isPackage: boolean;
  /** Put before a program's name, so that it is found where the manager installed it. */
  readonly run: string;
};

/**
 * Reads the manifests of one folder; null where none of them makes it a project. `source` stands in for
 * them where a file shows an application and nothing lists its packages.
 */
export async function readProject(
  tree: ProjectTree,
  folder: string,
  source?: string,
): Promise<PythonProject | null> {
  const file = (name: string): string | null => tree.firstIn(folder, [name]);
  const dependencies: Dependencies = new Map();
  const requirements = requirementsFile(tree, folder);
  if (requirements !== null) await addRequirements(tree, requirements, dependencies);
  const toml = file('pyproject.toml');
  const pyproject = toml === null ? null : await addPyproject(tree, toml, dependencies);
  const pipfile = file('Pipfile');
  const pip = pipfile === null ? null : await addPipfile(tree, pipfile, dependencies);
  const script = file('setup.py');
  // A module may have this name; only what calls setuptools is a manifest.
  const isSetup =
    script !== null && /\b(?:setuptools|distutils|skbuild)\b/.test((await tree.read(script)) ?? '');
  const setup = (isSetup ? script : null) ?? file('setup.cfg');
  for (const one of [isSetup ? script : null, file('setup.cfg')]) {
    if (one !== null) await addSetup(tree, one, dependencies);
  }
  const conda = file('environment.yml') ?? file('environment.yaml');
  const described = at(pyproject, 'project') ?? at(pyproject, 'tool', 'poetry');
  const first =
    requirements ??
    (described === undefined ? null : toml) ??
    (pip && pipfile) ??
    setup ??
    conda ??
    source ??
    null;
  if (first === null) return null;
  const extra =
    toml === null
      ? null
      : addServerExtra(pyproject, toml, (await tree.read(toml)) ?? '', dependencies);
  const workspace = await uvWorkspace(tree, folder);
  const has = (name: string): string | null =>
    file(name) ?? (workspace === null ? null : tree.firstIn(workspace, [name]));
  const name = text(at(pyproject, 'project', 'name') ?? at(pyproject, 'tool', 'poetry', 'name'));
  const isPoetry = at(pyproject, 'tool', 'poetry') !== undefined;
  const choose = (): Pick<PythonProject, 'manager' | 'install' | 'lockfile' | 'context' | 'at'> => {
    const here = { context: folder, at: { file: first, line: 1 }, lockfile: null };
    const locked = (lock: string) => ({ lockfile: lock, at: { file: lock, line: 1 } });
    const uv = has('uv.lock');
    if (uv !== null && described !== undefined) {
      const member = parentOf(uv) === folder ? '' : ` --package ${name ?? folder}`;
      return {
        ...here,
        ...locked(uv),
        manager: 'uv',
        context: parentOf(uv),
        install: `uv sync --frozen --no-dev${member}${extra ? ` --extra ${extra}` : ''}`,
      };
    }
    const poetry = file('poetry.lock');
    if (poetry !== null || (isPoetry && requirements === null)) {
      const root = hasSourceLayout(tree, folder) ? '' : ' --no-root';
      return {
        ...here,
        ...(poetry ? locked(poetry) : {}),
        manager: 'poetry',
        install: `poetry install --only main${root}${extra ? ` --extras ${extra}` : ''}`,
      };
    }
    const pdm = file('pdm.lock');
    if (pdm !== null || (at(pyproject, 'tool', 'pdm') !== undefined && requirements === null)) {
      return {
        ...here,
        ...(pdm ? locked(pdm) : {}),
        manager: 'pdm',
        install: pdm ? 'pdm sync --prod' : 'pdm install --prod',
      };
    }
    const lock = file('Pipfile.lock');
    if (pip !== null && (lock !== null || requirements === null)) {
      return {
        ...here,
        ...(lock ? locked(lock) : {}),
        manager: 'pipenv',
        install: lock ? 'pipenv install --deploy' : 'pipenv install',
      };
    }
    if (requirements !== null) {
      const path = folder === '.' ? requirements : requirements.slice(folder.length + 1);
      return { ...here, manager: 'pip', install: `pip install -r ${path}` };
    }
    if (at(pyproject, 'tool', 'uv') !== undefined && described !== undefined) {
      return {
        ...here,
        manager: 'uv',
        install: `uv sync --no-dev${extra ? ` --extra ${extra}` : ''}`,
      };
    }
    if (described !== undefined || setup !== null)
      return {
        ...here,
        manager: 'pip',
        install: extra ? `pip install .[${extra}]` : 'pip install .',
      };
    if (conda === null) return { ...here, manager: 'pip', install: null };
    return {
      ...here,
      manager: 'conda',
      install: `conda env create -f ${first.slice(first.lastIndexOf('/') + 1)}`,
    };
  };
  const chosen = choose();
  return {
    folder,
    name:
      name?.replace(/[^\w.-]/g, '-') ??
      (folder === '.' ? tree.name : folder.slice(folder.lastIndexOf('/') + 1)),
    dependencies,
    pyproject,
    isPackage: setup !== null || at(pyproject, 'build-system') !== undefined,
    run: ['poetry', 'pdm', 'uv', 'pipenv'].includes(chosen.manager) ? `${chosen.manager} run ` : '',
    ...chosen,
  };
}

/** The root of the uv workspace that names the folder a member. */
async function uvWorkspace(tree: ProjectTree, folder: string): Promise<string | null> {
  const lock = folder === '.' ? null : tree.nearest(parentOf(folder), ['uv.lock']);
  if (lock === null) return null;
  const root = parentOf(lock);
  const content = await readToml(tree, inFolder(root, 'pyproject.toml'));
  const members = texts(at(content, 'tool', 'uv', 'workspace', 'members'));
  const relative = root === '.' ? folder : folder.slice(root.length + 1);
  return folderFilter(members)(relative) ? root : null;
}

/** Sources in `src/<package>` can be imported only once the project itself is installed. */
export function hasSourceLayout(tree: ProjectTree, folder: string): boolean {
  const source = inFolder(folder, 'src');
  return tree
    .under(source)
    .some((path) => /^[\w-]+\/__init__\.py$/.test(path.slice(source.length + 1)));
}
