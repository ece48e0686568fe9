import type { Detector } from '../detector.ts';
import { Draft } from '../draft.ts';
import { type ProjectTree, parentOf } from '../project-tree.ts';
import { findLine } from '../source-signals.ts';

const webFrameworks: Readonly<Record<string, string>> = {
  'github.com/gin-gonic/gin': 'gin',
  'github.com/labstack/echo': 'echo',
  'github.com/gofiber/fiber': 'fiber',
  'github.com/go-chi/chi': 'chi',
  'github.com/gorilla/mux': 'gorilla',
  'google.golang.org/grpc': 'grpc',
};

/** Go modules: every `main` package is a service of its own, built from the module's root. */
export const goDetector: Detector = {
  id: 'go',
  detect: async (tree) => {
    const found = await Promise.all(tree.named('go.mod').map((file) => detectModule(tree, file)));
    return found.flat();
  },
};

async function detectModule(tree: ProjectTree, file: string): Promise<readonly Draft[]> {
  const text = await tree.read(file);
  if (text === null) return [];
  const folder = parentOf(file);
  const module = /^module\s+"?([^\s"]+)"?/m.exec(text)?.[1];
  if (!module) {
    tree.misunderstood(file, 'no module line: run "go mod init"');
    return [];
  }
  const mains = mainFolders(tree, folder);
  const name =
    module
      .replace(/\/v\d+$/, '')
      .split('/')
      .at(-1) ?? module;
  const folders = mains.length > 0 ? mains : [folder];
  return folders.map((path) => {
    const own = path === folder ? name : (path.split('/').at(-1) ?? name);
    const draft = new Draft(own, path, 'go', { file, line: findLine(text, /^module/m) });
    draft.context = folder;
    readManifest(draft, file, text, tree.nearest(folder, ['go.sum']));
    if (mains.length > 0) describeCommand(draft, tree);
    return draft;
  });
}

function mainFolders(tree: ProjectTree, folder: string): readonly string[] {
  const nested = tree
    .named('go.mod')
    .map(parentOf)
    .filter((other) => other !== folder);
  const folders = tree
    .signals(folder, 'entry')
    .filter((signal) => signal.value === 'go-main')
    .map((signal) => parentOf(signal.file))
    .filter((path) => !nested.some((other) => isInside(other, folder) && isInside(path, other)));
  return [...new Set(folders)].sort();
}

function isInside(path: string, folder: string): boolean {
  return folder === '.' || path === folder || path.startsWith(`${folder}/`);
}

function readManifest(draft: Draft, file: string, text: string, sum: string | null): void {
  for (const [fact, pattern] of [
    ['go', /^go\s+(\d+\.\d+)/m],
    ['toolchain', /^toolchain\s+go(\d+\.\d+)/m],
  ] as const) {
    const version = pattern.exec(text)?.[1];
    if (version)
      draft.set('runtimeVersion', version, {
        file,
        line: findLine(text, new RegExp(`^${fact}\\s`, 'm')),
      });
  }
  draft.set('packageManager', 'go', { file, line: 1 });
  draft.set('install', 'go mod download', { file, line: 1 });
  if (sum) draft.set('lockfile', sum, { file: sum, line: 1 });
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const required = /^(?:require\s+|\s+)([\w.-]+\.[\w./~-]+)\s+v\S+\s*(\/\/ indirect)?/.exec(line);
    if (!required?.[1] || required[2]) continue;
    const at = { file, line: index + 1 };
    const dependency = required[1];
    draft.dependsOn(dependency, at);
    const framework = webFrameworks[dependency.replace(/\/v\d+$/, '')];
    if (framework && (draft.get('framework') === null || draft.get('framework') === 'grpc')) {
      draft.set('framework', framework, at);
    }
  }
}

function describeCommand(draft: Draft, tree: ProjectTree): void {
  const entry = tree
    .signals(draft.path, 'entry')
    .find((signal) => parentOf(signal.file) === draft.path);
  const at = { file: entry?.file ?? draft.path, line: entry?.line ?? 1 };
  const binary = draft.name.replace(/[^\w.-]/g, '-');
  draft.set('output', `bin/${binary}`, at);
  draft.set('build', `go build -o bin/${binary} .`, at);
  draft.set('start', `./bin/${binary}`, at);
  const listens = tree.signals(draft.path, 'port');
  if (listens.length > 0 || draft.get('framework') !== null) draft.is('web', listens[0] ?? at);
  else if (/(?:^|\/)cmd\//.test(`${draft.path}/`) && /worker|consumer|daemon/.test(draft.name))
    draft.is('worker', at);
  else
    draft
      .is('cli', at)
      .unknown(
        'kind',
        'It opens no port that could be seen; if it serves or works in the background, say so in a Procfile.',
      );
}
