import type { Detector } from '../detector.ts';
import { Draft } from '../draft.ts';
import { inFolder, type ProjectTree, parentOf } from '../project-tree.ts';
import type { Signal } from '../source-signals.ts';
import { type AppObject, findAppObject } from './python/app-object.ts';
import { consoleScripts } from './python/dependencies.ts';
import { describeDjango, findManage } from './python/django.ts';
import { debianPackagesOf } from './python/native-packages.ts';
import { type PythonProject, readProject } from './python/project.ts';
import { ownScript, startApp } from './python/start.ts';
import { celeryCommand, describeTool } from './python/tools.ts';
import { pinnedPython } from './python/version.ts';

const manifests = [
  'requirements.txt',
  'pyproject.toml',
  'Pipfile',
  'setup.py',
  'setup.cfg',
  'environment.yml',
  'environment.yaml',
];
const frameworkNames: Readonly<Record<string, string>> = {
  FlaskApp: 'connexion',
  AsyncApp: 'connexion',
};
/** Libraries of programs that work in the background: a queue, a schedule, a chat. */
const workers =
  /^(?:celery|rq|dramatiq|arq|huey|pika|aio-pika|kafka-python|aiokafka|confluent-kafka|apscheduler|schedule|discord-py|python-telegram-bot|aiogram|slack-bolt|nats-py|faust-streaming|temporalio)$/;

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

/** The folders with manifests; else that of an application's own file, which then stands in for them. */
function projectFolders(tree: ProjectTree): {
  readonly folders: ReadonlySet<string>;
  readonly source?: string;
} {
  const folders = manifestFolders(tree);
  if (folders.size > 0) return { folders };
  const application = tree
    .signals('.', 'entry')
    .find(({ file, value }) => file.endsWith('.py') && value.startsWith('app:'));
  if (!application) return { folders };
  return { folders: new Set([parentOf(application.file)]), source: application.file };
}

function manifestFolders(tree: ProjectTree): ReadonlySet<string> {
  const folders = manifests.flatMap((name) => tree.named(name).map(parentOf));
  const named = ['base', 'production', 'prod', 'common'].flatMap((name) =>
    tree
      .named(`${name}.txt`)
      .map(parentOf)
      .filter((folder) => /(?:^|\/)requirements$/.test(folder)),
  );
  return new Set(
    [...folders, ...named]
      .map((folder) => (/(?:^|\/)requirements$/.test(folder) ? parentOf(folder) : folder))
      .sort(),
  );
}

function ownerOf(file: string, folders: ReadonlySet<string>): string | null {
  for (let at = parentOf(file); ; at = parentOf(at)) {
    if (folders.has(at)) return at;
    if (at === '.') return null;
  }
}

/** Requirements of documentation and of tools are no service's. */
function isAside(folder: string): boolean {
  return /(?:^|\/)(?:docs?|\.github|ci|scripts?|tools?|tests?)$/.test(folder);
}

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
  } else await describeRest(draft, tree, project, signals, worker);
  const beside = worker && draft.kind === 'web' && !tree.has(inFolder(project.folder, 'Procfile'));
  if (!beside) return [draft];
  const fork = draft.fork(`${draft.name}-worker`);
  return [draft, fork.set('start', worker.command, worker.at).is('worker', worker.at)];
}

/** A factory counts where its framework is a dependency; what lies deep in a published package is part of it. */
function isServed(app: AppObject, project: PythonProject): boolean {
  const base = project.folder === '.' ? 0 : project.folder.split('/').length;
  if (project.isPackage && app.at.file.split('/').length - base > 5) return false;
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

async function describeRest(
  draft: Draft,
  tree: ProjectTree,
  project: PythonProject,
  signals: readonly Signal[],
  worker: Awaited<ReturnType<typeof celeryCommand>>,
): Promise<void> {
  const script = await ownScript(tree, project, signals, false);
  const serving = signals.find(({ value, file }) => value === 'py-serves' && file.endsWith('.py'));
  const framework = ['aiohttp', 'tornado', 'grpcio', 'falcon', 'pyramid', 'cherrypy'].find((name) =>
    project.dependencies.has(name),
  );
  const commands = consoleScripts(project.pyproject);
  const queue = [...project.dependencies].find(([name]) => workers.test(name));
  if (serving && script && !(project.isPackage && commands.length > 0)) {
    draft.is('web', serving).set('start', script.command, script.at);
    if (framework)
      draft.set(
        'framework',
        framework === 'grpcio' ? 'grpc' : framework,
        project.dependencies.get(framework)?.at ?? serving,
      );
    if (framework === 'aiohttp') draft.port(8080, 'framework', serving);
  } else if (worker) {
    draft
      .is('worker', worker.at)
      .set('framework', 'celery', worker.at)
      .set('start', worker.command, worker.at);
  } else if (commands[0] !== undefined) {
    draft.is('cli', project.at).set('start', `${project.run}${commands[0]}`, project.at);
  } else if (script && !project.isPackage) {
    draft
      .is(queue ? 'worker' : 'job', queue?.[1].at ?? script.at)
      .set('start', script.command, script.at);
  } else if (
    project.dependencies.has('locust') &&
    tree.has(inFolder(project.folder, 'locustfile.py'))
  ) {
    const place = { file: inFolder(project.folder, 'locustfile.py'), line: 1 };
    draft.is('job', place).set('framework', 'locust', place);
    draft.set('start', `${project.run}locust --headless`, place);
  } else describeUnstarted(draft, tree, project, queue !== undefined);
}

function describeUnstarted(
  draft: Draft,
  tree: ProjectTree,
  project: PythonProject,
  works: boolean,
): void {
  if (project.isPackage) {
    draft.is('library', project.at);
    return;
  }
  const main = tree.firstIn(project.folder, [
    'main.py',
    'app.py',
    'run.py',
    'bot.py',
    'worker.py',
    '__main__.py',
  ]);
  const notebooks = tree
    .withExtension('.ipynb')
    .some((path) => path.startsWith(project.folder === '.' ? '' : `${project.folder}/`));
  if (main !== null) {
    const name = main.slice(main.lastIndexOf('/') + 1);
    const place = { file: main, line: 1 };
    draft.is(works ? 'worker' : 'job', place).set('start', `${project.run}python ${name}`, place);
  } else {
    draft.is('library', project.at);
    if (notebooks)
      draft.unknown('kind', 'It holds notebooks only; nothing in it runs as a service.');
  }
}
