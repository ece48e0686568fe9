import { posix } from 'node:path';
import { editDistance } from '#main/core/edit-distance.ts';
import { containersOf, podTemplateOf } from '../validation/kubernetes/resource.ts';
import { list, mapping } from '../validation/plain.ts';
import { parseYaml } from '../validation/yaml/parse-yaml.ts';
import type { ComparedFile } from './claim.ts';
import { type Comparison, finding, type PlacedFinding } from './compare-claims.ts';
import type { PlacedResource } from './kubernetes-objects.ts';
import type { Command } from './pipeline.ts';
import { optionsOf } from './shell-commands.ts';

/** What pipelines name by its path or its name in the cluster. */
export type NamedPlaces = {
  readonly folders: ReadonlySet<string>;
  readonly namespaces: ReadonlySet<string>;
  readonly secrets: ReadonlySet<string>;
};

/** What of it the files of a project have. */
export function namedPlaces(
  files: readonly ComparedFile[],
  kustomizations: readonly ComparedFile[],
  resources: readonly PlacedResource[],
): NamedPlaces {
  const namespaces = kustomizations.flatMap(({ content }) => {
    const [document] = parseYaml(content, 'kustomize', 'kubernetes').documents;
    return [mapping(document?.value).namespace];
  });
  const secrets = resources.flatMap(({ resource }) => {
    const pod = podTemplateOf(resource);
    if (!pod) return [];
    const used = containersOf(pod).flatMap(({ container }) => [
      ...list(container.env).map(
        (one) => mapping(mapping(mapping(one).valueFrom).secretKeyRef).name,
      ),
      ...list(container.envFrom).map((one) => mapping(mapping(one).secretRef).name),
    ]);
    return [...used, ...list(pod.spec.imagePullSecrets).map((one) => mapping(one).name)];
  });
  return {
    folders: new Set(files.map(({ path }) => posix.dirname(path))),
    namespaces: texts([
      ...namespaces,
      ...resources.flatMap(({ resource }) =>
        resource.kind === 'Namespace' ? [resource.name] : [resource.namespace],
      ),
    ]),
    secrets: texts(secrets),
  };
}

function texts(values: readonly unknown[]): ReadonlySet<string> {
  return new Set(values.filter((one) => typeof one === 'string').filter((one) => one !== ''));
}

/**
 * Whether the folders, namespaces and Secrets that a pipeline names are those of the files, as far as
 * a name is all but that of one of them: all others may be of what the files do not show.
 */
export function placeLinks(commands: readonly Command[], places: NamedPlaces): Comparison {
  const kinds = [
    { what: 'folder', known: places.folders, namesIn: foldersIn },
    { what: 'namespace', known: places.namespaces, namesIn: namespacesIn },
    { what: 'Secret', known: places.secrets, namesIn: secretsIn },
  ];
  const findings: PlacedFinding[] = [];
  let compared = 0;
  for (const { what, known, namesIn } of kinds) {
    const named = commands.flatMap((command) =>
      namesIn(command).map((name) => ({ name, at: command.at })),
    );
    const all = new Set(named.map(({ name }) => name));
    const unnamed = [...known].filter((one) => !all.has(one));
    compared += named.length;
    for (const { name, at } of named.slice(0, maxNames)) {
      const meant = known.has(name) ? undefined : unnamed.find((one) => isSlip(name, one));
      if (meant === undefined) continue;
      const message = `The pipeline names the ${what} "${name}", and the files of the project have "${meant}". Use that name, if it is meant.`;
      findings.push(finding('omega/names-nothing', 'warning', at, message));
    }
  }
  return { compared, findings };
}

/** Each is held against what is not named. */
const maxNames = 500;

/** Whether one name is the other but for a letter or two that changed places. */
function isSlip(name: string, other: string): boolean {
  if (Math.min(name.length, other.length) < 5) return false;
  // What tells two things apart is mostly a figure.
  if (name.replace(/\d/g, '') === other.replace(/\d/g, '')) return false;
  return editDistance(name, other, 2) <= (name.length === other.length ? 2 : 1);
}

function foldersIn({ words, folder }: Command): readonly string[] {
  const [tool = '', verb = ''] = words;
  const given =
    tool === 'kubectl' && verb === 'apply'
      ? optionsOf(words, '-k', '--kustomize', '-f', '--filename')
      : tool === 'kustomize' && verb === 'build'
        ? words.slice(2, 3)
        : tool === 'terraform' || tool === 'tofu'
          ? ['.']
          : tool === 'helm' && (verb === 'upgrade' || verb === 'install')
            ? words.filter((word) => word.includes('/') && !word.startsWith('-'))
            : [];
  return given.flatMap((one) => {
    const at = folder === null ? '' : posix.join(folder, one).replace(/\/$/, '');
    const path = /\.(?:ya?ml|json)$/.test(at) ? posix.dirname(at) : at;
    return /^[\w./-]+$/.test(path) && !path.startsWith('..') && path !== '.' ? [path] : [];
  });
}

function namespacesIn({ words }: Command): readonly string[] {
  if (words[0] !== 'kubectl' && words[0] !== 'helm') return [];
  return optionsOf(words, '-n', '--namespace').filter((one) => /^[a-z0-9-]+$/.test(one));
}

function secretsIn({ words }: Command): readonly string[] {
  const at = words.indexOf('secret');
  if (words[0] !== 'kubectl' || words[1] !== 'create' || at !== 2) return [];
  const name = words[4] ?? '';
  return /^[a-z0-9.-]+$/.test(name) ? [name] : [];
}
