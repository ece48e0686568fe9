import type { Place } from '../../draft.ts';
import { at, list, text } from '../../formats/values.ts';
import { lineage, type Pom, plugin, resolve, version } from './pom.ts';

/** What a module's `package` leaves that can be run, below `target`, where that is said, and the main class it names. */
export type Runnable = { readonly path: string; readonly main: string | null; readonly at: Place };

/** Plugins that make a jar which runs by itself, with the name they give it. */
export function runnableOf(pom: Pom): Runnable | null {
  const base = finalName(pom);
  const packaging = text(at(pom.project, 'packaging')) ?? 'jar';
  const make = (artifact: string, path: string): Runnable | null => {
    const found = plugin(pom, artifact);
    if (!found) return null;
    const line = found.pom.lines.get(artifact) ?? 1;
    return { path: `target/${path}`, main: mainClass(found), at: { file: found.pom.file, line } };
  };
  const ending = packaging === 'war' ? 'war' : 'jar';
  return (
    make('quarkus-maven-plugin', 'quarkus-app/quarkus-run.jar') ??
    make('spring-boot-maven-plugin', `${base}${classifier(pom)}.${ending}`) ??
    make('micronaut-maven-plugin', `${base}.jar`) ??
    make('vertx-maven-plugin', `${base}.jar`) ??
    make('helidon-maven-plugin', `${base}.jar`) ??
    make('maven-shade-plugin', `${shadedName(pom) ?? base}.jar`) ??
    assembly(pom, base) ??
    plainJar(pom, base)
  );
}

function classifier(pom: Pom): string {
  const found = plugin(pom, 'spring-boot-maven-plugin')?.plugin;
  const own = at(found, 'configuration', 'classifier');
  const nested = list(at(found, 'executions', 'execution')).map((one) =>
    at(one, 'configuration', 'classifier'),
  );
  const name = [own, ...nested].map(text).find((one) => one !== null);
  return name ? `-${resolve(pom, name)}` : '';
}

function shadedName(pom: Pom): string | null {
  const found = plugin(pom, 'maven-shade-plugin')?.plugin;
  const scopes = [found, ...list(at(found, 'executions', 'execution'))];
  for (const scope of scopes) {
    const name = text(at(scope, 'configuration', 'finalName'));
    if (name) return resolve(pom, name);
    const file = text(at(scope, 'configuration', 'outputFile'));
    const base = file && /([^/]+)\.jar$/.exec(resolve(pom, file))?.[1];
    if (base) return base;
    if (text(at(scope, 'configuration', 'shadedArtifactAttached')) === 'true') {
      const suffix = text(at(scope, 'configuration', 'shadedClassifierName')) ?? 'shaded';
      return `${finalName(pom)}-${suffix}`;
    }
  }
  return null;
}

function assembly(pom: Pom, base: string): Runnable | null {
  const found = plugin(pom, 'maven-assembly-plugin');
  if (!found) return null;
  const scopes = [found.plugin, ...list(at(found.plugin, 'executions', 'execution'))];
  const main = scopes.some(
    (one) => at(one, 'configuration', 'archive', 'manifest', 'mainClass') !== undefined,
  );
  if (!main) return null;
  const named = scopes
    .map((one) => text(at(one, 'configuration', 'finalName')))
    .find((one) => one !== null);
  const bare = scopes.some((one) => text(at(one, 'configuration', 'appendAssemblyId')) === 'false');
  const name = `${named ? resolve(pom, named) : base}${bare ? '' : '-jar-with-dependencies'}`;
  const line = found.pom.lines.get('maven-assembly-plugin') ?? 1;
  return { path: `target/${name}.jar`, main: mainClass(found), at: { file: found.pom.file, line } };
}

/** A jar whose manifest names its main class runs by itself where the program needs no library. */
function plainJar(pom: Pom, base: string): Runnable | null {
  const found = plugin(pom, 'maven-jar-plugin');
  const main = at(found?.plugin, 'configuration', 'archive', 'manifest', 'mainClass');
  if (!found || main === undefined) return null;
  const line = found.pom.lines.get('maven-jar-plugin') ?? 1;
  return { path: `target/${base}.jar`, main: mainClass(found), at: { file: found.pom.file, line } };
}

/** The main class that a plugin writes into the manifest, wherever its configuration says it. */
function mainClass(found: { readonly plugin: unknown; readonly pom: Pom }): string | null {
  const seek = (value: unknown, depth: number): string | null => {
    if (depth > 8 || typeof value !== 'object' || value === null) return null;
    for (const [key, item] of Object.entries(value)) {
      const name = (key === 'mainClass' ? text(item) : null) ?? seek(item, depth + 1);
      if (name !== null) return name;
    }
    return null;
  };
  const name = seek(found.plugin, 0);
  return name === null ? null : resolve(found.pom, name);
}

function finalName(pom: Pom): string {
  for (const one of lineage(pom)) {
    const name = text(at(one.project, 'build', 'finalName'));
    if (name) return resolve(pom, name);
  }
  return `${text(at(pom.project, 'artifactId'))}-${version(pom) ?? ''}`.replace(/-$/, '');
}
