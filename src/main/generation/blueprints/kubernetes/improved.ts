import type { ScanResult, Service } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import type { ContainerFacts, ContainerName } from '../../improve/kubernetes/facts.ts';
import type { Surroundings, WrittenFile } from '../blueprint.ts';
import { imageUser } from '../dockerfile/image-user.ts';
import { stackOf } from '../dockerfile/stacks.ts';
import { leftNotes, textsOf } from '../left-notes.ts';
import { dockerfilePath } from '../names.ts';
import { askedPorts } from './asked-ports.ts';
import { authorsFiles } from './authors-files.ts';
import { deployedByAuthor } from './deployed.ts';
import { improveAhead, improvementOf } from './improve-ahead.ts';
import { ingressPolicies } from './ingress-policy.ts';
import { kubernetesArtifacts } from './kubernetes.ts';
import { livenessPath } from './liveness.ts';
import { manifestPath } from './manifest-path.ts';
import { filesOf, serviceOf } from './owners.ts';
import { readAhead } from './read-ahead.ts';
import { type Resources, resourcesOf, resourcesReason, startupSeconds } from './resources.ts';

/** The author's manifests, and the Dockerfiles of the services that they may run. */
export function kubernetesReads(
  project: ScanResult,
  _service: Service | null,
  target: Target,
): readonly string[] {
  if (target.existing === 'replace') return [];
  const known = reads.get(project);
  if (known) return known;
  const manifests = project.existing.filter(({ kind }) => kind === 'kubernetes');
  const dockerfiles = project.services.map((one) => dockerfilePath(project, one));
  const paths =
    manifests.length === 0 ? [] : [...manifests.map(({ path }) => path), ...dockerfiles];
  reads.set(project, paths);
  return paths;
}

/** The same list for each service of a scan: whoever reads for one has read for all. */
const reads = new WeakMap<ScanResult, readonly string[]>();

/**
 * The author's manifests of a service with small changes where there are any, else ours. None where
 * they come with the files of another service that runs in them too.
 */
export function kubernetesFiles(
  project: ScanResult,
  service: Service,
  surroundings: Surroundings,
): readonly WrittenFile[] {
  const { all, mine, factsOf } = authorsFor(project, service, surroundings);
  if (mine === null) {
    const deployed = deployedByAuthor(project, surroundings);
    const authors = { deployed, ports: askedPorts(surroundings) };
    return kubernetesArtifacts(project, service, surroundings, authors);
  }
  const improved = mine.map((file): WrittenFile => {
    const { content: after, left, done } = improvementOf(file, factsOf);
    return {
      kind: 'kubernetes',
      path: file.path,
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

/** Parses what the author has, and improves what of it is this service's, in threads where it is long. */
export async function prepareKubernetes(
  project: ScanResult,
  service: Service | null,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<void> {
  await readAhead(project, surroundings, signal);
  if (service === null) return;
  const { mine, factsOf } = authorsFor(project, service, surroundings);
  await improveAhead(mine ?? [], factsOf, signal);
}

function authorsFor(project: ScanResult, service: Service, surroundings: Surroundings) {
  const all = surroundings.target.existing === 'improve' ? authorsFiles(project, surroundings) : [];
  return {
    all,
    mine: filesOf(project, service, manifestPath(project, service), all),
    factsOf: (name: ContainerName) => containerFacts(project, name, surroundings),
  };
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
