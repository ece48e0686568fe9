import { OmegaError } from '#shared/error.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import type { Metrics } from '#shared/service-metrics.ts';
import type { Surroundings } from '../blueprint.ts';
import { isDeployable } from '../deployable.ts';
import { type Deployed, deployedByAuthor } from '../kubernetes/deployed.ts';
import { namesOf } from '../names.ts';
import { type RequestMetrics, requestMetrics } from './request-metrics.ts';

/** A service as what watches it sees it. */
export type Observed = {
  readonly service: Service;
  /** The name of what runs it, which is its `job` too: in files of ours also that of its Service and its container. */
  readonly name: string;
  /** Its container, where an author calls it otherwise; else the same name. */
  readonly container: string;
  /** How an author's manifests run it; null where ours do. */
  readonly deployed: Deployed | null;
  /** How it tells of its requests; null where it does not. */
  readonly requests: RequestMetrics | null;
  /** Path that Prometheus asks on its port `http`; null where it does not. */
  readonly scrapes: string | null;
  /** Whether it sends to the OpenTelemetry Collector, whence Prometheus has its metrics. */
  readonly pushes: boolean;
};

/**
 * The deployable services of a project, as Prometheus and Grafana see them.
 * @throws OmegaError `INVALID_INPUT` where there is none.
 */
export function observedServices(
  project: ScanResult,
  surroundings: Surroundings,
): readonly Observed[] {
  const deployed = deployedByAuthor(project, surroundings);
  const observed = project.services
    .filter(isDeployable)
    .map((service) => observe(project, service, deployed.get(service) ?? null))
    .filter(({ name }, index, all) => all.findIndex((one) => one.name === name) === index);
  if (observed.length > 0) return observed;
  throw new OmegaError(
    'INVALID_INPUT',
    'The project has no service that keeps running, so there is nothing to watch. Leave this kind out of the run.',
  );
}

function observe(project: ScanResult, service: Service, deployed: Deployed | null): Observed {
  const { metrics } = service;
  const serves = service.kind === 'web';
  return {
    service,
    name: deployed?.name ?? namesOf(project, service).label,
    container: deployed?.container ?? namesOf(project, service).label,
    deployed,
    requests: serves && metrics ? requestMetrics(metrics) : null,
    scrapes: serves ? (metrics?.path ?? null) : null,
    pushes: sendsOtlp(metrics),
  };
}

/** Whether a service sends its telemetry to a collector. */
export function sendsOtlp(metrics: Metrics | undefined): boolean {
  return metrics?.library === 'opentelemetry';
}

/** Whether a service runs once, and so has no requests, no pods that stay and no dashboard. */
export function isJob({ service, deployed }: Observed): boolean {
  return deployed === null ? service.kind === 'job' : /Job$/.test(deployed.kind);
}

/** Whether a service is run by a Deployment, as ours are. */
export function isDeployment(one: Observed): boolean {
  return one.deployed === null ? !isJob(one) : one.deployed.kind === 'Deployment';
}

/** Pods of what is called so: those of a Deployment, of a StatefulSet, of a DaemonSet. */
export const podsOf = (name: string): string => `${name}-[a-z0-9]+(-[a-z0-9]{5})?`;

/**
 * Matchers of the containers of services. Where an author calls containers otherwise than what runs
 * them, as one that calls all of them `server`, their pods tell them apart.
 */
export function containerMatchers(services: readonly Observed[]): string {
  const containers = oneOf('container', [...new Set(services.map((one) => one.container))]);
  if (services.every(({ name, container }) => name === container)) return containers;
  const names = services.map(({ name }) => name);
  const pods = names.length === 1 ? names.join('') : `(${names.join('|')})`;
  return `${containers},pod=~"${podsOf(pods)}"`;
}

/** A matcher of one or several names, which are DNS labels. */
export function oneOf(label: string, names: readonly string[]): string {
  const [only] = names;
  if (names.length === 1 && only !== undefined) return `${label}="${only}"`;
  return `${label}=~"${names.join('|')}"`;
}
