import type { Draft, Place } from '../../draft.ts';
import { readToml, readYaml } from '../../formats/parse.ts';
import { at, list, text, texts } from '../../formats/values.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';
import type { PythonProject } from './project.ts';

/** A site of documentation that Python builds: with which program, and where its pages are left. */
export type Documentation = {
  readonly framework: 'mkdocs' | 'sphinx';
  /** The folder of Sphinx's sources below the project; `.` for MkDocs. */
  readonly folder: string;
  readonly build: string;
  readonly output: string;
  readonly at: Place;
};

const sphinxFolders = ['docs', 'docs/source', 'doc', 'doc/source', 'source', '.'] as const;
const readTheDocs = ['.readthedocs.yaml', '.readthedocs.yml'] as const;

/** The documentation that a folder is configured for; null where there is none. */
export async function documentationOf(
  tree: ProjectTree,
  folder: string,
): Promise<Documentation | null> {
  const mkdocs = tree.firstIn(folder, ['mkdocs.yml', 'mkdocs.yaml']);
  if (mkdocs !== null) {
    const place = { file: mkdocs, line: 1 };
    return {
      framework: 'mkdocs',
      folder: '.',
      build: 'mkdocs build -d site',
      output: 'site',
      at: place,
    };
  }
  const hosted = await hosting(tree, folder);
  const named = text(at(hosted?.content, 'sphinx', 'configuration'))?.replace(/^\.\//, '');
  const candidates = [
    ...(named ? [named] : []),
    ...sphinxFolders.map((one) => (one === '.' ? 'conf.py' : `${one}/conf.py`)),
  ];
  for (const candidate of candidates) {
    const file = inFolder(folder, candidate);
    if (!tree.has(file) || !(await isSphinx(tree, file))) continue;
    const source = candidate === 'conf.py' ? '.' : candidate.replace(/\/conf\.py$/, '');
    const builder =
      text(at(hosted?.content, 'sphinx', 'builder')) === 'dirhtml' ? 'dirhtml' : 'html';
    const output = source === '.' ? '_build/html' : `${source}/_build/html`;
    return {
      framework: 'sphinx',
      folder: source,
      build: `sphinx-build -b ${builder} ${source} ${output}`,
      output,
      at: { file, line: 1 },
    };
  }
  return null;
}

async function isSphinx(tree: ProjectTree, file: string): Promise<boolean> {
  return /^(?:extensions|html_theme|master_doc|root_doc|project)\s*=/m.test(
    (await tree.read(file)) ?? '',
  );
}

async function hosting(tree: ProjectTree, folder: string) {
  const file = tree.firstIn(folder, readTheDocs);
  if (file === null) return null;
  const [content] = await readYaml(tree, file);
  return { file, content };
}

/** Whether the folder's documentation is published: Read the Docs is told how to build it. */
export function isPublished(tree: ProjectTree, folder: string): boolean {
  return tree.firstIn(folder, readTheDocs) !== null;
}

/** Makes a project whose own dependencies build its documentation that site; false where they do not. */
export async function describeDocumentation(
  draft: Draft,
  tree: ProjectTree,
  project: PythonProject,
): Promise<boolean> {
  const found = await ownDocumentation(tree, project);
  if (found === null) return false;
  draft
    .set('framework', found.framework, found.at)
    .set('build', `${project.run}${found.build}`, found.at)
    .set('output', found.output, found.at)
    .is('static', found.at);
  return true;
}

/** The documentation that a project's own dependencies can build. */
export async function ownDocumentation(
  tree: ProjectTree,
  project: PythonProject,
): Promise<Documentation | null> {
  const tools = ['mkdocs', 'mkdocs-material', 'sphinx'].filter((name) =>
    project.dependencies.has(name),
  );
  const found = tools.length > 0 ? await documentationOf(tree, project.folder) : null;
  return found !== null && tools.some((name) => name.startsWith(found.framework)) ? found : null;
}

/** How the packages that build a folder's documentation are installed; null where nothing lists them. */
export async function documentationInstall(
  tree: ProjectTree,
  folder: string,
  found: Documentation,
): Promise<{ readonly command: string; readonly at: Place } | null> {
  const hosted = await hosting(tree, folder);
  const steps = list(at(hosted?.content, 'python', 'install')).flatMap((step) => {
    const file = text(at(step, 'requirements'))?.replace(/^\.\//, '');
    if (file && /^[\w./-]+$/.test(file) && tree.has(inFolder(folder, file))) return [`-r ${file}`];
    const extras = texts(list(at(step, 'extra_requirements'))).filter((one) =>
      /^[\w-]+$/.test(one),
    );
    if (at(step, 'method') !== 'pip' || text(at(step, 'path')) !== '.') return [];
    return [extras.length > 0 ? `.[${extras.join(',')}]` : '.'];
  });
  if (hosted && steps.length > 0) {
    return { command: `pip install ${steps.join(' ')}`, at: { file: hosted.file, line: 1 } };
  }
  const beside = found.folder === '.' ? [] : [`${found.folder}/requirements.txt`];
  for (const name of [
    ...beside,
    'docs/requirements.txt',
    'requirements-docs.txt',
    'docs-requirements.txt',
    'requirements/docs.txt',
  ]) {
    const file = inFolder(folder, name);
    if (tree.has(file)) return { command: `pip install -r ${name}`, at: { file, line: 1 } };
  }
  const manifest = inFolder(folder, 'pyproject.toml');
  const content = tree.has(manifest) ? await readToml(tree, manifest) : null;
  const names = ['docs', 'doc'];
  const extra = names.find(
    (name) => at(content, 'project', 'optional-dependencies', name) !== undefined,
  );
  const group = names.find((name) => at(content, 'dependency-groups', name) !== undefined);
  const what = extra ? `.[${extra}]` : group ? `. --group ${group}` : null;
  return what ? { command: `pip install ${what}`, at: { file: manifest, line: 1 } } : null;
}
