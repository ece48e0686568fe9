import { podTemplateOf, readResource } from '../../validation/kubernetes/resource.ts';
import { list, type Mapping, mapping } from '../../validation/plain.ts';
import { Report } from '../../validation/report.ts';
import { asItIs, type Improvement } from '../improvement.ts';
import { knownImage } from '../known-images.ts';
import { changeYaml, type YamlChange } from '../yaml/changes.ts';
import { linesOf } from '../yaml/lines-of.ts';
import { readYamlFile } from '../yaml/yaml-file.ts';
import { renewApi } from './api-version.ts';
import { hardenContainer, type Known, type Proposal } from './container.ts';
import type { FactsOf } from './facts.ts';
import { watchNamespace } from './namespace.ts';
import { readOnlyRoot } from './read-only.ts';
import { keepContainer } from './running.ts';

/**
 * An author's Kubernetes file, hardened by small edits. What could break a workload is left, with the
 * reason; patches, templates and what cannot be read without doubt are not touched. Of proposals
 * only those are made of which `wants` takes every change.
 */
export function improveKubernetes(
  content: string,
  factsOf: FactsOf,
  wants: (change: YamlChange) => boolean = () => true,
): Improvement {
  const file = readYamlFile(content);
  if (!file) return asItIs(content);
  const proposed = file.documents
    .slice(0, 2_000)
    .flatMap(({ value }, at) => proposalsOf(mapping(value), at, factsOf))
    .filter(({ changes }) => changes.every(wants));
  const { text, made } = changeYaml(
    file,
    proposed.flatMap(({ changes }) => changes),
  );
  const isMade = new Set(made);
  const after = readYamlFile(text) ?? file;
  const isDone = ({ changes }: Proposal): boolean =>
    changes.length > 0 && changes.every((one) => isMade.has(one));
  const lineAt = linesOf(after);
  const note = ({ document, path, text: said }: Proposal) => ({
    line: lineAt(document, path),
    text: said,
  });
  return {
    content: text,
    done: proposed.filter(isDone).map(note),
    left: gathered(proposed.filter((one) => !isDone(one))).map(note),
  };
}

function proposalsOf(value: Mapping, document: number, factsOf: FactsOf): readonly Proposal[] {
  const resource = readResource(value, [], () => 1, new Report());
  if (resource.kind === 'Namespace') return watchNamespace(document, value);
  const renewed = renewApi(document, value);
  // One that is gone is judged by what it will be.
  const current = renewed[0]?.changes[0];
  const apiVersion = current?.type === 'set' ? String(current.value) : resource.apiVersion;
  const pod = value.$patch === undefined ? podTemplateOf({ ...resource, apiVersion }) : null;
  if (!pod) return renewed;
  const specPath = [...pod.path, 'spec'];
  const known = (['initContainers', 'containers'] as const).flatMap((key) =>
    list(pod.spec[key]).map((one, index): Known => {
      const container = mapping(one);
      const image = typeof container.image === 'string' ? container.image : '';
      const isOwn = container.command === undefined && image !== '';
      const name = { workload: resource.name, container: String(container.name ?? ''), image };
      return {
        place: { document, path: [...specPath, key, index], container },
        pod: pod.spec,
        facts: image === '' ? null : factsOf(name),
        image: isOwn ? knownImage(image) : null,
      };
    }),
  );
  // A patch names no image, and says only what it changes.
  if (known.some(({ place }) => typeof place.container.image !== 'string')) return renewed;
  const volumes = new Set(list(pod.spec.volumes).map((one) => String(mapping(one).name ?? '')));
  const own = known.flatMap((one) => [
    ...keepContainer(one).filter(() => !one.place.path.includes('initContainers')),
    ...hardenContainer(one),
    ...readOnlyRoot(one, specPath, volumes),
  ]);
  return [...renewed, ...hardenPod(known, pod.spec, document, specPath), ...own];
}

/** What holds for the pod as a whole, where all that it runs is known. */
function hardenPod(
  known: readonly Known[],
  spec: Mapping,
  document: number,
  path: Proposal['path'],
): readonly Proposal[] {
  const isKnown =
    known.length > 0 && known.every(({ facts, image }) => facts !== null || image !== null);
  const proposals: Proposal[] = [];
  if (
    spec.automountServiceAccountToken === undefined &&
    spec.serviceAccountName === undefined &&
    spec.serviceAccount === undefined
  ) {
    proposals.push(
      isKnown
        ? {
            document,
            path,
            text: 'it gets no key to the API of the cluster, which it does not call.',
            changes: [
              {
                type: 'set',
                document,
                path: [...path, 'automountServiceAccountToken'],
                value: false,
              },
            ],
          }
        : {
            document,
            path,
            changes: [],
            text: 'it gets a key to the API of the cluster, since nobody knows whether it calls it (automountServiceAccountToken: false)',
          },
    );
  }
  const has = (context: unknown): boolean => mapping(context).seccompProfile !== undefined;
  if (
    !has(spec.securityContext) &&
    !known.some(
      ({ place }) =>
        has(place.container.securityContext) ||
        mapping(place.container.securityContext).privileged === true,
    )
  ) {
    proposals.push(
      isKnown
        ? {
            document,
            path,
            text: 'the system calls of the runtime’s default profile are all that it may make.',
            changes: [
              {
                type: 'set',
                document,
                path: [...path, 'securityContext', 'seccompProfile', 'type'],
                value: 'RuntimeDefault',
              },
            ],
          }
        : {
            document,
            path,
            changes: [],
            text: 'it may make every system call, since nobody knows which it makes (seccompProfile: RuntimeDefault)',
          },
    );
  }
  return proposals;
}

/** What is left of one object, in one sentence. */
function gathered(left: readonly Proposal[]): readonly Proposal[] {
  const byPlace = Map.groupBy(left, ({ document }) => document);
  return [...byPlace.values()].flatMap(([first, ...rest]): readonly Proposal[] => {
    if (!first) return [];
    const all = [...new Set([first, ...rest].map(({ text }) => text))].join('; ');
    return [{ ...first, changes: [], text: `Left as it is: ${all}.` }];
  });
}
