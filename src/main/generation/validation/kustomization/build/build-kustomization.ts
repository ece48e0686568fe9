import { posix } from 'node:path';
import { list, type Mapping, mapping } from '../../plain.ts';
import { addResources } from './add-resources.ts';
import { type BuildProblem, type Built, idOf, remember } from './built.ts';
import { contentHash } from './content-hash.ts';
import { fixReferences } from './fix-references.ts';
import type { ProjectFiles } from './project-files.ts';
import { runGenerators } from './run-generators.ts';
import { runTransformers } from './run-transformers.ts';

/** What a build has made. */
export type Build = {
  readonly objects: readonly Built[];
  /** In the order found; of all kustomizations that were read. */
  readonly problems: readonly BuildProblem[];
  /** False where something could not be read or is not supported: then objects may lack or differ. */
  readonly complete: boolean;
};

/** Bounds of one build; real ones are far below. */
const limits = { depth: 30, kustomizations: 500, objects: 5_000, milliseconds: 5_000 };

/** What all kustomizations of one build share. */
export class BuildState {
  readonly files: ProjectFiles;
  readonly problems: BuildProblem[] = [];
  complete = true;
  #kustomizations = 0;
  readonly #end = performance.now() + limits.milliseconds;

  constructor(files: ProjectFiles) {
    this.files = files;
  }

  /** Whether the build may go on with one more kustomization of this depth, and so many objects. */
  mayEnter(depth: number, objects: number): boolean {
    this.#kustomizations += 1;
    return (
      depth <= limits.depth &&
      this.#kustomizations <= limits.kustomizations &&
      objects <= limits.objects &&
      performance.now() < this.#end
    );
  }
}

/** One kustomization on the way: its file, its content, and how to speak about it. */
export type Layer = {
  readonly path: string;
  readonly folder: string;
  readonly value: Mapping;
  readonly state: BuildState;
  /** The kustomizations that led here, itself the last. */
  readonly trail: readonly string[];
  readonly say: (
    rule: string,
    severity: BuildProblem['severity'],
    at: BuildProblem['at'],
    message: string,
  ) => void;
  /** Says that a part was passed over, so that the result is not whole. */
  readonly skip: (at: BuildProblem['at'], message: string) => void;
};

/**
 * Builds a kustomization as `kustomize build` does, from the files that are known: resources,
 * generators, components, transformers in Kustomize's own order, then hashes and references. What it
 * does not do (remote files, charts, plugins, vars, OpenAPI files) is told. Holds the thread for 5 s
 * at most. The order of steps is of kustomize's api/internal/target/kusttarget.go.
 */
export function buildKustomization(path: string, files: ProjectFiles): Build {
  const state = new BuildState(files);
  const objects = layered(path, [], state, []);
  for (const built of objects) {
    if (!built.hashed) continue;
    remember(built);
    const name = `${idOf(built).name}-${contentHash(built)}`;
    built.object.metadata = { ...mapping(built.object.metadata), name };
  }
  fixReferences(objects);
  const kept = objects.filter(
    ({ object }) =>
      mapping(mapping(object.metadata).annotations)['config.kubernetes.io/local-config'] !== 'true',
  );
  return { objects: kept, problems: state.problems, complete: state.complete };
}

/** The objects of a kustomization, or for a component what it makes of `given`. */
export function layered(
  path: string,
  trail: readonly string[],
  state: BuildState,
  given: readonly Built[],
): readonly Built[] {
  const layer = openLayer(path, trail, state, given.length);
  if (layer === null) return given;
  const loaded = addResources(layer, given);
  const generated = runGenerators(layer, loaded);
  const composed = list(layer.value.components).reduce<readonly Built[]>(
    (all, component, index) => addComponent(layer, all, component, index),
    generated,
  );
  return runTransformers(layer, composed);
}

function addComponent(
  layer: Layer,
  all: readonly Built[],
  component: unknown,
  index: number,
): readonly Built[] {
  const { files } = layer.state;
  const folder = posix.join(layer.folder, String(component));
  const at = ['components', index];
  if (/:\/\/|^git@|^[\w.-]+\.[a-z]+\//.test(String(component))) {
    layer.skip(at, `"${String(component)}" is not on this machine, so it was not checked.`);
    return all;
  }
  const path = files.kustomizationIn(folder);
  if (path === null) {
    if (files.lacks(`${folder}/kustomization.yaml`, layer.folder)) {
      layer.say(
        'missing-file',
        'error',
        at,
        `There is no kustomization in "${folder}". Name the folder of a component.`,
      );
    } else
      layer.skip(at, `"${folder}" is not among the files that were read, so it was not checked.`);
    layer.state.complete = false;
    return all;
  }
  if (layer.trail.includes(path)) {
    layer.say(
      'cycle',
      'error',
      at,
      `"${String(component)}" leads back here. Take it out of one of the two.`,
    );
    return all;
  }
  return layered(path, layer.trail, layer.state, all);
}

function openLayer(
  path: string,
  trail: readonly string[],
  state: BuildState,
  objects: number,
): Layer | null {
  const { documents, whole } = state.files.yaml(path);
  const value = documents[0]?.value;
  if (!whole || typeof value !== 'object' || value === null) {
    state.complete = false;
    return null;
  }
  const layer: Layer = {
    path,
    folder: posix.dirname(path),
    value: mapping(value),
    state,
    trail: [...trail, path],
    say: (rule, severity, at, message) =>
      state.problems.push({ path, at, rule, severity, message }),
    skip: (at, message) => {
      state.complete = false;
      state.problems.push({ path, at, rule: 'not-checked', severity: 'info', message });
    },
  };
  if (state.mayEnter(trail.length, objects)) return layer;
  layer.skip(
    [],
    'The build is too deep, too large or takes too long, so what lies here was not checked.',
  );
  return null;
}
