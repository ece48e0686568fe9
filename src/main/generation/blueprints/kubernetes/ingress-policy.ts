import { Document } from 'yaml';
import type { ScanResult } from '#shared/scan.ts';
import { list, mapping } from '../../validation/plain.ts';
import type { AuthorsFile, AuthorsWorkload } from './authors-files.ts';

const comment = ` What comes in reaches the ports of these pods alone. What goes out is left open: only who wrote
 the services knows all that they call.`;

/**
 * Network policies for the pods of an author's file that no policy of theirs chooses, as a file
 * beside it; null where none is missing, or where the author's kustomization lists what of the folder is
 * applied. Pods that declare no port are left out: any might be used.
 */
export function ingressPolicies(
  project: ScanResult,
  file: AuthorsFile,
  all: readonly AuthorsFile[],
): { readonly path: string; readonly content: string } | null {
  const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
  if (project.existing.some(({ path }) => isKustomization(path, folder))) return null;
  const policies = all.flatMap((one) => one.policies);
  const open = file.workloads.filter((one) => portsOf(one).length > 0 && !isChosen(one, policies));
  if (open.length === 0) return null;
  const documents = open.map((workload, at) => {
    const document = new Document(policyOf(workload), { compat: 'yaml-1.1' });
    if (at === 0 && document.contents) document.contents.commentBefore = comment;
    return document.toString({ lineWidth: 0 });
  });
  const path = file.path.replace(
    /(?:-(?:deployment|statefulset|daemonset))?\.ya?ml$/,
    '-network-policy.yaml',
  );
  return { path, content: documents.join('---\n') };
}

const isKustomization = (path: string, folder: string): boolean =>
  path === `${folder}kustomization.yaml` || path === `${folder}kustomization.yml`;

function labelsOf({ pod }: AuthorsWorkload): Readonly<Record<string, unknown>> {
  return mapping(pod.metadata.labels);
}

function isChosen(workload: AuthorsWorkload, policies: AuthorsFile['policies']): boolean {
  const labels = labelsOf(workload);
  if (Object.keys(labels).length === 0) return true;
  return policies.some((wanted) =>
    Object.entries(wanted).every(([key, value]) => labels[key] === value),
  );
}

function portsOf({
  pod,
}: AuthorsWorkload): readonly { readonly protocol: string; readonly port: number }[] {
  if (pod.spec.hostNetwork === true) return [];
  const ports = list(pod.spec.containers).flatMap((container) =>
    list(mapping(container).ports).map(mapping),
  );
  return ports.flatMap(({ containerPort, protocol }) =>
    typeof containerPort === 'number'
      ? [{ protocol: typeof protocol === 'string' ? protocol : 'TCP', port: containerPort }]
      : [],
  );
}

function policyOf(workload: AuthorsWorkload): object {
  const { name, namespace } = workload;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, ...(namespace === '' ? {} : { namespace }) },
    spec: {
      podSelector: { matchLabels: labelsOf(workload) },
      policyTypes: ['Ingress'],
      ingress: [{ ports: portsOf(workload) }],
    },
  };
}
