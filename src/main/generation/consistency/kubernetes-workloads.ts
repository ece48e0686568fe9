import { containersOf, podTemplateOf } from '../validation/kubernetes/resource.ts';
import { list, type Mapping, mapping } from '../validation/plain.ts';
import type { YamlPath } from '../validation/yaml/line-of-path.ts';
import type { GivenVariable, Place, Workload } from './claim.ts';
import { withoutTag } from './image-name.ts';
import type { PlacedResource } from './kubernetes-objects.ts';

/** The services that manifests run; a workload is called as its service is. */
export function kubernetesWorkloads(all: readonly PlacedResource[]): readonly Workload[] {
  const maps = Map.groupBy(
    all.filter(({ resource }) => resource.kind === 'ConfigMap'),
    (one) => keyOf(one),
  );
  return all.flatMap((placed): Workload[] => {
    const { resource, path, lineOf, chart } = placed;
    const pod = podTemplateOf(resource);
    // Sidecars are not the service: its own container comes first.
    const first = pod ? containersOf(pod).find(({ init }) => !init) : undefined;
    if (!first || resource.name === '') return [];
    const { container, path: base } = first;
    // What `helm template` puts before names of charts that hold one service.
    const service = chart ? resource.name.replace(/^release-name-/, '') : resource.name;
    const at = (value: unknown, ...where: YamlPath): Place =>
      chart?.placeOf(service, String(value)) ?? { path, line: lineOf([...base, ...where]) };
    // Values hold an image as a whole or without its registry; the tag mostly for itself.
    const imageAt = (image: string): Place => {
      const named = withoutTag(image);
      const held = [
        named,
        named.split('/').slice(1).join('/'),
        named.split('/').slice(-2).join('/'),
      ];
      const place = held.map((one) => chart?.placeOf(service, one)).find((one) => one);
      return place ?? at(image, 'image');
    };
    const configs = list(container.envFrom).map((from) => mapping(mapping(from).configMapRef).name);
    const config = configs.flatMap((name) => maps.get(keyOf(placed, String(name))) ?? []);
    const { image } = container;
    return [
      {
        service,
        file: chart ? `${chart.folder}templates` : path,
        image: typeof image === 'string' ? { value: image, at: imageAt(image) } : null,
        ports: list(container.ports).flatMap((port, index) => {
          const { containerPort, protocol = 'TCP' } = mapping(port);
          const value = String(containerPort);
          return protocol === 'TCP' ? [{ value, at: at(value, 'ports', index) }] : [];
        }),
        variables: [
          ...config.flatMap((map) => configVariables(map, service)),
          ...list(container.env).map((one, index) => {
            const { name, value } = mapping(one);
            return {
              name: String(name),
              value: typeof value === 'string' ? value : null,
              optional: isOptional(mapping(one)),
              at: at(name, 'env', index),
            };
          }),
        ],
        ...(chart ? { adds: true as const } : {}),
        partial: chart?.isOpen === true || hasUnknownSource(container, config.length),
      },
    ];
  });
}

/** By what a reference within the same files finds an object; a rendered one only those of its chart. */
function keyOf({ resource, chart }: PlacedResource, name = resource.name): string {
  return `${chart?.folder ?? ''}\n${chart ? 'chart' : ''}\n${resource.namespace}\n${name}`;
}

function configVariables(map: PlacedResource, service: string): readonly GivenVariable[] {
  return Object.entries(mapping(map.resource.value.data)).map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : null,
    optional: false,
    at: map.chart?.placeOf(service, name) ?? { path: map.path, line: map.lineOf(['data', name]) },
  }));
}

/** Whether all of a Secret, or a ConfigMap that is made elsewhere, is given to the container. */
function hasUnknownSource(container: Mapping, known: number): boolean {
  const sources = list(container.envFrom).map(mapping);
  return sources.filter((one) => one.configMapRef !== undefined).length > known
    ? true
    : sources.some((one) => one.secretRef !== undefined);
}

function isOptional({ valueFrom }: Mapping): boolean {
  const { secretKeyRef, configMapKeyRef } = mapping(valueFrom);
  return mapping(secretKeyRef ?? configMapKeyRef).optional === true;
}
