import { OmegaError } from '#shared/error.ts';
import type { Metrics, ScanResult, Service } from '#shared/scan.ts';
import { isDeployable } from '../deployable.ts';
import { namesOf } from '../names.ts';
import { type RequestMetrics, requestMetrics } from './request-metrics.ts';

/** A service as what watches it sees it. */
export type Observed = {
  readonly service: Service;
  /** Its name in all files: of its Deployment, its Service and its container, and so its `job`. */
  readonly name: string;
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
export function observedServices(project: ScanResult): readonly Observed[] {
  const observed = project.services
    .filter(isDeployable)
    .map((service) => observe(project, service))
    .filter(({ name }, index, all) => all.findIndex((one) => one.name === name) === index);
  if (observed.length > 0) return observed;
  throw new OmegaError(
    'INVALID_INPUT',
    'The project has no service that keeps running, so there is nothing to watch. Leave this kind out of the run.',
  );
}

function observe(project: ScanResult, service: Service): Observed {
  const { metrics } = service;
  const serves = service.kind === 'web';
  return {
    service,
    name: namesOf(project, service).label,
    requests: serves && metrics ? requestMetrics(metrics) : null,
    scrapes: serves ? (metrics?.path ?? null) : null,
    pushes: sendsOtlp(metrics),
  };
}

/** Whether a service sends its telemetry to a collector. */
export function sendsOtlp(metrics: Metrics | undefined): boolean {
  return metrics?.library === 'opentelemetry';
}

/** A matcher of one or several names, which are DNS labels. */
export function oneOf(label: string, names: readonly string[]): string {
  const [only] = names;
  if (names.length === 1 && only !== undefined) return `${label}="${only}"`;
  return `${label}=~"${names.join('|')}"`;
}
