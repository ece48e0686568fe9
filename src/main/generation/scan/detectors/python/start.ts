import type { Draft } from '../../draft.ts';
import { exposedPort } from '../../exposed-port.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';
import type { Signal } from '../../source-signals.ts';
import { type AppObject, modulePath } from './app-object.ts';
import type { PythonProject } from './project.ts';
import { asgiCommand, wsgiCommand } from './servers.ts';

const asgi = new Set(['FastAPI', 'Starlette', 'Litestar', 'Quart', 'BlackSheep', 'AsyncApp']);
const defaultPorts: Readonly<Record<string, number>> = {
  Flask: 5000,
  APIFlask: 5000,
  Dash: 8050,
  Bottle: 8080,
};

/** Sets start and port of a project that has an application object. */
export async function startApp(
  draft: Draft,
  tree: ProjectTree,
  project: PythonProject,
  app: AppObject,
  signals: readonly Signal[],
): Promise<void> {
  const isAsgi = app.made === null ? project.dependencies.has('fastapi') : asgi.has(app.made);
  const coded = portOf(tree, project);
  const exposed = coded === null ? await exposedPort(tree, project.folder) : null;
  const port = coded ?? exposed?.port ?? defaultPorts[app.made ?? (isAsgi ? '' : 'Flask')] ?? 8000;
  const portAt = exposed ?? app.at;
  const command = isAsgi ? asgiCommand(project, app, port) : wsgiCommand(project, app, port);
  draft.is('web', app.at);
  if (command !== null) {
    draft.set('start', command, app.at).port(port, 'command', portAt);
    return;
  }
  if (app.made === 'Sanic') {
    const target = `${app.module}:${app.variable}${app.isFactory ? ' --factory' : ''}`;
    draft.set('start', `${project.run}sanic ${target} --host 0.0.0.0 --port ${port}`, app.at);
    draft.port(port, 'command', portAt);
    return;
  }
  const script = await ownScript(
    tree,
    project,
    signals,
    !isAsgi && project.dependencies.has('flask'),
  );
  if (script) {
    draft.set('start', script.command, script.at).port(port, 'framework', script.at);
    return;
  }
  if (isAsgi) {
    draft.unknown('start', 'No ASGI server is among its dependencies; add uvicorn to start it.');
    draft.port(port, 'framework', app.at);
    return;
  }
  const target =
    app.isFactory || app.variable !== 'app' ? `${app.module}:${app.variable}` : app.module;
  const from = app.from === '.' ? target : `${app.from}/${app.module.replaceAll('.', '/')}`;
  draft.set('start', `${project.run}flask --app ${from} run --host 0.0.0.0 --port ${port}`, app.at);
  draft.port(port, 'command', portAt);
  draft.unknown(
    'start',
    "It starts with Flask's own server, which is not meant for production; add gunicorn.",
  );
}

/** The port that the sources or a gunicorn configuration name. */
function portOf(tree: ProjectTree, project: PythonProject): number | null {
  const found = tree.signals(project.folder, 'port').find(({ value }) => /^\d+$/.test(value));
  return found ? Number(found.value) : null;
}

/** The file that starts by itself (`if __name__ == "__main__"`), those that serve first. */
export async function ownScript(
  tree: ProjectTree,
  project: PythonProject,
  signals: readonly Signal[],
  mustBeReachable: boolean,
): Promise<{ readonly command: string; readonly at: Signal } | null> {
  const mains = signals.filter(({ value }) => value === 'py-main');
  const serving = new Set(
    signals.filter(({ value }) => value === 'py-serves').map(({ file }) => file),
  );
  const ranked = mains
    .filter(({ file }) =>
      mustBeReachable || isAside(file, project.folder) ? serving.has(file) : true,
    )
    .sort((a, b) => rank(a.file, serving) - rank(b.file, serving));
  const [best] = ranked;
  if (!best) return null;
  return {
    command: `${project.run}${await pythonCommand(tree, project.folder, best.file)}`,
    at: best,
  };
}

/** Scripts of these folders are run by hand, unless they serve. */
function isAside(file: string, folder: string): boolean {
  const path = folder === '.' ? file : file.slice(folder.length + 1);
  return /(?:^|\/)(?:scripts?|tools?|docs?|utils?|migrations?|hooks|docker|ci|\.github)\//.test(
    path,
  );
}

/** `python main.py`, or `python -m package.main` for a file of a package. */
export async function pythonCommand(
  tree: ProjectTree,
  folder: string,
  file: string,
): Promise<string> {
  const path = folder === '.' ? file : file.slice(folder.length + 1);
  const holder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  if (holder === '' || !tree.has(inFolder(inFolder(folder, holder), '__init__.py')))
    return `python ${path}`;
  const { module, from } = await modulePath(tree, folder, file);
  return from === '.' ? `python -m ${module.replace(/\.__main__$/, '')}` : `python ${path}`;
}

function rank(file: string, serving: ReadonlySet<string>): number {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.py$/, '');
  const names = ['main', 'app', 'server', 'run', 'wsgi', 'asgi', 'bot', 'worker', '__main__'];
  const known = names.findIndex(
    (one) => name === one || name.endsWith(`_${one}`) || name.startsWith(`${one}_`),
  );
  const client = /client|test|example|setup|demo/.test(file) ? 60 : 0;
  const aside = /(?:^|\/)(?:scripts?|tools?|docs?|utils?|migrations?)\//.test(file) ? 100 : 0;
  return (
    (serving.has(file) ? 0 : 30) +
    (known === -1 ? 20 : known) +
    5 * file.split('/').length +
    client +
    aside
  );
}
