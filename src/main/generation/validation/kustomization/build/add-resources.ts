import { posix } from 'node:path';
import { list, mapping } from '../../plain.ts';
import { type Layer, layered } from './build-kustomization.ts';
import { type Built, idOf, type Json, nameIt, sameId } from './built.ts';
import { isJson } from './field-path.ts';
import { isBelow, kustomizationNames } from './project-files.ts';

/** What lies on other machines: addresses, and repositories without a scheme as Kustomize takes them. */
const remote = /:\/\/|^git@|^(?:github|gitlab|bitbucket)\.[a-z]+[/:]|^git::/;

/** `resources` (and `bases`) added to `given`. */
export function addResources(layer: Layer, given: readonly Built[]): readonly Built[] {
  const all = [...given];
  const held = byName(given);
  for (const field of ['resources', 'bases']) {
    const seen = new Set<string>();
    for (const [index, entry] of list(layer.value[field]).entries()) {
      const at = [field, index];
      if (typeof entry !== 'string' || entry.trim() === '') continue;
      const path = posix.join(layer.folder, entry).replace(/\/$/, '');
      if (seen.has(path)) {
        layer.say('duplicate-entry', 'error', at, `"${entry}" is there twice. Remove one.`);
        continue;
      }
      seen.add(path);
      for (const built of fresh(layer, held, resource(layer, entry, path, at), at)) all.push(built);
    }
  }
  return all;
}

function resource(
  layer: Layer,
  entry: string,
  path: string,
  at: readonly (string | number)[],
): readonly Built[] {
  const { state, folder } = layer;
  if (remote.test(entry)) {
    judgeRemote(layer, entry, at);
    return [];
  }
  if (state.files.text(path) !== null && !isKustomization(path)) {
    if (!isBelow(path, folder)) {
      const message = `"${entry}" lies outside of this folder, which kustomize refuses. Name a folder with a kustomization.`;
      layer.say('outside-root', 'error', at, message);
    }
    return objectsOf(layer, path, at);
  }
  const kustomization = state.files.kustomizationIn(path);
  if (kustomization === null) {
    state.complete = false;
    if (isKustomization(path)) {
      layer.say(
        'missing-file',
        'error',
        at,
        `"${entry}" is a kustomization's own file. Name its folder.`,
      );
    } else if (state.files.lacks(path, folder)) {
      const message = state.files.isFolder(path)
        ? `The folder "${entry}" has no kustomization.yaml. Add one, or name its files.`
        : `There is no "${entry}". Mend the path, or take it out.`;
      layer.say('missing-file', 'error', at, message);
    } else
      layer.skip(at, `"${entry}" is not among the files that were read, so it was not checked.`);
    return [];
  }
  if (layer.trail.includes(kustomization)) {
    layer.say('cycle', 'error', at, `"${entry}" leads back here. Take it out of one of the two.`);
    return [];
  }
  if (mapping(state.files.yaml(kustomization).documents[0]?.value).kind === 'Component') {
    layer.say('component', 'error', at, `"${entry}" is a component. Name it under components.`);
    return [];
  }
  return layered(kustomization, layer.trail, state, []);
}

const isKustomization = (path: string): boolean =>
  kustomizationNames.some((name) => posix.basename(path) === name);

function judgeRemote(layer: Layer, entry: string, at: readonly (string | number)[]): void {
  const ref = /[?&](?:ref|version)=([^&]+)/.exec(entry)?.[1];
  const isFile =
    /^https?:\/\/.*\.ya?ml(?:\?|$)/.test(entry) &&
    !/\/raw\/(?:main|master)\/|githubusercontent\.com\/[^/]+\/[^/]+\/(?:main|master|HEAD)\/|\/latest\//.test(
      entry,
    );
  if (!isFile && (ref === undefined || /^(?:main|master|HEAD|latest)$/.test(ref))) {
    const message = `"${entry}" moves with its branch. Pin a tag or commit with ?ref=.`;
    layer.say('unpinned-remote', 'warning', at, message);
  }
  layer.skip(at, `"${entry}" is on another machine, so it was not checked.`);
}

function objectsOf(layer: Layer, path: string, at: readonly (string | number)[]): readonly Built[] {
  const { documents, whole, tooLarge } = layer.state.files.yaml(path);
  if (tooLarge) {
    layer.skip(at, `"${path}" is too large to be read here, so it was not checked.`);
    return [];
  }
  if (!whole) {
    layer.state.complete = false;
    layer.say('resource', 'error', at, `"${path}" is no YAML that can be read. Mend it.`);
    return [];
  }
  return documents.flatMap(({ value, lineOf, line }) =>
    items(value, []).flatMap(({ object, base }): readonly Built[] => {
      const { kind, name } = idOf({ object });
      if (kind === '' || (name === '' && mapping(object.metadata).generateName === undefined)) {
        const message = `"${path}" holds something without ${kind === '' ? 'kind' : 'metadata.name'} (line ${line}). Mend it, or take it out of resources.`;
        layer.say('resource', 'error', at, message);
        return [];
      }
      const copy = structuredClone(object);
      return [
        {
          object: copy,
          original: object,
          path,
          line: base.length > 0 ? lineOf(base) : line,
          before: [],
          prefixes: [],
          suffixes: [],
          hashed: false,
        },
      ];
    }),
  );
}

/** A List gives its items. */
function items(
  value: unknown,
  base: readonly (string | number)[],
): readonly { readonly object: Json; readonly base: readonly (string | number)[] }[] {
  if (!isJson(value)) return [{ object: {}, base }];
  if (String(value.kind).endsWith('List') && Array.isArray(value.items)) {
    return value.items.flatMap((item, index) => items(item, [...base, 'items', index]));
  }
  return [{ object: value, base }];
}

/** Adds objects to those that are there; one that is there already is refused, as Kustomize does. */
export function merge(
  layer: Layer,
  all: readonly Built[],
  more: readonly Built[],
  at: readonly (string | number)[],
): readonly Built[] {
  return [...all, ...fresh(layer, byName(all), more, at)];
}

/** Objects by their names: a base may hold thousands, and each is compared with its namesakes alone. */
type ByName = Map<string, Built[]>;

function byName(all: readonly Built[]): ByName {
  return Map.groupBy(all, (built) => idOf(built).name);
}

/** Those that are not there yet, put into `held` as well. */
function fresh(
  layer: Layer,
  held: ByName,
  more: readonly Built[],
  at: readonly (string | number)[],
): readonly Built[] {
  return more.filter((built) => {
    const id = idOf(built);
    const namesakes = held.get(id.name) ?? [];
    const same = namesakes.find((one) => sameId(idOf(one), id));
    if (same) {
      layer.say(
        'duplicate-resource',
        'error',
        at,
        `${nameIt(id)} is there already, from "${same.path}". Kustomize refuses it twice; remove one.`,
      );
      return false;
    }
    namesakes.push(built);
    held.set(id.name, namesakes);
    return true;
  });
}
