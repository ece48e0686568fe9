import type { Draft, Place } from '../draft.ts';
import { type ProjectTree, parentOf, relativeTo } from '../project-tree.ts';
import { roleOf } from '../roles.ts';
import type { Signal } from '../source-signals.ts';
import { type GoModule, reach } from './go-packages.ts';

const webFrameworks: Readonly<Record<string, string>> = {
  'github.com/gin-gonic/gin': 'gin',
  'github.com/labstack/echo': 'echo',
  'github.com/gofiber/fiber': 'fiber',
  'github.com/go-chi/chi': 'chi',
  'github.com/gorilla/mux': 'gorilla',
  'github.com/beego/beego': 'beego',
  'github.com/cloudwego/hertz': 'hertz',
  'github.com/kataras/iris': 'iris',
  'github.com/go-kratos/kratos': 'kratos',
  'github.com/zeromicro/go-zero': 'go-zero',
  'github.com/julienschmidt/httprouter': 'httprouter',
  'connectrpc.com/connect': 'connect',
  'google.golang.org/grpc': 'grpc',
};

/** Modules with parts in C, which are left out (or fail at run time) where the C library is not linked. */
const cgo =
  /^(?:github\.com\/mattn\/go-sqlite3|gorm\.io\/driver\/sqlite|github\.com\/confluentinc\/confluent-kafka-go)(?:\/v\d+)?$/;
/** Libraries that give a program subcommands. */
const commandLibraries =
  /^github\.com\/(?:spf13\/cobra|urfave\/cli|alecthomas\/kong|mitchellh\/cli)(?:\/|$)/;
/** Subcommands that serve, best first. */
const serving = ['serve', 'server', 'web', 'start', 'daemon'];

/** Says how a `main` package is built and started, and what it is, from what its packages do. */
export function describeCommand(
  draft: Draft,
  tree: ProjectTree,
  module: string,
  modules: readonly GoModule[],
  requires: ReadonlyMap<string, Place>,
): void {
  const { folders, imports } = reach(tree, draft.path, modules);
  draft.packages = folders;
  const entries = folders.flatMap((folder) =>
    tree.signalsIn(folder).filter((signal) => signal.fact === 'entry'),
  );
  const entry = entries.find(
    ({ value, file }) => value === 'go-main' && parentOf(file) === draft.path,
  );
  const at = { file: entry?.file ?? draft.path, line: entry?.line ?? 1 };
  noteDependencies(draft, imports, requires);
  const binary = draft.name.replace(/[^\w.-]/g, '-');
  draft.set('output', `bin/${binary}`, at);
  draft.set('build', `go build -o bin/${binary} .`, at);
  draft.set('start', `./bin/${binary}`, at);
  const framework = draft.get('framework') ?? '';
  // `Run`, `Start` and `Listen` open a port in some frameworks and mean other things elsewhere.
  const word = ['iris', 'hertz', 'beego'].includes(framework) ? 'gin' : framework;
  const listens = entries.find(
    ({ value }) => value === 'go-listen' || value === `go-listen:${word}`,
  );
  const role = roleOf(draft.path, draft.name, relativeTo(module, draft.path));
  if (role === 'tool') draft.is('cli', at);
  else if (role === 'job') draft.is('job', at);
  else if (role === 'worker') draft.is('worker', at);
  else if (listens) {
    draft.is('web', listens);
    noteSubcommand(draft, binary, entries, imports);
    openLoopback(draft, entries);
  } else {
    draft
      .is('cli', at)
      .unknown(
        'kind',
        'It opens no port that could be seen; if it serves or works in the background, say so in a Procfile.',
      );
  }
}

function noteDependencies(
  draft: Draft,
  imports: ReadonlyMap<string, Place>,
  requires: ReadonlyMap<string, Place>,
): void {
  for (const [path, at] of imports) {
    const module = moduleOf(path, requires);
    if (module === null) continue;
    if (!draft.dependencies.some(({ name }) => name === module)) {
      draft.dependsOn(module, requires.get(module) ?? at);
    }
    if (cgo.test(module)) draft.systemPackages.add('libc6');
    const framework = webFrameworks[module.replace(/\/v\d+$/, '')];
    const known = draft.get('framework');
    if (framework && (known === null || known === 'grpc')) {
      draft.set('framework', framework, requires.get(module) ?? at);
    }
  }
}

/** The required module that an import path belongs to: the longest that is a prefix of it. */
function moduleOf(path: string, requires: ReadonlyMap<string, Place>): string | null {
  for (let at = path; at !== '.'; at = parentOf(at)) if (requires.has(at)) return at;
  return null;
}

/** A flag whose default is localhost is given another address: nothing outside a container reaches that. */
function openLoopback(draft: Draft, entries: readonly Signal[]): void {
  const prefix = 'loopback-flag:';
  const flag = entries.find(({ value }) => value.startsWith(prefix));
  if (flag) draft.set('start', `${draft.get('start')} ${flag.value.slice(prefix.length)}`, flag);
}

function noteSubcommand(
  draft: Draft,
  binary: string,
  entries: readonly Signal[],
  imports: ReadonlyMap<string, Place>,
): void {
  if (![...imports.keys()].some((path) => commandLibraries.test(path))) return;
  for (const word of serving) {
    const found = entries.find(({ value }) => value === `go-command:${word}`);
    if (!found || word === draft.name) continue;
    draft.set('start', `./bin/${binary} ${word}`, found);
    return;
  }
}
