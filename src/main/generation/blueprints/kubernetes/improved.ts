import type { ScanResult, Service } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import type { ContainerFacts, ContainerName } from '../../improve/kubernetes/facts.ts';
import { improveKubernetes } from '../../improve/kubernetes/improve-kubernetes.ts';
import type { Surroundings, WrittenFile } from '../blueprint.ts';
import { imageUser } from '../dockerfile/image-user.ts';
import { stackOf } from '../dockerfile/stacks.ts';
import { leftNotes, textsOf } from '../left-notes.ts';
import { dockerfilePath } from '../names.ts';
import { authorsFiles, filesOf, serviceOf } from './authors-files.ts';
import { ingressPolicies } from './ingress-policy.ts';
import { kubernetesArtifacts, manifestPath } from './kubernetes.ts';
import { livenessPath } from './liveness.ts';
import { type Resources, resourcesOf, resourcesReason, startupSeconds } from './resources.ts';

/** Manifests that are read at most. */
const maxManifests = 150;

/** The author's manifests, and the Dockerfiles of the services that they may run. */
export function kubernetesReads(
  project: ScanResult,
  _service: Service | null,
  target: Target,
): readonly string[] {
  if (target.existing === 'replace') return [];
  const manifests = project.existing.filter(({ kind }) => kind === 'kubernetes');
  if (manifests.length === 0) return [];
  const dockerfiles = project.services.slice(0, 50).map((one) => dockerfilePath(project, one));
  return [...manifests.slice(0, maxManifests).map(({ path }) => path), ...dockerfiles];
}

/** The author's manifests of a service with small changes where there are any, else ours. */
export function kubernetesFiles(
  project: ScanResult,
  service: Service,
  surroundings: Surroundings,
): readonly WrittenFile[] {
  const all = surroundings.target.existing === 'improve' ? authorsFiles(project, surroundings) : [];
  const mine = filesOf(project, service, manifestPath(project, service), all);
  if (mine.length === 0) return kubernetesArtifacts(project, service, surroundings);
  const factsOf = (name: ContainerName) => containerFacts(project, name, surroundings);
  const improved = mine.map(({ path, content }): WrittenFile => {
    const { content: after, left, done } = improveKubernetes(content, factsOf);
    return {
      kind: 'kubernetes',
      path,
      content: after,
      notes: leftNotes(left),
      mended: textsOf(done),
    };
  });
  const policies = mine.flatMap((file) => ingressPolicies(project, file, all) ?? []);
  const taken = new Set(surroundings.texts.keys());
  const beside = policies.filter(({ path }) => !taken.has(path));
  return [...improved, ...beside.map((file): WrittenFile => ({ kind: 'kubernetes', ...file }))];
}

/** What is known of what a container of an author's manifest runs; null where it runs no service. */
export function containerFacts(
  project: ScanResult,
  name: ContainerName,
  surroundings: Surroundings,
): ContainerFacts | null {
  const service = serviceOf(project, name);
  if (!service) return null;
  const path = dockerfilePath(project, service);
  const { healthPath, ports } = service;
  const port = ports[0];
  const isOurs = surroundings.texts.get(path)?.isOurs === true;
  return {
    runsAs: imageUser(project, path, surroundings),
    // Of an image that its author describes nobody knows what it writes.
    writes: isOurs ? (writable(service) ?? null) : null,
    health:
      healthPath?.startsWith('/') && port !== undefined
        ? {
            path: healthPath,
            alive: livenessPath(service),
            port,
            startupSeconds: startupSeconds(service),
          }
        : null,
    resources: { ...withoutDisk(resourcesOf(service)), reason: resourcesReason(service) },
  };
}

/** A pod that runs today may fill any disk: a limit on that is not ours to set. */
function withoutDisk({ requests, limits }: Resources): Resources {
  const { 'ephemeral-storage': _request, ...requested } = requests;
  const { 'ephemeral-storage': _limit, ...limited } = limits;
  return { requests: requested, limits: limited };
}

function writable(service: Service): readonly string[] | undefined {
  try {
    const { writable: folders } = stackOf(service).image(service);
    return folders.every((folder) => folder.startsWith('/')) ? folders : undefined;
  } catch {
    return undefined;
  }
}
