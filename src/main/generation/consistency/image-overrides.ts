import { containersOf, podTemplateOf } from '../validation/kubernetes/resource.ts';
import { list, mapping } from '../validation/plain.ts';
import { parseYaml } from '../validation/yaml/parse-yaml.ts';
import { type ComparedFile, type Place, placeText } from './claim.ts';
import { type Comparison, finding, type PlacedFinding } from './compare-claims.ts';
import { baseName, unknownPart, withoutTag } from './image-name.ts';
import type { PlacedResource } from './kubernetes-objects.ts';
import type { Command } from './pipeline.ts';

type Override = { readonly name: string; readonly at: Place };

/**
 * Whether the images that kustomizations and `kustomize edit set image` replace are those of the
 * manifests, to the letter and with their registry: Kustomize passes over a name that it does not
 * find. Only names of images that the manifests have in another form are told.
 */
export function imageOverrides(
  kustomizations: readonly ComparedFile[],
  commands: readonly Command[],
  resources: readonly PlacedResource[],
): Comparison {
  const known = new Map<string, Place>();
  for (const { resource, path, lineOf, chart } of resources) {
    const pod = chart ? null : podTemplateOf(resource);
    for (const { container, path: at } of pod ? containersOf(pod) : []) {
      if (typeof container.image !== 'string') continue;
      known.set(withoutTag(container.image), { path, line: lineOf([...at, 'image']) });
    }
  }
  const names = [...kustomizations.flatMap(replaced), ...commands.flatMap(edited)];
  // What one kustomization has renamed another finds by the new name.
  const renamed = new Set(kustomizations.flatMap(newNames));
  const byBase = Map.groupBy([...known], ([name]) => baseName(name));
  const findings = names.flatMap(({ name, at }): PlacedFinding[] => {
    if (known.has(name) || renamed.has(name)) return [];
    const like = byBase.get(baseName(name))?.[0];
    if (!like) return [];
    const message = `No manifest has the image "${name}" that is to be replaced here: in ${placeText(like[1])} it is "${like[0]}". Use that name.`;
    return [finding('omega/image-differs', 'error', at, message)];
  });
  return { compared: names.length, findings };
}

/** The images that are replaced by others before anything is applied, by their names. */
export function replacedImages(
  kustomizations: readonly ComparedFile[],
  commands: readonly Command[],
): ReadonlySet<string> {
  const all = [...kustomizations.flatMap(replaced), ...commands.flatMap(edited)];
  return new Set(all.map(({ name }) => name));
}

function imagesOf({ path, content }: ComparedFile) {
  const [document] = parseYaml(content, 'kustomize', 'kubernetes').documents;
  return list(mapping(document?.value).images).map((one, index) => ({
    value: mapping(one),
    at: { path, line: document?.lineOf(['images', index]) ?? 1 },
  }));
}

function replaced(file: ComparedFile): readonly Override[] {
  return imagesOf(file).flatMap(({ value, at }) =>
    typeof value.name === 'string' ? [{ name: value.name, at }] : [],
  );
}

function newNames(file: ComparedFile): readonly string[] {
  return imagesOf(file).flatMap(({ value }) =>
    typeof value.newName === 'string' ? [value.newName] : [],
  );
}

/** The names before `=` of `kustomize edit set image NAME=NEW:TAG`. */
function edited({ words, at }: Command): readonly Override[] {
  if (words.slice(0, 4).join(' ') !== 'kustomize edit set image') return [];
  return words.slice(4).flatMap((word) => {
    const [name = ''] = word.split('=');
    const isName = word.includes('=') && name !== '' && !name.includes(unknownPart);
    return isName ? [{ name, at }] : [];
  });
}
