import type { Draft } from '../../draft.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';
import type { Signal } from '../../source-signals.ts';
import { consoleScripts } from './dependencies.ts';
import type { PythonProject } from './project.ts';
import { ownScript } from './start.ts';
import type { celeryCommand } from './tools.ts';

/** Libraries of programs that work in the background: a queue, a schedule, a chat. */
const workers =
  /^(?:celery|rq|dramatiq|arq|huey|pika|aio-pika|kafka-python|aiokafka|confluent-kafka|apscheduler|schedule|discord-py|python-telegram-bot|aiogram|slack-bolt|nats-py|faust-streaming|temporalio)$/;

/** Describes a project without an application object: by what serves, works, or starts by itself. */
export async function describeRest(
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
