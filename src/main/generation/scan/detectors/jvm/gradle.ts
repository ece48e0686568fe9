import type { Detector } from '../../detector.ts';
import { Draft } from '../../draft.ts';
import { inFolder, type ProjectTree, parentOf, relativeTo } from '../../project-tree.ts';
import { shellWord } from '../../shell.ts';
import { applyFramework } from './frameworks.ts';
import { artifactOf } from './gradle-artifact.ts';
import { type GradleBuild, readBuild } from './gradle-build.ts';
import { type Build, buildOf, buildScripts } from './gradle-root.ts';
import { setJavaVersion } from './java-version.ts';
import { languageOf, listening } from './language.ts';
import { readOwnSettings } from './own-settings.ts';
import { readSettings } from './settings.ts';
import { readEureka } from './spring-addresses.ts';
import { buildTool } from './wrapper.ts';

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
  await setCommands(draft, tree, made?.task ?? 'assemble', path);
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
  const framework = applyFramework(draft, libraries, place, listening(tree, folder));
  draft.set('output', made.output, place);
  if (made.start !== null) draft.set('start', made.start, place);
  if (made.output.includes('*')) {
    draft.unknown(
      'output',
      'settings.gradle names no project, so that the build takes the name of its folder.',
    );
  }
  await readSettings(draft, tree);
  if (framework === null) await readOwnSettings(draft, tree);
  if (framework === 'spring-boot') readEureka(draft, libraries);
  return draft;
}

async function setCommands(
  draft: Draft,
  tree: ProjectTree,
  task: string,
  path: string,
): Promise<void> {
  const tool = await buildTool(tree, draft.path, 'gradlew', 'gradle');
  const at = tool.at ?? { file: draft.evidence[0]?.file ?? '.', line: 1 };
  const up = draft.path === draft.context ? '' : ` -p ${relativeTo(draft.path, draft.context)}`;
  draft.set('packageManager', 'gradle', at);
  const module = path === '' || path === ':' ? '' : `${path}:`;
  draft.set(
    'install',
    `${tool.from(draft.context)} --no-daemon ${shellWord(`${module}dependencies`)}`,
    at,
  );
  draft.set(
    'build',
    `${tool.from(draft.path)} --no-daemon${up} ${shellWord(`${module}${task}`)}`,
    at,
  );
}
