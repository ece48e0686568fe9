import { list, type Mapping, mapping } from '../plain.ts';
import { quote } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import { quantityOf } from './quantity.ts';
import { containersOf, podTemplateOf, type Resource } from './resource.ts';
import { isDnsLabel } from './rules-names.ts';
import { judgePorts } from './rules-ports.ts';
import { judgeProbes } from './rules-probes.ts';
import { judgeMounts, judgeVolumes } from './rules-volumes.ts';
import { judgeWorkload } from './rules-workloads.ts';

const docs = 'https://kubernetes.io/docs/';
const workloadsUrl = `${docs}concepts/workloads/`;

/** What the API server refuses in pods beyond single fields: names, ports, mounts, selectors. */
export function judgePods(resource: Resource): void {
  const pod = podTemplateOf(resource);
  if (!pod) return;
  judgeWorkload(resource, pod);
  judgeVolumes(resource, pod);
  const names = new Set<string>();
  const volumes = new Set([
    ...list(pod.spec.volumes).map((volume) => String(mapping(volume).name)),
    ...list(mapping(resource.value.spec).volumeClaimTemplates).map((claim) =>
      String(mapping(mapping(claim).metadata).name),
    ),
  ]);
  if (Array.isArray(pod.spec.containers) && pod.spec.containers.length === 0) {
    resource.say(
      'missing-field',
      'error',
      [...pod.path, 'spec', 'containers'],
      'A pod needs at least one container. Add one.',
      workloadsUrl,
    );
  }
  for (const { container, path } of containersOf(pod)) {
    const { name } = container;
    if (typeof name === 'string') {
      if (!isDnsLabel(name)) {
        resource.say(
          'invalid-name',
          'error',
          [...path, 'name'],
          `${quote(name)} is no container name: at most 63 of a-z, 0-9 and -.`,
          `${docs}concepts/overview/working-with-objects/names/#dns-label-names`,
        );
      } else if (names.has(name)) {
        resource.say(
          'duplicate-container',
          'error',
          [...path, 'name'],
          `Two containers are called ${quote(name)}. Rename one.`,
          workloadsUrl,
        );
      }
      names.add(name);
    }
    judgePorts(resource, container, path);
    judgeEnvironment(resource, container, path);
    judgeResources(resource, container, path);
    judgeProbes(resource, container, path);
    judgeMounts(resource, container, path);
    list(container.volumeMounts).forEach((mount, index) => {
      const wanted = mapping(mount).name;
      if (typeof wanted === 'string' && !volumes.has(wanted)) {
        const hint = didYouMean(wanted, volumes) || ' Add it under volumes.';
        resource.say(
          'undefined-volume',
          'error',
          [...path, 'volumeMounts', index, 'name'],
          `The pod has no volume ${quote(wanted)}.${hint}`,
          `${docs}concepts/storage/volumes/`,
        );
      }
    });
  }
}

function judgeEnvironment(resource: Resource, container: Mapping, path: YamlPath): void {
  const seen = new Set<string>();
  const url = `${docs}tasks/inject-data-application/define-environment-variable-container/`;
  list(container.env).forEach((entry, index) => {
    const { name, value, valueFrom } = mapping(entry);
    const at = [...path, 'env', index];
    if (typeof name !== 'string') return;
    if (seen.has(name))
      resource.say(
        'duplicate-env',
        'warning',
        [...at, 'name'],
        `${quote(name)} is set twice; the last one counts. Remove one.`,
        url,
      );
    seen.add(name);
    if (
      typeof value === 'string' &&
      value !== '' &&
      valueFrom !== undefined &&
      valueFrom !== null
    ) {
      resource.say(
        'env-value',
        'error',
        at,
        `${quote(name)} has both value and valueFrom. Keep one.`,
        url,
      );
    }
  });
}

function judgeResources(resource: Resource, container: Mapping, path: YamlPath): void {
  const { requests, limits } = mapping(container.resources);
  for (const [key, request] of Object.entries(mapping(requests))) {
    const limit = mapping(limits)[key];
    const [wanted, most] = [quantityOf(request), quantityOf(limit)];
    if (wanted !== null && most !== null && wanted > most) {
      resource.say(
        'request-over-limit',
        'error',
        [...path, 'resources', 'requests', key],
        `The request ${String(request)} is over the limit ${String(limit)}. Raise the limit or lower the request.`,
        `${docs}concepts/configuration/manage-resources-containers/`,
      );
    }
  }
}
