import { Draft, portRanks } from '../draft.ts';
import { inFolder, type ProjectTree, parentOf } from '../project-tree.ts';
import { shellWord } from '../shell.ts';

const line = /^([A-Za-z0-9_-]+):\s*(\S.*)$/;
/** Programs of Heroku's own images, which no other image has. */
const buildpack = /\bheroku-(?:php-\w+|hhvm-\w+)\b/;
/** Process types that run once, before a release or by hand, or for developers. */
const once = new Set(['release', 'migrate', 'setup', 'console', 'local', 'dev', 'development']);

/**
 * A Procfile names the processes of the code in its folder: `web` says how the service starts, every
 * other process becomes a worker of its own (https://devcenter.heroku.com/articles/procfile).
 */
export async function applyProcfiles(
  drafts: readonly Draft[],
  tree: ProjectTree,
): Promise<readonly Draft[]> {
  const all = [...drafts, ...(await withoutManifest(drafts, tree))];
  const result = [...all];
  for (const draft of all) {
    const file = inFolder(draft.path, 'Procfile');
    const first = result.find((other) => other.path === draft.path);
    if (!tree.has(file) || first !== draft) continue;
    const text = (await tree.read(file)) ?? '';
    for (const [index, content] of text.split(/\r?\n/).entries()) {
      const [, type = '', written = ''] = line.exec(content) ?? [];
      const command = ready(written, draft, tree);
      const at = { file, line: index + 1 };
      if (type === 'release') draft.releases(command, at);
      if (type === '' || once.has(type) || (buildpack.test(written) && draft.get('start')))
        continue;
      if (type === 'web') {
        if (draft.get('start') !== command) draft.demote('command');
        draft.set('start', command, at).settle('start').is('web', at);
        addCommandPort(draft, command, at);
      } else if (!result.some((one) => one.path === draft.path && one.get('start') === command)) {
        const worker = draft.fork(`${draft.name}-${type}`).set('start', command, at);
        result.push(worker.settle('start').is('worker', at));
      }
    }
  }
  return result;
}

const interpreters: Readonly<Record<string, string>> = {
  python: 'python',
  python3: 'python',
  node: 'javascript',
  ruby: 'ruby',
  php: 'php',
};

/** Programs without any manifest, known by the script that a Procfile's `web` runs. */
async function withoutManifest(
  drafts: readonly Draft[],
  tree: ProjectTree,
): Promise<readonly Draft[]> {
  const found: Draft[] = [];
  for (const file of tree.named('Procfile')) {
    const folder = parentOf(file);
    if (drafts.some(({ path }) => path === folder)) continue;
    const text = (await tree.read(file)) ?? '';
    const [, program = '', script = ''] = /^web:\s*(\w+)\s+([\w./-]+)/m.exec(text) ?? [];
    const language = Object.hasOwn(interpreters, program) ? interpreters[program] : undefined;
    if (!language || !tree.has(inFolder(folder, script))) continue;
    const name = folder === '.' ? '' : (folder.split('/').at(-1) ?? '');
    found.push(new Draft(name, folder, language, { file, line: 1 }));
  }
  return found;
}

/** The command as it works outside Heroku, which sets PORT and puts what is installed on the PATH. */
function ready(written: string, draft: Draft, tree: ProjectTree): string {
  const command = throughManager(inPlace(fromJar(written, draft), draft), draft);
  const port = knownPort(draft);
  const own = /\s(?:-b|--bind|-c|--config)[= ]/.test(command);
  const configured = own || tree.has(inFolder(draft.path, 'gunicorn.conf.py'));
  const bound =
    /(?:^|\s)gunicorn\s/.test(command) && !configured
      ? `${command} --bind 0.0.0.0:${port ?? 8000}`
      : command;
  return bound.replace(/\$(?:PORT\b|\{PORT\})/g, `\${PORT:-${port ?? 8080}}`);
}

/** The port that counts among those found so far. */
function knownPort(draft: Draft): number | null {
  for (const rank of portRanks) {
    const found = draft.ports.find((port) => port.rank === rank);
    if (found) return found.port;
  }
  return null;
}

/** A Python manager keeps what it installs in an environment of its own. */
function throughManager(command: string, draft: Draft): string {
  const manager = draft.get('packageManager') ?? '';
  if (!/^(?:poetry|pipenv|uv|pdm)$/.test(manager) || /&&|;|\|/.test(command)) return command;
  return new RegExp(`^${manager}\\s`).test(command) ? command : `${manager} run ${command}`;
}

/** `lein run` compiles again and needs Leiningen beside the program; the jar that the build made is the same program. */
function fromJar(command: string, draft: Draft): string {
  const output = draft.get('output');
  const [, words] =
    /^lein\s+(?:with-profiles?\s+\S+\s+)?(?:trampoline\s+)?run\b(.*)$/.exec(command) ?? [];
  if (words === undefined || !output?.endsWith('.jar')) return command;
  const [, main, rest = ''] = /^\s+(?:-m|--main)\s+([\w.-]+)(.*)$/.exec(words) ?? [];
  if (main) return `java -cp ${shellWord(output)} clojure.main -m ${main}${rest}`;
  return `${draft.get('start') ?? `java -jar ${shellWord(output)}`}${words}`;
}

/** Heroku puts the folder of binaries on the PATH; in a plain checkout the service's own is named with its path. */
function inPlace(command: string, draft: Draft): string {
  const output = draft.get('output');
  const [program = ''] = command.split(/\s/, 1);
  const binary = output?.slice(output.lastIndexOf('/') + 1);
  if (!output || program.slice(program.lastIndexOf('/') + 1) !== binary) return command;
  // A start script within the build's folder, such as Gradle's `build/install/app/bin/app`.
  if (program.replace(/^\.\//, '').startsWith(`${output}/`)) return command;
  return `${output.startsWith('..') ? '' : './'}${output}${command.slice(program.length)}`;
}

function addCommandPort(draft: Draft, command: string, at: { file: string; line: number }): void {
  const port = /(?:--?port[= ]|-p |:)\$?\{?(?:PORT:-)?(\d{2,5})\b/.exec(command)?.[1];
  if (port) draft.port(Number(port), 'command', at);
}
