import { posix } from 'node:path';
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
 * Whether the images that kustomizations and `kustomize edit set image` replace are those of their
 * manifests, to the letter and with their registry: Kustomize passes over a name that it does not
 * find. Only names of images that the manifests have in another form are told, and only where all
 * manifests of the kustomization are among the files.
 */
export function imageOverrides(
  kustomizations: readonly ComparedFile[],
  commands: readonly Command[],
  resources: readonly PlacedResource[],
): Comparison {
  const byFile = Map.groupBy(
    resources.filter(({ chart }) => !chart),
    ({ path }) => path,
  );
  const known = readKustomizations(kustomizations);
  const folders = new Set(kustomizations.map(({ path }) => posix.dirname(path)));
  const byFolder = Map.groupBy(byFile.keys(), (path) => posix.dirname(path));
  const edits = Map.groupBy(commands.flatMap(edited), ({ folder }) => folder);
  const sets = [
    ...[...known].map(([folder, { file }]) => ({ folder, overrides: replaced(file) })),
    ...[...edits].map(([folder, overrides]) => ({ folder, overrides })),
  ];
  const parts = sets.map(({ folder, overrides }) => {
    if (overrides.length === 0) return none;
    // Without a kustomization, one is made of the folder's own files before its images are set.
    const files = folders.has(folder) ? filesOf(folder, known, byFile) : byFolder.get(folder);
    return files
      ? overridden(
          overrides,
          files.flatMap((path) => byFile.get(path) ?? []),
        )
      : none;
  });
  return {
    compared: parts.reduce((sum, { compared }) => sum + compared, 0),
    findings: parts.flatMap(({ findings }) => findings),
  };
}

const none: Comparison = { compared: 0, findings: [] };

function overridden(
  overrides: readonly Override[],
  resources: readonly PlacedResource[],
): Comparison {
  const known = new Map<string, Place>();
  for (const { resource, path, lineOf } of resources) {
    const pod = podTemplateOf(resource);
    for (const { container, path: at } of pod ? containersOf(pod) : []) {
      if (typeof container.image !== 'string') continue;
      known.set(withoutTag(container.image), { path, line: lineOf([...at, 'image']) });
    }
  }
  const byBase = Map.groupBy([...known], ([name]) => baseName(name));
  const findings = overrides.flatMap(({ name, at }): PlacedFinding[] => {
    const like = known.has(name) ? undefined : byBase.get(baseName(name))?.[0];
    if (!like) return [];
    const message = `No manifest has the image "${name}" that is to be replaced here: in ${placeText(like[1])} it is "${like[0]}". Use that name.`;
    return [finding('omega/image-differs', 'error', at, message)];
  });
  return { compared: overrides.length, findings };
}

type Kustomization = { readonly file: ComparedFile; readonly resources: readonly string[] };

/** Kustomizations by their folders; components change what others bring, and are left out. */
function readKustomizations(files: readonly ComparedFile[]): ReadonlyMap<string, Kustomization> {
  return new Map(
    files.flatMap((file) => {
      const [document] = parseYaml(file.content, 'kustomize', 'kubernetes').documents;
      const { kind, resources, components, bases } = mapping(document?.value);
      if (kind === 'Component' || components !== undefined || bases !== undefined) return [];
      const folder = posix.dirname(file.path);
      const paths = list(resources).map((one) =>
        posix.join(folder, String(one)).replace(/\/$/, ''),
      );
      return [[folder, { file, resources: paths }] as const];
    }),
  );
}

/** The files of a kustomization and of those that it builds on; null where not all are known. */
function filesOf(
  folder: string,
  known: ReadonlyMap<string, Kustomization>,
  byFile: ReadonlyMap<string, unknown>,
): readonly string[] | null {
  const seen = new Set<string>();
  const files: string[] = [];
  const left = [folder];
  for (let at = left.pop(); at !== undefined; at = left.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const held = known.get(at);
    // What a base has renamed is found by its new name.
    if (!held || (at !== folder && imagesOf(held.file).length > 0)) return null;
    for (const path of held.resources) {
      if (byFile.has(path)) files.push(path);
      else left.push(path);
    }
  }
  return files;
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

/** The names before `=` of `kustomize edit set image NAME=NEW:TAG`. */
function edited({
  words,
  folder,
  at,
}: Command): readonly (Override & { readonly folder: string })[] {
  if (folder === null || words.slice(0, 4).join(' ') !== 'kustomize edit set image') return [];
  return words.slice(4).flatMap((word) => {
    const [name = ''] = word.split('=');
    const isName = word.includes('=') && name !== '' && !name.includes(unknownPart);
    return isName ? [{ name, folder, at }] : [];
  });
}
