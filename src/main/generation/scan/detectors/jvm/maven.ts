import type { Detector } from '../../detector.ts';
import { Draft, type Place } from '../../draft.ts';
import { at, list, text } from '../../formats/values.ts';
import { commonFolder, type ProjectTree, relativeTo } from '../../project-tree.ts';
import { shellWord } from '../../shell.ts';
import { findLine } from '../../source-signals.ts';
import { applyFramework } from './frameworks.ts';
import { setJavaVersion } from './java-version.ts';
import { languageOf, listening } from './language.ts';
import { type Runnable, runnableOf } from './maven-artifact.ts';
import { movedMain } from './moved-main.ts';
import { readOwnSettings } from './own-settings.ts';
import { libraries, lineage, type Pom, plugin, property, readPoms, resolve } from './pom.ts';
import { readSettings } from './settings.ts';
import { readEureka } from './spring-addresses.ts';
import { noteLiveness } from './spring-liveness.ts';
import { buildTool } from './wrapper.ts';

/** Maven modules: each that packages something runnable is a service, the others are libraries. */
export const mavenDetector: Detector = {
  id: 'maven',
  detect: async (tree) => {
    const poms = await readPoms(tree);
    const listed = new Map<string, Pom>();
    for (const pom of poms) for (const folder of pom.modules) listed.set(folder, pom);
    const names = new Map(poms.map((pom) => [text(at(pom.project, 'artifactId')) ?? '', pom]));
    const drafts: Draft[] = [];
    for (const pom of poms) {
      if (text(at(pom.project, 'packaging')) === 'pom') continue;
      drafts.push(await draftOf(tree, pom, listed, names));
    }
    return drafts;
  },
};

async function draftOf(
  tree: ProjectTree,
  pom: Pom,
  listed: ReadonlyMap<string, Pom>,
  names: ReadonlyMap<string, Pom>,
): Promise<Draft> {
  const name = text(at(pom.project, 'artifactId')) ?? '';
  const own = ownLine(pom, name);
  const draft = new Draft(name, pom.folder, languageOf(tree, pom.folder), {
    file: pom.file,
    line: own,
  });
  const used = libraries(pom);
  const needsSiblings = used.some((one) => names.has(one.name.split(':')[1] ?? ''));
  // A parent that only lists the module, and gives it nothing, is not needed to build it.
  if (needsSiblings || pom.parent !== null) draft.context = reactorOf(pom, listed, names);
  await setCommands(draft, tree, pom, needsSiblings);
  await setJavaVersion(draft, tree, pom.folder, compileTarget(pom));
  const runnable = runnableOf(pom);
  const main = tree
    .signals(pom.folder, 'entry')
    .find(({ value }) => value === 'jvm-main' || value === 'spring-boot');
  const war = text(at(pom.project, 'packaging')) === 'war';
  if (runnable === null && !war) {
    for (const one of used) draft.dependsOn(one.name, one.at);
    return main ? withoutJar(draft, main) : draft;
  }
  // A parent's Spring Boot plugin runs in library modules too, where there is nothing to start.
  if (runnable && !main && runnable.at.file !== pom.file && !/quarkus/.test(runnable.path))
    return draft;
  const framework = applyFramework(
    draft,
    used,
    runnable?.at ?? { file: pom.file, line: own },
    listening(tree, pom.folder),
  );
  if (runnable) setStart(draft, tree, runnable, framework);
  else draft.is('web', { file: pom.file, line: findLine(pom.source, '<packaging>') });
  if (!runnable) {
    draft.set('output', `target/${name}.war`, {
      file: pom.file,
      line: findLine(pom.source, '<packaging>'),
    });
    draft.unknown('start', 'It is a WAR for a servlet container, which the project does not name.');
  }
  await readSettings(draft, tree);
  if (framework === null) await readOwnSettings(draft, tree);
  if (framework === 'spring-boot') {
    readEureka(draft, used);
    noteLiveness(draft, pom);
  }
  return draft;
}

function setStart(
  draft: Draft,
  tree: ProjectTree,
  runnable: Runnable,
  framework: string | null,
): void {
  draft.set('output', runnable.path, runnable.at);
  let words = '';
  if (framework === 'dropwizard') {
    const file = tree.firstIn(draft.path, [
      'config.yml',
      'example.yml',
      'config.yaml',
      'configuration.yml',
    ]);
    words = file ? ` server ${relativeTo(draft.path, file)}` : ' server';
  }
  const moved = movedMain(tree, draft.path, runnable.main);
  const jar = shellWord(runnable.path);
  if (moved) draft.set('start', `java -cp ${jar} ${moved.name}`, moved.at);
  else draft.set('start', `java -jar ${jar}${words}`, runnable.at);
}

function withoutJar(draft: Draft, main: Place): Draft {
  return draft
    .is('cli', { file: main.file, line: main.line })
    .unknown('start', 'It has a main method, but its build makes no jar that runs by itself.');
}

async function setCommands(
  draft: Draft,
  tree: ProjectTree,
  pom: Pom,
  needsSiblings: boolean,
): Promise<void> {
  const tool = await buildTool(tree, draft.path, 'mvnw', 'mvn');
  const at = tool.at ?? { file: pom.file, line: 1 };
  const alone = draft.context === draft.path;
  draft.set('packageManager', 'maven', at);
  const module = relativeTo(draft.context, draft.path);
  const choice = alone
    ? ''
    : ` -f ${relativeTo(draft.path, draft.context)}/pom.xml -pl ${shellWord(module)} -am`;
  draft.set('build', `${tool.from(draft.path)} -B${choice} package -DskipTests`, at);
  // Maven looks for sibling modules in repositories until they are built, so it cannot fetch ahead.
  if (needsSiblings) return;
  draft.set(
    'install',
    `${tool.from(draft.context)} -B${alone ? '' : ` -pl ${shellWord(module)} -am`} dependency:go-offline`,
    at,
  );
}

/**
 * The folder to build a module from: the nearest that lists it, directly or not, and holds all that it
 * inherits from and depends on in the project.
 */
function reactorOf(
  pom: Pom,
  listed: ReadonlyMap<string, Pom>,
  byName: ReadonlyMap<string, Pom>,
): string {
  const needed = new Set([pom]);
  for (const one of needed) {
    for (const above of lineage(one)) needed.add(above);
    for (const { name } of libraries(one)) {
      const sibling = byName.get(name.split(':')[1] ?? '');
      if (sibling) needed.add(sibling);
    }
  }
  const common = commonFolder([...needed].map(({ folder }) => folder));
  const seen = new Set<Pom>();
  for (let next = listed.get(pom.folder); next && !seen.has(next); next = listed.get(next.folder)) {
    seen.add(next);
    if (common === next.folder || common.startsWith(`${next.folder}/`) || next.folder === '.') {
      return next.folder;
    }
  }
  return common;
}

function compileTarget(pom: Pom): { version: string; at: Place } | null {
  for (const key of [
    'maven.compiler.release',
    'java.version',
    'maven.compiler.target',
    'maven.compiler.source',
    'release.version',
    'jdk.version',
    'jvm.version',
    'kotlin.compiler.jvmTarget',
  ]) {
    const found = property(pom, key);
    if (found && /^\d/.test(found.value)) {
      const line = findLine(found.pom.source, `<${key}>`);
      return { version: found.value, at: { file: found.pom.file, line } };
    }
  }
  const compiler = plugin(pom, 'maven-compiler-plugin');
  for (const key of ['release', 'target', 'source']) {
    const value = text(at(compiler?.plugin, 'configuration', key));
    if (!compiler || value === null) continue;
    const version = resolve(compiler.pom, value);
    const line = findLine(compiler.pom.source, `<${key}>`);
    if (/^\d/.test(version)) return { version, at: { file: compiler.pom.file, line } };
  }
  return null;
}

/** The line of the module's own artifactId; its parent's may come before it. */
function ownLine(pom: Pom, name: string): number {
  const parent = list(at(pom.project, 'parent')).length > 0 ? pom.source.indexOf('</parent>') : 0;
  const start = pom.source.indexOf(`<artifactId>${name}`, Math.max(parent, 0));
  return start === -1 ? 1 : pom.source.slice(0, start).split('\n').length;
}
