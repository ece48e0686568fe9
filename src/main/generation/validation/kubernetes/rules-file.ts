import { ruleUrl } from '#shared/rules.ts';
import { list, mapping } from '../plain.ts';
import { quote } from '../report.ts';
import { containersOf, podTemplateOf, type Resource } from './resource.ts';

const docs = 'https://kubernetes.io/docs/concepts/';

/** Services times pods that are compared; the time for more would be noticed. */
const maxComparisons = 200_000;

/** What only shows when a file's objects are seen together. */
export function judgeTogether(resources: readonly Resource[]): void {
  const seen = new Set<string>();
  for (const { apiVersion, kind, namespace, name, say } of resources) {
    if (name === '') continue;
    const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
    const key = `${group}\n${kind}\n${namespace}\n${name}`;
    if (seen.has(key)) {
      say(
        'duplicate-resource',
        'error',
        ['metadata', 'name'],
        `This file has ${kind} ${quote(name)} already; one would overwrite the other. Rename or remove one.`,
        `${docs}overview/working-with-objects/names/`,
      );
    }
    seen.add(key);
  }
  const pods = resources.flatMap((resource) => {
    const pod = podTemplateOf(resource);
    return pod ? [{ pod, namespace: resource.namespace }] : [];
  });
  let comparisons = 0;
  for (const { kind, value, namespace, say } of resources) {
    const spec = mapping(value.spec);
    const selector = Object.entries(mapping(spec.selector));
    if (kind !== 'Service' || selector.length === 0) continue;
    comparisons += pods.length;
    if (comparisons > maxComparisons) {
      say(
        'not-checked',
        'info',
        [],
        'There are too many objects to see which pods the remaining Services lead to. Split the file.',
        ruleUrl('kubernetes/not-checked'),
      );
      return;
    }
    const here = pods.filter((other) => other.namespace === namespace);
    if (here.length === 0) continue;
    const chosen = here.filter(({ pod }) =>
      selector.every(([key, wanted]) => mapping(pod.metadata.labels)[key] === wanted),
    );
    if (chosen.length === 0) {
      say(
        'selector-matches-nothing',
        'warning',
        ['spec', 'selector'],
        'No pod in this file has these labels, so the Service leads nowhere. Give it the labels of a pod template.',
        `${docs}services-networking/service/`,
      );
      continue;
    }
    const names = new Set(
      chosen.flatMap(({ pod }) =>
        containersOf(pod).flatMap(({ container }) =>
          list(container.ports).map((port) => mapping(port).name),
        ),
      ),
    );
    list(spec.ports).forEach((port, index) => {
      const { targetPort } = mapping(port);
      if (typeof targetPort === 'string' && !names.has(targetPort)) {
        say(
          'undefined-port',
          'warning',
          ['spec', 'ports', index, 'targetPort'],
          `The pods have no port called ${quote(targetPort)}. Name one of their ports.`,
          `${docs}services-networking/service/`,
        );
      }
    });
  }
}
