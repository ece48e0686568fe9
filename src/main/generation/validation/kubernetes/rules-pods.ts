import { quote } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import { quantityOf } from './quantity.ts';
import {
  containersOf,
  list,
  type Mapping,
  mapping,
  type PodTemplate,
  podTemplateOf,
  type Resource,
} from './resource.ts';
import { isDnsLabel } from './rules-names.ts';
import { judgeProbes } from './rules-probes.ts';

const docs = 'https://kubernetes.io/docs/';
const workloadsUrl = `${docs}concepts/workloads/`;

/** What the API server refuses in pods beyond single fields: names, ports, mounts, selectors. */
export function judgePods(resource: Resource): void {
  const pod = podTemplateOf(resource);
  if (!pod) return;
  judgeSelector(resource, pod);
  judgeRestart(resource, pod);
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

function judgeSelector(resource: Resource, pod: PodTemplate): void {
  const selector = mapping(mapping(resource.value.spec).selector);
  if (!/^(?:Deployment|StatefulSet|DaemonSet|ReplicaSet)$/.test(resource.kind)) return;
  const labels = mapping(pod.metadata.labels);
  const wanted = Object.entries(mapping(selector.matchLabels));
  for (const [key, value] of wanted) {
    if (labels[key] === value) continue;
    const found = labels[key] === undefined ? 'lacks it' : `has ${quote(String(labels[key]))}`;
    resource.say(
      'selector-mismatch',
      'error',
      ['spec', 'selector', 'matchLabels', key],
      `The selector wants ${quote(`${key}: ${String(value)}`)}, and the template ${found}. Give both the same labels.`,
      `${docs}concepts/workloads/controllers/deployment/#selector`,
    );
  }
  if (
    resource.value.spec !== undefined &&
    mapping(resource.value.spec).selector !== undefined &&
    wanted.length === 0 &&
    list(selector.matchExpressions).length === 0
  ) {
    resource.say(
      'selector-mismatch',
      'error',
      ['spec', 'selector'],
      'An empty selector is refused. Name a label of the template under matchLabels.',
      `${docs}concepts/workloads/controllers/deployment/#selector`,
    );
  }
}

function judgeRestart(resource: Resource, pod: PodTemplate): void {
  const { restartPolicy } = pod.spec;
  const path = [...pod.path, 'spec', 'restartPolicy'];
  const url = `${docs}concepts/workloads/pods/pod-lifecycle/#restart-policy`;
  if (resource.kind === 'Job' || resource.kind === 'CronJob') {
    if (restartPolicy !== 'Never' && restartPolicy !== 'OnFailure') {
      resource.say(
        'restart-policy',
        'error',
        path,
        'The pod of a job needs restartPolicy Never or OnFailure. Set one.',
        url,
      );
    }
  } else if (
    pod.path.length > 0 &&
    resource.kind !== 'PodTemplate' &&
    restartPolicy !== undefined &&
    restartPolicy !== 'Always'
  ) {
    resource.say(
      'restart-policy',
      'error',
      path,
      `The pods of a ${resource.kind} always restart. Remove restartPolicy, or use a Job.`,
      url,
    );
  }
}

function judgePorts(resource: Resource, container: Mapping, path: YamlPath): void {
  const names = new Set<string>();
  list(container.ports).forEach((entry, index) => {
    const { name, containerPort, hostPort } = mapping(entry);
    const at = [...path, 'ports', index];
    for (const [key, port] of Object.entries({ containerPort, hostPort })) {
      if (typeof port === 'number' && (port < 1 || port > 65_535)) {
        resource.say(
          'invalid-port',
          'error',
          [...at, key],
          `${port} is no port. Give a number from 1 to 65535.`,
          `${docs}concepts/services-networking/service/`,
        );
      }
    }
    if (typeof name !== 'string') return;
    if (!isPortName(name)) {
      resource.say(
        'invalid-name',
        'error',
        [...at, 'name'],
        `${quote(name)} is no port name: at most 15 of a-z, 0-9 and -, with a letter.`,
        `${docs}concepts/services-networking/service/#field-spec-ports`,
      );
    } else if (names.has(name)) {
      resource.say(
        'duplicate-port',
        'error',
        [...at, 'name'],
        `Two ports are called ${quote(name)}. Rename one.`,
        `${docs}concepts/services-networking/service/#field-spec-ports`,
      );
    }
    names.add(name);
  });
}

/** Whether a text is an IANA service name, as ports of containers must be called. */
export function isPortName(text: string): boolean {
  return isDnsLabel(text, 15) && /[a-z]/.test(text) && !text.includes('--');
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
