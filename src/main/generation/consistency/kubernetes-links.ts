import { podTemplateOf } from '../validation/kubernetes/resource.ts';
import { type Mapping, mapping } from '../validation/plain.ts';
import { type Comparison, finding, type PlacedFinding } from './compare-claims.ts';
import type { PlacedResource } from './kubernetes-objects.ts';
import { LabelIndex } from './label-index.ts';
import { portLinks } from './port-links.ts';

/** Kinds whose selector has to find something else, with where it stands and what it must find. */
const selectors: Readonly<
  Record<string, { readonly at: readonly string[]; readonly finds: Found }>
> = {
  Service: { at: ['spec', 'selector'], finds: 'pods' },
  PodDisruptionBudget: { at: ['spec', 'selector', 'matchLabels'], finds: 'pods' },
  PodMonitor: { at: ['spec', 'selector', 'matchLabels'], finds: 'pods' },
  ServiceMonitor: { at: ['spec', 'selector', 'matchLabels'], finds: 'services' },
};
type Found = 'pods' | 'services';

/**
 * Whether the selectors of objects find the pods and Services of the other files, as they do where
 * all are applied together, and the ports by their names; a single file's own validator cannot know.
 * What a chart renders is installed by itself. Nothing is said of a set without any pods.
 */
export function kubernetesLinks(all: readonly PlacedResource[]): Comparison {
  const sets = [...Map.groupBy(all, ({ chart }) => chart?.folder).values()];
  const parts = sets.map(linksWithin);
  return {
    compared: parts.reduce((sum, { compared }) => sum + compared, 0),
    findings: parts.flatMap(({ findings }) => findings),
  };
}

function linksWithin(all: readonly PlacedResource[]): Comparison {
  const pods = new LabelIndex(
    all.flatMap((placed) => {
      const pod = podTemplateOf(placed.resource);
      const { podMetadata } = mapping(placed.resource.value.spec);
      const labels = pod ? pod.metadata.labels : mapping(podMetadata).labels;
      return labels === undefined && !pod ? [] : [{ item: placed, labels: mapping(labels) }];
    }),
  );
  const services = new LabelIndex(
    all
      .filter(({ resource }) => resource.kind === 'Service')
      .map((item) => ({ item, labels: mapping(mapping(item.resource.value.metadata).labels) })),
  );
  if (pods.size === 0) return { compared: 0, findings: [] };
  const labels = { pods, services };
  const findings: PlacedFinding[] = [];
  let compared = 0;
  for (const placed of all) {
    const { resource, path, lineOf } = placed;
    const selector = selectors[resource.kind];
    if (!selector) continue;
    const { at, finds } = selector;
    const wanted: Mapping = mapping(
      at.reduce<unknown>((held, key) => mapping(held)[key], resource.value),
    );
    const entries = Object.entries(wanted);
    // A monitor of other namespaces watches what is made elsewhere.
    const others = mapping(mapping(resource.value.spec).namespaceSelector).matchNames;
    if (entries.length === 0 || others !== undefined) continue;
    compared += 1;
    const found = labels[finds].find(wanted);
    if (found.length > 0) {
      const ports = portLinks(placed, found);
      compared += ports.compared;
      findings.push(...ports.findings);
      continue;
    }
    const text = entries.map(([key, value]) => `${key}=${String(value)}`).join(', ');
    const message = `No ${finds === 'pods' ? 'pod template' : 'Service'} of these files has the labels ${text} that this ${resource.kind} selects. Make the labels equal.`;
    findings.push(finding('omega/selects-nothing', 'error', { path, line: lineOf(at) }, message));
  }
  return { compared, findings };
}
