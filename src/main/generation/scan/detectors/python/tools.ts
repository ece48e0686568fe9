import type { Draft } from '../../draft.ts';
import { readToml } from '../../formats/parse.ts';
import { at, text } from '../../formats/values.ts';
import type { ProjectTree } from '../../project-tree.ts';
import type { Signal } from '../../source-signals.ts';
import { modulePath } from './app-object.ts';
import type { PythonProject } from './project.ts';
import { pythonCommand } from './start.ts';

/** Frameworks whose file is run by a program or by itself: import → how it starts and where it listens. */
const tools: Readonly<
  Record<
    string,
    { readonly port: number; readonly start: (path: string, port: number) => string | null }
  >
> = {
  streamlit: {
    port: 8501,
    start: (path, port) => `streamlit run ${path} --server.port ${port} --server.address 0.0.0.0`,
  },
  chainlit: {
    port: 8000,
    start: (path, port) => `chainlit run ${path} --host 0.0.0.0 --port ${port} --headless`,
  },
  gradio: { port: 7860, start: () => null },
  nicegui: { port: 8080, start: () => null },
};

/** Describes a project of Streamlit, Gradio and their like; false where it is none. */
export async function describeTool(
  draft: Draft,
  tree: ProjectTree,
  project: PythonProject,
  owns: (file: string) => boolean,
): Promise<boolean> {
  for (const [name, tool] of Object.entries(tools)) {
    const dependency = project.dependencies.get(name);
    const imports = tree
      .signals(project.folder, 'import')
      .filter(({ value, file }) => value === name && owns(file));
    const entry = [...imports].sort((a, b) => rank(a.file) - rank(b.file))[0];
    if (!dependency || !entry) continue;
    draft.set('framework', name, dependency.at).is('web', entry);
    const port = (await configuredPort(tree, project.folder)) ?? tool.port;
    const path = project.folder === '.' ? entry.file : entry.file.slice(project.folder.length + 1);
    const command = tool.start(path, port);
    if (command !== null) {
      draft.set('start', `${project.run}${command}`, entry).port(port, 'command', entry);
    } else {
      draft.set(
        'start',
        `${project.run}${await pythonCommand(tree, project.folder, entry.file)}`,
        entry,
      );
      draft.port(port, 'framework', entry);
    }
    if (name === 'gradio') {
      draft.unknown(
        'host',
        'Gradio listens on localhost unless GRADIO_SERVER_NAME=0.0.0.0 is set.',
      );
    }
    return true;
  }
  return false;
}

function rank(file: string): number {
  const name = file
    .slice(file.lastIndexOf('/') + 1)
    .replace(/\.py$/, '')
    .toLowerCase();
  const known = ['streamlit_app', 'app', 'main', 'home', 'hello', 'demo', 'ui'].indexOf(name);
  const page = /(?:^|\/)(?:pages|utils?|components?|lib)\//.test(file) ? 50 : 0;
  return (known === -1 ? 10 : known) + 5 * file.split('/').length + page;
}

async function configuredPort(tree: ProjectTree, folder: string): Promise<number | null> {
  const file = tree.firstIn(folder, ['.streamlit/config.toml']);
  if (file === null) return null;
  const port = Number(text(at(await readToml(tree, file), 'server', 'port')) ?? Number.NaN);
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
}

/** The command that works a Celery application's queue; null where the sources make none. */
export async function celeryCommand(
  tree: ProjectTree,
  project: PythonProject,
  signals: readonly Signal[],
): Promise<{ readonly command: string; readonly at: Signal } | null> {
  const made = signals
    .filter(({ value }) => value.startsWith('app:Celery:'))
    .sort((a, b) => a.file.split('/').length - b.file.split('/').length)[0];
  if (!made || !project.dependencies.has('celery')) return null;
  const { module, from } = await modulePath(tree, project.folder, made.file);
  const variable = made.value.split(':')[2] ?? 'app';
  // Celery looks for `app` and `celery` in the module, and in `<package>.celery`.
  const plain = module.replace(/\.celery$/, '');
  const target = variable === 'app' || variable === 'celery' ? plain : `${module}:${variable}`;
  const chdir = from === '.' ? '' : ` --workdir ${from}`;
  return { command: `${project.run}celery -A ${target}${chdir} worker --loglevel=info`, at: made };
}
