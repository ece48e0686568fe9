import type { Draft } from '../../draft.ts';
import { inFolder, type ProjectTree, parentOf } from '../../project-tree.ts';
import type { Signal } from '../../source-signals.ts';
import { type AppObject, modulePath } from './app-object.ts';
import type { PythonProject } from './project.ts';
import { asgiCommand, wsgiCommand } from './servers.ts';

const port = 8000;

/** The manage.py of a project, in its folder or one of those below; null where it is no Django project. */
export async function findManage(
  tree: ProjectTree,
  project: PythonProject,
  owns: (file: string) => boolean,
): Promise<string | null> {
  const found = tree.named('manage.py').filter(owns);
  for (const file of [...found].sort((a, b) => a.split('/').length - b.split('/').length)) {
    // Others name their commands' file like Django's.
    const depends = project.dependencies.has('django') || project.dependencies.has('wagtail');
    if (depends || /\bdjango\b/i.test((await tree.read(file)) ?? '')) return file;
  }
  return null;
}

/** Sets kind, start and port of a Django project. */
export async function describeDjango(
  draft: Draft,
  tree: ProjectTree,
  project: PythonProject,
  manage: string,
  signals: readonly Signal[],
): Promise<void> {
  const place = { file: manage, line: 1 };
  const at = project.dependencies.get('django')?.at ?? project.dependencies.get('wagtail')?.at;
  draft.set('framework', 'django', at ?? place).is('web', place);
  const folder = parentOf(manage);
  const from =
    folder === project.folder
      ? '.'
      : folder.slice(project.folder === '.' ? 0 : project.folder.length + 1);
  const wsgi = await entry(tree, folder, from, signals, 'wsgi');
  const asgi = await entry(tree, folder, from, signals, 'asgi');
  const command =
    (wsgi && project.dependencies.has('gunicorn') ? wsgiCommand(project, wsgi, port) : null) ??
    (asgi ? asgiCommand(project, asgi, port) : null) ??
    (wsgi ? wsgiCommand(project, wsgi, port) : null);
  const path = from === '.' ? 'manage.py' : `${from}/manage.py`;
  if (command) draft.set('start', command, (wsgi ?? asgi)?.at ?? place);
  else {
    draft.set('start', `${project.run}python ${path} runserver 0.0.0.0:${port}`, place);
    draft.unknown(
      'start',
      "It starts with Django's own server, which is not meant for production; add gunicorn.",
    );
  }
  draft.port(port, 'command', place);
  const databases = tree
    .signals(project.folder, 'import')
    .find(({ value }) => /^django:(?:postgresql|postgis|mysql|oracle|sqlite3)$/.test(value));
  if (databases) draft.releases(`${project.run}python ${path} migrate --noinput`, databases);
  const files = tree
    .signals(project.folder, 'import')
    .find(({ value }) => value === 'django:static');
  if (files) {
    draft.unknown(
      'build',
      `Static files are collected by "python ${path} collectstatic --noinput", which may need the settings' variables; run it in the build or at release.`,
    );
  }
}

async function entry(
  tree: ProjectTree,
  folder: string,
  from: string,
  signals: readonly Signal[],
  kind: 'wsgi' | 'asgi',
): Promise<AppObject | null> {
  const make = (at: Signal, module: string, variable: string): AppObject => ({
    made: null,
    module,
    variable,
    isFactory: false,
    from,
    at,
  });
  const declared = signals.find(({ value }) => value.startsWith(`${kind}:`));
  const parts = declared?.value.slice(kind.length + 1).split('.');
  if (declared && parts && parts.length > 1) {
    const module = parts.slice(0, -1).join('.');
    const file = inFolder(folder, `${module.replaceAll('.', '/')}.py`);
    if (tree.has(file)) return make(declared, module, parts.at(-1) as string);
  }
  const made = signals.find(({ value }) => value.startsWith(`app:get_${kind}_application:`));
  if (!made) return null;
  const { module } = await modulePath(tree, folder, made.file);
  // A wrapper around it (channels' router) takes the usual name.
  const wrapped = /^application\s*=/m.test((await tree.read(made.file)) ?? '');
  return make(made, module, wrapped ? 'application' : (made.value.split(':')[2] ?? 'application'));
}
