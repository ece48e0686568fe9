import { inFolder, type ProjectTree, parentOf } from '../../project-tree.ts';
import type { Signal } from '../../source-signals.ts';

/** The object that a server imports: `module:variable`, seen from `folder` below the project. */
export type AppObject = {
  /** The class it is made of (`FastAPI`, `Flask`), or null for what only a factory shows. */
  readonly made: string | null;
  readonly module: string;
  readonly variable: string;
  /** `variable` is a function that makes the object. */
  readonly isFactory: boolean;
  /** Folder to import from, relative to the project; `.` for the project itself. */
  readonly from: string;
  readonly at: Signal;
};

const frameworkClasses = new Set([
  'FastAPI',
  'Flask',
  'APIFlask',
  'Starlette',
  'Litestar',
  'Quart',
  'Sanic',
  'Dash',
  'Bottle',
  'Robyn',
  'BlackSheep',
  'FlaskApp',
  'AsyncApp',
]);

/** What lies here shows how to use a project, or serves its developers. */
const elsewhere = /(?:^|\/)(?:examples?|samples?|demos?|docs?|scripts?|tools?)\//;

function inside(folder: string, file: string): string {
  return folder === '.' ? file : file.slice(folder.length + 1);
}

/** The application object of a project: the best named and least deep of those that its sources make. */
export async function findAppObject(
  tree: ProjectTree,
  folder: string,
  signals: readonly Signal[],
): Promise<AppObject | null> {
  const own = signals.filter(({ file }) => !elsewhere.test(inside(folder, file)));
  const candidates = own
    .map((signal) => ({ signal, words: signal.value.split(':') }))
    .filter(
      ({ words: [kind = '', cls = ''] }) =>
        kind === 'factory' || kind === 'made' || (kind === 'app' && frameworkClasses.has(cls)),
    )
    .sort((a, b) => rank(a.words, a.signal.file) - rank(b.words, b.signal.file));
  const [best] = candidates;
  if (!best) return null;
  const [kind, first = '', second = ''] = best.words;
  const { module, from } = await modulePath(tree, folder, best.signal.file);
  const made = candidates.find(({ words }) => words[0] === 'app')?.words[1];
  return {
    made: kind === 'app' ? first : (made ?? null),
    module,
    variable: kind === 'app' ? second : first,
    isFactory: kind === 'factory',
    from,
    at: best.signal,
  };
}

function rank([kind, , variable = '']: readonly string[], file: string): number {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.py$/, '');
  const known = ['wsgi', 'asgi', 'main', 'app', 'server', 'application', 'run', 'api', '__init__'];
  const index = known.indexOf(name);
  const sort = kind === 'app' || kind === 'made' ? 0 : 40;
  const named = kind !== 'app' || /^(?:app|application|api|server)$/.test(variable) ? 0 : 10;
  const _elsewhere = /(?:^|\/)(?:examples?|docs?|scripts?|tools)\//.test(file) ? 200 : 0;
  return sort + named + (index === -1 ? 20 : index) + 4 * file.split('/').length;
}

/**
 * How a file is imported. A package (a folder with `__init__.py`) is imported from the folder that
 * holds it; a plain folder's file by its path, unless it imports its neighbours by their bare names.
 */
export async function modulePath(
  tree: ProjectTree,
  folder: string,
  file: string,
): Promise<{ readonly module: string; readonly from: string }> {
  let top = parentOf(file);
  while (top !== folder && top !== '.' && tree.has(inFolder(top, '__init__.py')))
    top = parentOf(top);
  const isPackage = top !== parentOf(file);
  if (!isPackage && top !== folder && !(await importsNeighbours(tree, file))) top = folder;
  const prefix = top === '.' ? '' : `${top}/`;
  const module = file
    .slice(prefix.length)
    .replace(/\.py$/, '')
    .replace(/\/__init__$/, '')
    .replaceAll('/', '.');
  const from = top === folder ? '.' : folder === '.' ? top : top.slice(folder.length + 1);
  return { module: module === '__init__' ? '' : module, from };
}

async function importsNeighbours(tree: ProjectTree, file: string): Promise<boolean> {
  const source = (await tree.read(file)) ?? '';
  const folder = parentOf(file);
  const modules = [...source.matchAll(/^(?:from|import)[ \t]+(\w+)/gm)].slice(0, 200);
  return modules.some(
    ([, name]) =>
      tree.has(inFolder(folder, `${name}.py`)) || tree.has(inFolder(folder, `${name}/__init__.py`)),
  );
}
