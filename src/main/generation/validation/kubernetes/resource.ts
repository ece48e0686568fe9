import type { Severity } from '#shared/artifact.ts';
import { list, type Mapping, mapping } from '../plain.ts';
import type { Report } from '../report.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';

/** One Kubernetes object of a file, with a way to speak about any place in it. */
export type Resource = {
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty where there is none. */
  readonly name: string;
  /** Empty where the object names none. */
  readonly namespace: string;
  readonly value: Mapping;
  /**
   * Adds a finding on the line of `path` within this object, or `below` lines after it. A rule that
   * names no format is one of Kubernetes.
   */
  readonly say: (
    rule: string,
    severity: Severity,
    path: YamlPath,
    message: string,
    url: string,
    below?: number,
  ) => void;
};

/** Reads one object; `base` is where it lies in its document (within a List). */
export function readResource(
  value: Mapping,
  base: YamlPath,
  lineOf: (path: YamlPath) => number,
  report: Report,
): Resource {
  const metadata = mapping(value.metadata);
  const text = (held: unknown): string => (typeof held === 'string' ? held : '');
  return {
    apiVersion: text(value.apiVersion),
    kind: text(value.kind),
    name: text(metadata.name),
    namespace: text(metadata.namespace),
    value,
    say: (rule, severity, path, message, url, below = 0) => {
      const name = rule.includes('/') ? rule : `kubernetes/${rule}`;
      report.add(name, severity, lineOf([...base, ...path]) + below, message, url);
    },
  };
}

/** A pod template within an object, and where it lies. */
export type PodTemplate = {
  readonly path: YamlPath;
  readonly metadata: Mapping;
  readonly spec: Mapping;
};

const templatePaths: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  PodTemplate: ['template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  Deployment: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
};

/** The pod that an object runs, or null for objects that run none. */
export function podTemplateOf(resource: Resource): PodTemplate | null {
  const path = templatePaths[resource.kind];
  if (path === undefined || !/^(?:v1|apps\/|batch\/|extensions\/)/.test(resource.apiVersion))
    return null;
  let at = resource.value;
  for (const step of path) at = mapping(at[step]);
  if (at.spec === undefined) return null;
  return { path, metadata: mapping(at.metadata), spec: mapping(at.spec) };
}

/** All containers of a pod, with their paths; init containers too. */
export function containersOf(
  pod: PodTemplate,
): readonly { readonly container: Mapping; readonly path: YamlPath; readonly init: boolean }[] {
  return (['initContainers', 'containers'] as const).flatMap((key) =>
    list(pod.spec[key]).map((container, index) => ({
      container: mapping(container),
      path: [...pod.path, 'spec', key, index],
      init: key === 'initContainers',
    })),
  );
}
