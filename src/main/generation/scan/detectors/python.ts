import type { Detector } from '../detector.ts';
import { Draft } from '../draft.ts';
import { inFolder, type ProjectTree } from '../project-tree.ts';
import type { Signal } from '../source-signals.ts';
import { type AppObject, findAppObject } from './python/app-object.ts';
import { describeDjango, findManage } from './python/django.ts';
import { describeDocumentation } from './python/documentation.ts';
import { isAside, ownerOf, projectFolders } from './python/folders.ts';
import { debianPackagesOf } from './python/native-packages.ts';
import { type PythonProject, readProject } from './python/project.ts';
import { describeRest } from './python/rest.ts';
import { startApp } from './python/start.ts';
import { celeryCommand, describeTool } from './python/tools.ts';
import { pinnedPython } from './python/version.ts';

const frameworkNames: Readonly<Record<string, string>> = {
  FlaskApp: 'connexion',
  AsyncApp: 'connexion',
};

/** Python: every folder with manifests is a service, with a worker beside it where it has a Celery application. */
export const pythonDetector: Detector = {
  id: 'python',
  detect: async (tree) => {
    const { folders, source } = projectFolders(tree);
    const drafts: Draft[] = [];
    for (const folder of folders) {
      const owns = (file: string): boolean => ownerOf(file, folders) === folder;
      const signals = tree
        .signals(folder, 'entry')
        .filter(({ file }) => file.endsWith('.py') && owns(file));
      if (signals.length === 0 && isAside(folder)) continue;
      const project = await readProject(tree, folder, source);
      if (project !== null) drafts.push(...(await describe(tree, project, signals, owns)));
    }
    return drafts;
  },
};

async function describe(
  tree: ProjectTree,
  project: PythonProject,
  signals: readonly Signal[],
  owns: (file: string) => boolean,
): Promise<readonly Draft[]> {
  const draft = await draftProject(tree, project, owns);
  const manage = await findManage(tree, project, owns);
  const app = await findAppObject(tree, project.folder, signals);
  const worker = await celeryCommand(tree, project, signals);
  if (manage !== null) await describeDjango(draft, tree, project, manage, signals);
  else if (await describeTool(draft, tree, project, owns)) return [draft];
  else if (app && isServed(app, project)) {
    draft.set('framework', frameworkOf(app, project), app.at);
    await startApp(draft, tree, project, app, signals);
  } else if (await describeDocumentation(draft, tree, project)) return [draft];
  else await describeRest(draft, tree, project, signals, worker);
  const beside = worker && draft.kind === 'web' && !tree.has(inFolder(project.folder, 'Procfile'));
  if (!beside) return [draft];
  const fork = draft.fork(`${draft.name}-worker`);
  return [draft, fork.set('start', worker.command, worker.at).is('worker', worker.at)];
}

/** A factory counts where its framework is a dependency; what lies deep in a published package is part of it. */
function isServed(app: AppObject, project: PythonProject): boolean {
  const base = project.folder === '.' ? 0 : project.folder.split('/').length;
  if (project.isPackage) {
    if (app.at.file.split('/').length - base > 5) return false;
    if (app.made !== null && !project.dependencies.has(frameworkOf(app, project))) return false;
  }
  return app.made !== null || ['flask', 'fastapi'].some((name) => project.dependencies.has(name));
}

function frameworkOf(app: AppObject, project: PythonProject): string {
  if (app.made === null) return project.dependencies.has('fastapi') ? 'fastapi' : 'flask';
  return frameworkNames[app.made] ?? app.made.toLowerCase();
}

async function draftProject(
  tree: ProjectTree,
  project: PythonProject,
  owns: (file: string) => boolean,
): Promise<Draft> {
  const draft = new Draft(project.name, project.folder, 'python', project.at);
  draft.context = project.context;
  draft.set('packageManager', project.manager, project.at);
  if (project.install) draft.set('install', project.install, project.at);
  if (!project.install) {
    draft.unknown('install', 'Nothing lists the packages it needs; write a requirements.txt.');
  }
  if (project.lockfile)
    draft.set('lockfile', project.lockfile, { file: project.lockfile, line: 1 });
  if (project.manager === 'conda') {
    draft.unknown(
      'install',
      'Conda environments need a conda image; a requirements.txt or pyproject.toml would do without.',
    );
  }
  const pin = await pinnedPython(tree, project.folder);
  if (pin) draft.set('runtimeVersion', pin.version, pin.at);
  // Celery names its broker by an extra or by the client beside it; alone it means RabbitMQ.
  const celery = project.dependencies.get('celery')?.extras ?? [];
  const brokered =
    celery.includes('redis') || project.dependencies.has('redis') || celery.includes('sqs');
  for (const [name, { extras, at }] of project.dependencies) {
    if (name !== 'celery' || !brokered) draft.dependsOn(name, at);
    for (const extra of extras) draft.dependsOn(`${name}[${extra}]`, at);
    for (const one of debianPackagesOf(name, extras)) draft.systemPackages.add(one);
  }
  for (const { value, file, line } of tree.signals(project.folder, 'import')) {
    if (!value.startsWith('django:') || value === 'django:static' || !owns(file)) continue;
    draft.dependsOn(value, { file, line });
    for (const one of debianPackagesOf(value, [])) draft.systemPackages.add(one);
  }
  return draft;
}
