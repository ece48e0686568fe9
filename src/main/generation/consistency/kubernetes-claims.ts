import {
  containersOf,
  podTemplateOf,
  type Resource,
  readResource,
} from '../validation/kubernetes/resource.ts';
import { list, type Mapping, mapping } from '../validation/plain.ts';
import { Report } from '../validation/report.ts';
import type { YamlPath } from '../validation/yaml/line-of-path.ts';
import { parseYaml } from '../validation/yaml/parse-yaml.ts';
import { type Claim, type ComparedFile, imageName, setsPort } from './claim.ts';

/** A Kubernetes object and where it stands. */
export type PlacedResource = {
  readonly resource: Resource;
  readonly path: string;
  readonly lineOf: (path: YamlPath) => number;
};

/** The objects of a file; none of one that cannot be read, which its validator tells. */
export function resourcesOf({
  path,
  content,
}: Pick<ComparedFile, 'path' | 'content'>): readonly PlacedResource[] {
  return parseYaml(content, 'kubernetes', 'kubernetes').documents.map(({ value, lineOf }) => ({
    resource: readResource(mapping(value), [], lineOf, new Report()),
    path,
    lineOf,
  }));
}

/** What manifests say of the services that they run; a workload is called as its service is. */
export function kubernetesClaims(all: readonly PlacedResource[]): readonly Claim[] {
  return all.flatMap(({ resource, path, lineOf }) => {
    const pod = podTemplateOf(resource);
    if (!pod) return [];
    const service = resource.name;
    // Sidecars are not the service: its own container comes first.
    const first = containersOf(pod).find(({ init }) => !init);
    if (!first) return [];
    const { container, path: at } = first;
    const claim = (about: Claim['about'], value: string, where: YamlPath): Claim => {
      return { service, about, value, path, line: lineOf([...at, ...where]) };
    };
    const config = configOf(all, container, resource.namespace);
    const own = list(container.env).map(mapping);
    const given = [...config, ...own.map((one) => [String(one.name), one.value] as const)];
    return [
      ...(typeof container.image === 'string'
        ? [claim('image', imageName(container.image), ['image'])]
        : []),
      ...(setsPort(given) ? [] : list(container.ports)).map((port, index) =>
        claim('port', String(mapping(port).containerPort), ['ports', index]),
      ),
      ...list(container.env).map((one, index) => ({
        ...claim('variable', String(mapping(one).name), ['env', index]),
        ...(isOptional(mapping(one)) ? { optional: true as const } : {}),
      })),
      ...config.map(([key]) => claim('variable', key, ['envFrom'])),
    ];
  });
}

function isOptional({ valueFrom }: Mapping): boolean {
  const { secretKeyRef, configMapKeyRef } = mapping(valueFrom);
  return mapping(secretKeyRef ?? configMapKeyRef).optional === true;
}

function configOf(
  all: readonly PlacedResource[],
  container: Mapping,
  namespace: string,
): readonly (readonly [string, unknown])[] {
  const named = list(container.envFrom).map((from) => mapping(mapping(from).configMapRef).name);
  const maps = all.filter(
    ({ resource }) =>
      resource.kind === 'ConfigMap' &&
      resource.namespace === namespace &&
      named.includes(resource.name),
  );
  return maps.flatMap(({ resource }) => Object.entries(mapping(resource.value.data)));
}
