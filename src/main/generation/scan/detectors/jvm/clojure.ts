import type { Detector } from '../../detector.ts';
import { Draft, type Place } from '../../draft.ts';
import { type ProjectTree, parentOf } from '../../project-tree.ts';
import { shellWord } from '../../shell.ts';
import { findLine } from '../../source-signals.ts';
import { setJavaVersion } from './java-version.ts';

const servers =
  /^(?:ring\/ring-jetty-adapter|ring|http-kit|http-kit\/http-kit|aleph|aleph\/aleph|io\.pedestal\/pedestal\.\w+|luminus\/ring-\w+|org\.immutant\/web|info\.sunng\/ring-jetty9-adapter|metosin\/reitit-ring)$/;

/** Clojure programs: Leiningen's project.clj and the Clojure CLI's deps.edn. */
export const clojureDetector: Detector = {
  id: 'clojure',
  detect: async (tree) => {
    const drafts: Draft[] = [];
    for (const file of [...tree.named('project.clj'), ...tree.named('deps.edn')]) {
      const source = await tree.read(file);
      const lein = file.endsWith('project.clj');
      if (source === null || (!lein && tree.firstIn(parentOf(file), ['project.clj']))) continue;
      drafts.push(await draftOf(tree, file, source, lein));
    }
    return drafts;
  },
};

async function draftOf(
  tree: ProjectTree,
  file: string,
  source: string,
  lein: boolean,
): Promise<Draft> {
  const folder = parentOf(file);
  const at = { file, line: 1 };
  const [, project, version] = /\(defproject\s+([\w./-]+)\s+"([^"\n]+)"/.exec(source) ?? [];
  const name = project?.split('/').at(-1) ?? folder.split('/').at(-1)?.replace('.', '') ?? '';
  const draft = new Draft(name, folder, 'clojure', at);
  draft.set('packageManager', lein ? 'leiningen' : 'clojure', at);
  draft.set('install', lein ? 'lein deps' : 'clojure -P', at);
  await setJavaVersion(draft, tree, folder, null);
  readDependencies(draft, file, source);
  const main = tree.signals(folder, 'entry').find(({ value }) => value === 'jvm-main');
  const entry = main ? { file: main.file, line: main.line } : null;
  if (lein) setLein(draft, source, version ?? '', at, entry);
  else setCli(draft, tree, source, at);
  const server = draft.dependencies.find((one) => servers.test(one.name));
  if (server)
    draft
      .set('framework', server.name.startsWith('io.pedestal') ? 'pedestal' : 'ring', server)
      .is('web', server);
  else if (entry) draft.is('cli', entry);
  return draft;
}

function setLein(
  draft: Draft,
  source: string,
  version: string,
  at: Place,
  entry: Place | null,
): void {
  if (/:ring\s*\{/.test(source)) {
    const line = findLine(source, /:ring\s*\{/);
    draft.set('build', 'lein ring uberjar', { ...at, line });
    draft.port(3000, 'framework', { ...at, line });
  } else if (entry || /:main\s/.test(source)) {
    draft.set('build', 'lein uberjar', { ...at, line: findLine(source, ':main') });
  } else return;
  const named = /:uberjar-name\s+"([^"\n]+)"/.exec(source)?.[1];
  // Leiningen 2.10 puts the jar into target/uberjar only where the uberjar profile says so.
  const folder =
    /:uberjar\s*\{[^}]*:target-path/.test(source) || /:target-path\s+"target\/%s"/.test(source)
      ? 'target/uberjar'
      : 'target';
  const output = `${folder}/${named ?? `${draft.name}-${version}-standalone.jar`}`;
  // A main that is not compiled ahead leaves a jar without a main class: Clojure loads it by its name.
  const late = /:main\s+\^(?:\{:skip-aot true\}|:skip-aot)\s+([\w.-]+)/.exec(source)?.[1];
  const start = late
    ? `-cp ${shellWord(output)} clojure.main -m ${late}`
    : `-jar ${shellWord(output)}`;
  draft.set('output', output, at).set('start', `java ${start}`, at);
}

function setCli(draft: Draft, tree: ProjectTree, source: string, at: Place): void {
  const script = tree.firstIn(draft.path, ['build.clj']);
  if (script && /:build\b/.test(source)) {
    draft.set('build', 'clojure -T:build uber', { file: script, line: 1 });
    draft.unknown('output', 'build.clj computes the name of its jar; it is not read.');
  }
  const [, alias, namespace] =
    /:(run|server|start|main|serve)[^\n]*\{[^}]*:main-opts\s+\["-m"\s+"([\w.-]+)"/.exec(source) ??
    [];
  if (alias && namespace)
    draft.set('start', `clojure -M:${alias}`, { ...at, line: findLine(source, `:${alias}`) });
}

function readDependencies(draft: Draft, file: string, source: string): void {
  for (const [index, line] of source.split('\n').entries()) {
    const name = /^[^;]*?[[\s{(]([\w.-]+(?:\/[\w.-]+)?)\s+(?:"\d|\{:mvn\/version)/.exec(
      line.slice(0, 1_000),
    )?.[1];
    if (name && name !== 'defproject') draft.dependsOn(name, { file, line: index + 1 });
  }
}
