import { firstLines } from '../../formats/lines.ts';
import { readXml } from '../../formats/parse.ts';
import { at, list, type Table, table, text, texts } from '../../formats/values.ts';
import { inFolder, type ProjectTree, parentOf } from '../../project-tree.ts';
import type { Library } from './frameworks.ts';

/** A Maven module: its manifest, and the module in the project that it inherits from. */
export type Pom = {
  readonly file: string;
  readonly folder: string;
  readonly project: Table;
  readonly source: string;
  /** Line at which each artifactId is first named. */
  readonly lines: ReadonlyMap<string, number>;
  /** Folders of the modules that it lists. */
  readonly modules: readonly string[];
  parent: Pom | null;
};

/** Parents that a module may have above it; more is a loop. */
const maxParents = 20;

/** All Maven modules of a project, each linked to its parent where that is in the project too. */
export async function readPoms(tree: ProjectTree): Promise<readonly Pom[]> {
  const poms = new Map<string, Pom>();
  for (const file of tree.named('pom.xml')) {
    const content = await readXml(tree, file);
    const source = await tree.read(file);
    if (content === null || source === null) continue;
    const project = table(at(content, 'project'));
    if (text(at(project, 'artifactId')) === null) {
      tree.misunderstood(file, 'no <artifactId> in <project>: not a Maven module');
      continue;
    }
    const folder = parentOf(file);
    const profiles = list(at(project, 'profiles', 'profile'));
    const modules = [project, ...profiles].flatMap((one) => texts(at(one, 'modules', 'module')));
    poms.set(folder, {
      file,
      folder,
      project,
      source,
      lines: firstLines(source, /<artifactId>\s*([^<\s]+)/g),
      modules: modules.map((path) => inFolder(folder, path.replace(/\/?pom\.xml$/, ''))),
      parent: null,
    });
  }
  for (const pom of poms.values()) pom.parent = parentPom(pom, poms);
  return [...poms.values()];
}

function parentPom(pom: Pom, poms: ReadonlyMap<string, Pom>): Pom | null {
  const wanted = at(pom.project, 'parent');
  if (wanted === undefined) return null;
  const path = text(at(wanted, 'relativePath')) || '../pom.xml';
  const found = poms.get(inFolder(pom.folder, path.replace(/\/?pom\.xml$/, '') || '.'));
  const name = text(at(found?.project, 'artifactId'));
  return found && found !== pom && name === text(at(wanted, 'artifactId')) ? found : null;
}

/** The module and those it inherits from, nearest first. */
export function lineage(pom: Pom): readonly Pom[] {
  const found: Pom[] = [];
  for (let one: Pom | null = pom; one && found.length < maxParents && !found.includes(one); ) {
    found.push(one);
    one = one.parent;
  }
  return found;
}

/** A property's value with its place, looked up through the parents; references resolved. */
export function property(pom: Pom, key: string, depth = 0): { value: string; pom: Pom } | null {
  for (const one of lineage(pom)) {
    const value = text(at(one.project, 'properties', key));
    if (value) return { value: resolve(pom, value, depth), pom: one };
  }
  return null;
}

/** References that are resolved in one value; more is made to grow, not to be read. */
const maxReferences = 4;

/** Replaces `${…}` by what the module or its parents define; what nobody defines stays. */
export function resolve(pom: Pom, value: string, depth = 0): string {
  if (depth > 5) return value.slice(0, 500);
  let left = maxReferences;
  const resolved = value.slice(0, 500).replace(/\$\{([\w.-]+)\}/g, (whole, key: string) => {
    if (left === 0) return whole;
    left -= 1;
    const own = key.replace(/^(?:project|pom)\./, '');
    if (own === 'version') return version(pom, depth + 1) ?? whole;
    if (own === 'artifactId') return text(at(pom.project, 'artifactId')) ?? whole;
    if (own === 'groupId') return groupOf(pom) ?? whole;
    return property(pom, key, depth + 1)?.value ?? whole;
  });
  return resolved.slice(0, 500);
}

/** The module's group, its parent's where it has none. */
function groupOf(pom: Pom): string | null {
  return (
    lineage(pom)
      .flatMap((one) => [
        text(at(one.project, 'groupId')),
        text(at(one.project, 'parent', 'groupId')),
      ])
      .find((group) => group !== null) ?? null
  );
}

/** The module's version, its parent's where it has none. */
export function version(pom: Pom, depth = 0): string | null {
  for (const one of lineage(pom)) {
    const own = text(at(one.project, 'version')) ?? text(at(one.project, 'parent', 'version'));
    if (own) return resolve(pom, own, depth);
  }
  return null;
}

/** Libraries of a module at run time, those that it inherits too; test scope is left out. */
export function libraries(pom: Pom): readonly Library[] {
  return lineage(pom).flatMap((one) =>
    list(at(one.project, 'dependencies', 'dependency')).flatMap((dependency) => {
      const artifact = text(at(dependency, 'artifactId'));
      if (artifact === null || /^(?:test|provided)$/.test(text(at(dependency, 'scope')) ?? ''))
        return [];
      const group = resolve(pom, text(at(dependency, 'groupId')) ?? '');
      const line = one.lines.get(artifact) ?? 1;
      return [{ name: `${group}:${artifact}`, at: { file: one.file, line } }];
    }),
  );
}

/** A build plugin that runs in the module: its own, or its parent's `<plugins>`; with its configuration. */
export function plugin(pom: Pom, artifact: string): { plugin: Table; pom: Pom } | null {
  for (const one of lineage(pom)) {
    const profiles = list(at(one.project, 'profiles', 'profile')).filter(
      (profile) =>
        text(at(profile, 'activation', 'activeByDefault')) === 'true' ||
        at(profile, 'activation', 'file') !== undefined,
    );
    for (const scope of [one.project, ...profiles]) {
      const found = list(at(scope, 'build', 'plugins', 'plugin')).find(
        (item) => text(at(item, 'artifactId')) === artifact,
      );
      if (found !== undefined) return { plugin: table(found), pom: one };
    }
  }
  return null;
}
