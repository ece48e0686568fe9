import type { Detector } from '../../detector.ts';
import { Draft, type Place } from '../../draft.ts';
import { inFolder, type ProjectTree, parentOf, relativeTo } from '../../project-tree.ts';
import { shellWord } from '../../shell.ts';
import { findLine } from '../../source-signals.ts';
import { applyFramework, type Library } from './frameworks.ts';
import { setJavaVersion } from './java-version.ts';
import { languageOf, listening } from './language.ts';
import { readSettings } from './settings.ts';

/** How sbt-native-packager is switched on, since 1.0 and before. */
const packaged =
  /\bJava(?:App|Server)Packaging\b|\bpackageArchetype\.java_(?:application|server)\b/;

/** Modules that one build may have; a generated one with more is cut. */
const maxModules = 200;

type Module = {
  readonly id: string;
  readonly folder: string;
  readonly body: string;
  readonly line: number;
};

/** sbt builds: the root or each `project in file(…)`; a module that opens a port or has a main is a service. */
export const sbtDetector: Detector = {
  id: 'sbt',
  detect: async (tree) => {
    const drafts: Draft[] = [];
    for (const file of tree.named('build.sbt')) {
      const source = await tree.read(file);
      // A build.sbt below another one's root belongs to that build.
      const above = tree.nearest(parentOf(parentOf(file)), ['build.sbt']);
      if (source === null || (above !== null && above !== file)) continue;
      const plugins = (await tree.read(inFolder(parentOf(file), 'project/plugins.sbt'))) ?? '';
      const used = librariesOf(file, source);
      for (const module of modulesOf(source, parentOf(file))) {
        drafts.push(await draftOf(tree, file, source, plugins, module, used));
      }
    }
    return drafts;
  },
};

function modulesOf(source: string, root: string): readonly Module[] {
  const starts = [
    ...source.matchAll(
      /^\s*lazy val `?([\w-]+)`?\s*=\s*\(?\s*project\b(?:\s*\.?in\s*\(?\s*file\(\s*"([^"\n]*)"\s*\))?/gm,
    ),
  ].slice(0, maxModules);
  const found = starts.map((match, index) => ({
    id: match[1] ?? '',
    folder: inFolder(
      root,
      match[2] === '.' || match[2] === undefined ? (match[2] ?? match[1] ?? '.') : `./${match[2]}`,
    ),
    body: source.slice(match.index, starts[index + 1]?.index),
    line: findLine(source, match[0].trim()),
  }));
  return found.length > 0 ? found : [{ id: '', folder: root, body: source, line: 1 }];
}

async function draftOf(
  tree: ProjectTree,
  file: string,
  source: string,
  plugins: string,
  module: Module,
  used: readonly Library[],
): Promise<Draft> {
  const root = parentOf(file);
  const declared = /\bname\s*:=\s*"{1,3}([^"\n]+)"/.exec(module.body)?.[1];
  const name = declared ?? (module.id || (root.split('/').at(-1)?.replace('.', '') ?? ''));
  const at = { file, line: module.line };
  const draft = new Draft(name, module.folder, languageOf(tree, module.folder, 'scala'), at);
  draft.context = root;
  draft.set('packageManager', 'sbt', at).set('install', 'sbt update', at);
  await setJavaVersion(draft, tree, module.folder, null);
  const play = /\bPlay(?:Scala|Java|Service)\b/.exec(module.body);
  const main = tree.signals(module.folder, 'entry').find(({ value }) => value === 'jvm-main');
  if (!play && !main) {
    for (const one of used) draft.dependsOn(one.name, one.at);
    return draft;
  }
  const libraries = play ? [{ name: 'org.playframework:play', at }, ...used] : used;
  applyFramework(
    draft,
    libraries,
    main ? { file: main.file, line: main.line } : at,
    listening(tree, module.folder),
  );
  setArtifact(draft, module, plugins, source, at, play !== null);
  await readSettings(draft, tree);
  return draft;
}

function setArtifact(
  draft: Draft,
  module: Module,
  plugins: string,
  source: string,
  at: Place,
  play: boolean,
): void {
  const up = relativeTo(draft.path, draft.context);
  const enter = up === '.' ? '' : `cd ${up} && `;
  const task = module.id === '' || up === '.' ? '' : `${module.id}/`;
  const binary = draft.name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  if (play || packaged.test(module.body)) {
    draft.set('build', `${enter}sbt ${task}stage`, at).set('output', 'target/universal/stage', at);
    draft.set('start', `./target/universal/stage/bin/${binary}`, at);
  } else if (plugins.includes('sbt-assembly')) {
    const scala = /\bscalaVersion\s*:=\s*"(\d+)\.(\d+)[^"\n]*"/.exec(source);
    const folder = scala
      ? scala[1] === '3'
        ? /scalaVersion\s*:=\s*"([^"\n]+)"/.exec(source)?.[1]
        : `${scala[1]}.${scala[2]}`
      : null;
    const jar = /assembly\s*\/\s*assemblyJarName\s*:=\s*"([^"\n]+)"/.exec(module.body)?.[1];
    const version = /\bversion\s*:=\s*"([^"\n]+)"/.exec(source)?.[1] ?? '0.1.0-SNAPSHOT';
    const output = `target/scala-${folder ?? '2.12'}/${jar ?? `${binary}-assembly-${version}.jar`}`;
    draft.set('build', `${enter}sbt ${task}assembly`, at).set('output', output, at);
    draft.set('start', `java -jar ${shellWord(output)}`, at);
  } else {
    draft.set('build', `${enter}sbt ${task}compile`, at).set('start', `${enter}sbt ${task}run`, at);
  }
}

function librariesOf(file: string, source: string): readonly Library[] {
  return source.split('\n').flatMap((line, index) => {
    const [, group, name] = /"([\w.-]+)"\s*%%?%?\s*"([\w.-]+)"/.exec(line.slice(0, 1_000)) ?? [];
    const test = /%\s*(?:Test|"test")/.test(line);
    return group && name && !test
      ? [{ name: `${group}:${name}`, at: { file, line: index + 1 } }]
      : [];
  });
}
