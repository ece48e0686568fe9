import { ruleUrl } from '#shared/rules.ts';
import { podTemplateOf } from '../validation/kubernetes/resource.ts';
import { mapping } from '../validation/plain.ts';
import type { Comparison, PlacedFinding } from './compare-claims.ts';
import type { PlacedResource } from './kubernetes-claims.ts';

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
 * all are applied together; a single file's own validator cannot know. Nothing is said of a set
 * without any pods.
 */
export function kubernetesLinks(all: readonly PlacedResource[]): Comparison {
  const pods = all.flatMap(({ resource }) => {
    const pod = podTemplateOf(resource);
    return pod ? [mapping(pod.metadata.labels)] : [];
  });
  const services = all
    .filter(({ resource }) => resource.kind === 'Service')
    .map(({ resource }) => mapping(mapping(resource.value.metadata).labels));
  const labels = { pods, services };
  const findings: PlacedFinding[] = [];
  let compared = 0;
  if (pods.length === 0) return { compared, findings };
  for (const { resource, path, lineOf } of all) {
    const selector = selectors[resource.kind];
    if (!selector) continue;
    const { at, finds } = selector;
    const wanted = Object.entries(
      mapping(at.reduce((held, key) => mapping(mapping(held)[key]), resource.value)),
    );
    if (wanted.length === 0) continue;
    compared += 1;
    if (labels[finds].some((held) => wanted.every(([key, value]) => held[key] === value))) continue;
    const text = wanted.map(([key, value]) => `${key}=${String(value)}`).join(', ');
    const message = `No ${finds === 'pods' ? 'pod template' : 'Service'} of these files has the labels ${text} that this ${resource.kind} selects.`;
    findings.push({
      path,
      finding: {
        rule: 'omega/selects-nothing',
        severity: 'error',
        line: lineOf(at),
        message,
        url: ruleUrl('omega/selects-nothing'),
      },
    });
  }
  return { compared, findings };
}
