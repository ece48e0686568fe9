import type { Place } from '../../draft.ts';
import { readToml } from '../../formats/parse.ts';
import { at, table, text } from '../../formats/values.ts';
import { inFolder, type ProjectTree, parentOf } from '../../project-tree.ts';
import { findLine } from '../../source-signals.ts';
import type { Library } from './frameworks.ts';

/** What a build script says, read line by line: the scripts are programs, so this is the usual part only. */
export type GradleBuild = {
  readonly file: string;
  readonly folder: string;
  readonly plugins: ReadonlyMap<string, Place>;
  readonly libraries: readonly Library[];
  readonly java: { readonly version: string; readonly at: Place } | null;
  readonly version: string | null;
  readonly archive: string | null;
  /** Name of the start script of the application plugin. */
  readonly script: string | null;
  /** Whether the script sets something up for all modules below it. */
  readonly shares: boolean;
};

/** Aliases of a version catalogue (`libs.…`): to coordinates of libraries and ids of plugins. */
export type Catalogue = {
  readonly libraries: ReadonlyMap<string, string>;
  readonly plugins: ReadonlyMap<string, string>;
};

const java =
  /(?:JavaLanguageVersion\.of\(\s*["']?|jvmToolchain\(\s*|(?:source|target)Compatibility\s*=?\s*(?:JavaVersion\.(?:toVersion\()?(?:VERSION_)?)?["']?|jvmTarget\s*=\s*(?:JvmTarget\.JVM_)?["']?|options\.release(?:\.set\(|\s*=)\s*)(\d[\d._]*)/;

/** Reads the version catalogue that holds for a build; empty where it has none. */
export async function readCatalogue(tree: ProjectTree, root: string): Promise<Catalogue> {
  const file = inFolder(root, 'gradle/libs.versions.toml');
  const content = tree.has(file) ? await readToml(tree, file) : null;
  const entries = (key: string) => Object.entries(table(at(content, key)));
  const alias = (name: string): string => name.replace(/[-_]/g, '.');
  const coordinates = (value: unknown): string => {
    const whole = text(value) ?? text(at(value, 'module'));
    if (whole) return whole.split(':').slice(0, 2).join(':');
    return `${text(at(value, 'group')) ?? ''}:${text(at(value, 'name')) ?? ''}`;
  };
  return {
    libraries: new Map(
      entries('libraries').map(([name, value]) => [alias(name), coordinates(value)]),
    ),
    plugins: new Map(
      entries('plugins').map(([name, value]) => [
        alias(name),
        text(at(value, 'id')) ?? text(value)?.split(':')[0] ?? '',
      ]),
    ),
  };
}

/** Reads one build script; null where there is none that can be read. */
export async function readBuild(
  tree: ProjectTree,
  file: string,
  catalogue: Catalogue,
): Promise<GradleBuild | null> {
  const source = await tree.read(file);
  if (source === null) return null;
  const plugins = new Map<string, Place>();
  const libraries: Library[] = [];
  for (const [index, line] of source.split('\n').entries()) {
    if (line.length > 1_000 || /^\s*(?:\/\/|\*)/.test(line)) continue;
    const place = { file, line: index + 1 };
    const id = pluginOf(line, catalogue);
    if (id && !/\bapply\(?\s*false\b/.test(line)) plugins.set(id, place);
    const listed = /^\s*["']([\w.-]+:[\w.-]+):[^"']*["'],?\s*$/.exec(line)?.[1];
    const name = libraryOf(line, catalogue) ?? listed;
    if (name) libraries.push({ name, at: place });
  }
  const version = java.exec(source)?.[1]?.replaceAll('_', '.');
  return {
    file,
    folder: parentOf(file),
    plugins,
    libraries,
    java: version ? { version, at: { file, line: findLine(source, java) } } : null,
    version: /^version\s*=?\s*["']([^"'$\n]+)["']/m.exec(source)?.[1] ?? null,
    archive:
      /\b(?:archiveFileName|archiveName)(?:\.set\(|\s*=)\s*["']([^"'$\n]+)["']/.exec(source)?.[1] ??
      null,
    script: /\bapplicationName\s*=\s*["']([\w.-]+)["']/.exec(source)?.[1] ?? null,
    shares: /^\s*(?:subprojects|allprojects)\s*\{/m.test(source),
  };
}

function pluginOf(line: string, catalogue: Catalogue): string | null {
  const alias = /\balias\(?\s*\(?libs\.plugins\.([\w.]+)/.exec(line)?.[1];
  if (alias) return catalogue.plugins.get(alias) ?? null;
  const kotlin = /^\s*kotlin\(\s*"([\w.-]+)"/.exec(line)?.[1];
  if (kotlin) return `org.jetbrains.kotlin.${kotlin}`;
  const named = /^\s*(?:id\s*\(?\s*|apply\s*\(?\s*plugin\s*[:=]\s*)["']([\w.-]+)["']/.exec(
    line,
  )?.[1];
  return named ?? /^\s*`?(application|war|java|groovy|scala)`?\s*$/.exec(line)?.[1] ?? null;
}

function libraryOf(line: string, catalogue: Catalogue): string | null {
  const scope =
    /^\s*(?:implementation|api|compile|runtimeOnly|runtime|runtimeClasspath|developmentOnly)\b[\s(]*(.*)$/.exec(
      line,
    );
  if (!scope?.[1]) return null;
  const rest = scope[1].replace(/^(?:enforcedPlatform|platform)\(.*$/, '');
  const alias = /^libs\.([\w.]+)/.exec(rest)?.[1];
  if (alias) return catalogue.libraries.get(alias.replace(/\.get\(\)$/, '')) ?? null;
  const [, group, name] = /["']([\w.-]+):([\w.-]+)/.exec(rest) ?? [];
  if (group && name) return `${group}:${name}`;
  const [, g, n] =
    /group\s*[:=]\s*["']([\w.-]+)["']\s*,\s*name\s*[:=]\s*["']([\w.-]+)["']/.exec(rest) ?? [];
  return g && n ? `${g}:${n}` : null;
}

/** The modules that `settings.gradle` includes, by folder, and the build's name. */
export function readSettingsScript(source: string, root: string) {
  const modules = new Map<string, string>();
  for (const [, words = ''] of source.matchAll(
    /\binclude\b\s*\(?((?:\s*["'][\w:./-]+["']\s*,?)+)/g,
  )) {
    for (const [, path = ''] of words.matchAll(/["']([\w:./-]+)["']/g)) {
      const gradlePath = path.startsWith(':') ? path : `:${path}`;
      modules.set(inFolder(root, gradlePath.slice(1).replaceAll(':', '/')), gradlePath);
    }
  }
  for (const [, path = '', folder = ''] of source.matchAll(
    /project\(\s*["']([\w:-]+)["']\s*\)\.projectDir\s*=\s*(?:new\s+)?[fF]ile\((?:\s*settingsDir\s*,)?\s*["']([^"'\n]+)["']/g,
  )) {
    for (const [known, name] of modules) if (name === path) modules.delete(known);
    modules.set(inFolder(root, folder), path);
  }
  const name = /rootProject\.name\s*=\s*["']([^"'\n]+)["']/.exec(source)?.[1] ?? null;
  return { modules, name };
}
