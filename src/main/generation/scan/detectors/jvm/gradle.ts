import type { Detector } from '../../detector.ts';
import { Draft, type Place } from '../../draft.ts';
import { inFolder, type ProjectTree, parentOf, relativeTo } from '../../project-tree.ts';
import { shellWord } from '../../shell.ts';
import { applyFramework } from './frameworks.ts';
import {
  type Catalogue,
  type GradleBuild,
  readBuild,
  readCatalogue,
  readSettingsScript,
} from './gradle-build.ts';
import { setJavaVersion } from './java-version.ts';
import { languageOf, listening } from './language.ts';
import { readSettings } from './settings.ts';

const buildScripts = ['build.gradle', 'build.gradle.kts'];
const settingsScripts = ['settings.gradle', 'settings.gradle.kts'];

/** A build: its root folder, its modules by folder with their Gradle paths. */
type Build = {
  readonly root: string;
  readonly name: string;
  readonly modules: ReadonlyMap<string, string>;
  readonly script: GradleBuild | null;
  readonly catalogue: Catalogue;
  readonly version: string | null;
};

/** Gradle builds: every module that makes something runnable is a service, the others are libraries. */
export const gradleDetector: Detector = {
  id: 'gradle',
  detect: async (tree) => {
    const files = buildScripts.flatMap((name) => tree.named(name)).sort();
    const builds = new Map<string, Build>();
    const drafts: Draft[] = [];
    for (const file of files) {
      const folder = parentOf(file);
      // Of two builds for the same code one must be chosen; Maven's says more that can be read.
      const other = tree.firstIn(folder, ['pom.xml', 'build.sbt']);
      if (other !== null) {
        tree.passOver(file, `passed over: ${other} beside it builds the same code`);
        continue;
      }
      if (/(?:^|\/)(?:buildSrc|build-logic|gradle)(?:\/|$)/.test(folder)) continue;
      const build = await buildOf(tree, folder, builds);
      const script =
        file === build.script?.file ? build.script : await readBuild(tree, file, build.catalogue);
      if (script === null) continue;
      const draft = await draftOf(tree, build, script);
      if (draft) drafts.push(draft);
    }
    return drafts;
  },
};

async function buildOf(
  tree: ProjectTree,
  folder: string,
  known: Map<string, Build>,
): Promise<Build> {
  const settings = tree.nearest(folder, settingsScripts);
  let root = settings === null ? folder : parentOf(settings);
  const source = settings === null ? '' : ((await tree.read(settings)) ?? '');
  const read = readSettingsScript(source, root);
  // A build of its own below another one's settings is not part of that one.
  if (root !== folder && !read.modules.has(folder)) root = folder;
  const ready = known.get(root);
  if (ready) return ready;
  const catalogue = await readCatalogue(tree, root);
  const file = tree.firstIn(root, buildScripts);
  const properties = (await tree.read(inFolder(root, 'gradle.properties'))) ?? '';
  const own = root === folder && settings !== null && parentOf(settings) !== folder;
  const build: Build = {
    root,
    name: (own ? null : read.name) ?? root.split('/').at(-1) ?? '',
    modules: own ? new Map() : read.modules,
    catalogue,
    script: file === null ? null : await readBuild(tree, file, catalogue),
    version: /^version\s*=\s*(\S+)/m.exec(properties)?.[1] ?? null,
  };
  known.set(root, build);
  return build;
}

async function draftOf(
  tree: ProjectTree,
  build: Build,
  script: GradleBuild,
): Promise<Draft | null> {
  const { folder, file } = script;
  const isRoot = folder === build.root;
  const shared = !isRoot && build.script?.shares ? build.script : null;
  const sources = tree.under(inFolder(folder, 'src')).length > 0;
  if (!sources && isRoot && build.modules.size > 0) return null;
  const name = isRoot && build.name !== '.' ? build.name : (folder.split('/').at(-1) ?? '');
  const draft = new Draft(name === '.' ? '' : name, folder, languageOf(tree, folder), {
    file,
    line: 1,
  });
  draft.context = build.root;
  const plugins = new Map([...(shared?.plugins ?? []), ...script.plugins]);
  const libraries = [...script.libraries, ...(shared?.libraries ?? [])];
  const target = script.java ?? build.script?.java ?? null;
  const entries = tree.signals(folder, 'entry');
  const main = entries.find(({ value }) => value === 'spring-boot' || value === 'jvm-main');
  // Without a name in the settings Gradle takes that of the folder, which a copy need not have.
  const archive = name === '.' || name === '' ? '*' : name;
  const version = script.version ?? build.script?.version ?? build.version;
  const made = artifactOf(plugins, archive, version, script);
  await setJavaVersion(draft, tree, folder, target);
  const path =
    build.modules.get(folder) ??
    (isRoot ? '' : `:${relativeTo(build.root, folder).replaceAll('/', ':')}`);
  setCommands(draft, tree, made?.task ?? 'assemble', path);
  if (!made || (!script.plugins.has(made.plugin) && !main)) {
    if (
      main &&
      !made &&
      libraries.some(({ name: one }) => /server|spring-boot-starter-web/.test(one))
    ) {
      applyFramework(
        draft,
        libraries,
        { file: main.file, line: main.line },
        listening(tree, folder),
      );
      await readSettings(draft, tree);
      return draft.unknown(
        'start',
        'It has a main, but its build makes nothing that runs by itself.',
      );
    }
    for (const one of libraries) draft.dependsOn(one.name, one.at);
    return draft;
  }
  const place = plugins.get(made.plugin) ?? { file, line: 1 };
  applyFramework(draft, libraries, place, listening(tree, folder));
  draft.set('output', made.output, place);
  if (made.start !== null) draft.set('start', made.start, place);
  if (made.output.includes('*')) {
    draft.unknown(
      'output',
      'settings.gradle names no project, so that the build takes the name of its folder.',
    );
  }
  await readSettings(draft, tree);
  return draft;
}

type Artifact = { plugin: string; task: string; output: string; start: string | null };

/** What the module's plugins leave below `build`, best to run first. */
function artifactOf(
  plugins: ReadonlyMap<string, Place>,
  name: string,
  version: string | null,
  { archive, script }: GradleBuild,
): Artifact | null {
  const suffix = version ? `-${version}` : '';
  const jar = (plugin: string, task: string, file: string): Artifact => {
    const output = `build/libs/${archive ?? file}`;
    const [before = '', after] = output.split('*', 2);
    // The star must stay outside the quotes to stand for a name.
    const word = after === undefined ? shellWord(before) : `${before}*${shellWord(after)}`;
    return { plugin, task, output, start: `java -jar ${word}` };
  };
  if (plugins.has('io.quarkus')) {
    const output = 'build/quarkus-app/quarkus-run.jar';
    return { plugin: 'io.quarkus', task: 'quarkusBuild', output, start: `java -jar ${output}` };
  }
  if (plugins.has('org.springframework.boot')) {
    return jar('org.springframework.boot', 'bootJar', `${name}${suffix}.jar`);
  }
  if (plugins.has('io.ktor.plugin')) return jar('io.ktor.plugin', 'buildFatJar', `${name}-all.jar`);
  for (const shadow of ['com.gradleup.shadow', 'com.github.johnrengelman.shadow']) {
    if (plugins.has(shadow)) return jar(shadow, 'shadowJar', `${name}${suffix}-all.jar`);
  }
  for (const plugin of [
    'application',
    'io.micronaut.application',
    'io.micronaut.minimal.application',
  ]) {
    if (!plugins.has(plugin)) continue;
    const output = `build/install/${name}`;
    return {
      plugin,
      task: 'installDist',
      output,
      start: name === '*' ? null : shellWord(`./${output}/bin/${script ?? name}`),
    };
  }
  return null;
}

function setCommands(draft: Draft, tree: ProjectTree, task: string, path: string): void {
  const wrapper = tree.nearest(draft.path, ['gradlew']);
  const at = wrapper
    ? { file: wrapper, line: 1 }
    : { file: draft.evidence[0]?.file ?? '.', line: 1 };
  const from = (folder: string): string =>
    wrapper ? `./${relativeTo(folder, wrapper)}`.replace('./../', '../') : 'gradle';
  const up = draft.path === draft.context ? '' : ` -p ${relativeTo(draft.path, draft.context)}`;
  draft.set('packageManager', 'gradle', at);
  const module = path === '' || path === ':' ? '' : `${path}:`;
  draft.set(
    'install',
    `${from(draft.context)} --no-daemon ${shellWord(`${module}dependencies`)}`,
    at,
  );
  draft.set('build', `${from(draft.path)} --no-daemon${up} ${shellWord(`${module}${task}`)}`, at);
}
