import { isDeployment, type Observed, oneOf } from '../observability/observed.ts';
import type { RequestMetrics } from '../observability/request-metrics.ts';
import type { Rule, RuleGroup } from './rule.ts';

/** Windows that the alerts on the error budget look at. */
const windows = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'] as const;

/** Share of requests, or of time, that may fail: an objective of 99.9 %. */
export const errorBudget = 0.001;

/** Names of what is recorded, as dashboards ask for it. */
export const recorded = {
  errors: (window: string): string => `job:slo_errors:ratio_rate${window}`,
  requests: 'job:http_requests:rate5m',
  latency: 'job:http_request_seconds:p99_rate5m',
  mean: 'job:http_request_seconds:mean_rate5m',
  ready: 'job:ready:bool',
} as const;

/** What is recorded of the services, those that tell of their requests in the same way together. */
export function recordingGroups(
  project: string,
  services: readonly Observed[],
): readonly RuleGroup[] {
  const bySource = Map.groupBy(
    services.filter(({ requests }) => requests !== null),
    ({ requests }) => JSON.stringify(requests),
  );
  const groups = [...bySource.values()].flatMap((some, index) => {
    const requests = some[0]?.requests;
    return requests ? [requestGroup(project, requests, some, index)] : [];
  });
  const silent = services.filter((one) => one.requests === null && isDeployment(one));
  return silent.length === 0 ? groups : [...groups, readyGroup(project, silent)];
}

function requestGroup(
  project: string,
  { source, count, failed, histogram }: RequestMetrics,
  services: readonly Observed[],
  index: number,
): RuleGroup {
  const jobs = oneOf(
    'job',
    services.map(({ name }) => name),
  );
  const labels = { project, source: index === 0 ? source : `${source}-${index + 1}` };
  const rate = (matchers: string, window: string) =>
    `sum by (namespace, job) (rate(${count}{${matchers}}[${window}]))`;
  const latency: Rule = histogram
    ? {
        record: recorded.latency,
        expr: `histogram_quantile(0.99, sum by (namespace, job, le) (rate(${histogram}_bucket{${jobs}}[5m])))`,
        labels,
      }
    : {
        record: recorded.mean,
        expr: `sum by (namespace, job) (rate(${count.replace(/_count$/, '_sum')}{${jobs}}[5m]))\n  / ${rate(jobs, '5m')}`,
        labels,
      };
  const errors = windows.map((window): Rule => {
    const all = rate(jobs, window);
    return {
      record: recorded.errors(window),
      expr: `(\n  ${rate(`${jobs},${failed}`, window)}\n  or 0 * ${all}\n)\n  / ${all}`,
      labels,
    };
  });
  const hasTimes = histogram !== null || count.endsWith('_seconds_count');
  return {
    name: `${project}-requests-${labels.source}`,
    comment: ` Requests, as ${source} counts them. Without a failure there is no series of failures, so 0 stands in.${histogram === null ? missingBuckets(source) : ''}`,
    rules: [
      { record: recorded.requests, expr: rate(jobs, '5m'), labels },
      ...(hasTimes ? [latency] : []),
      ...errors,
    ],
  };
}

function missingBuckets(source: string): string {
  return source === 'micrometer'
    ? '\n There are no buckets, so times are means. For quantiles set management.metrics.distribution.percentiles-histogram.http.server.requests=true.'
    : '\n There are no buckets, so there are no quantiles.';
}

function readyGroup(project: string, services: readonly Observed[]): RuleGroup {
  const labels = { project, source: 'kube-state-metrics' };
  const deployments = oneOf(
    'deployment',
    services.map(({ name }) => name),
  );
  const jobs = oneOf(
    'job',
    services.map(({ name }) => name),
  );
  return {
    name: `${project}-ready`,
    comment:
      ' These services tell nothing of their requests, so what counts is whether a pod is ready, by kube-state-metrics.\n Their job is the name of their Deployment.',
    rules: [
      {
        record: recorded.ready,
        expr: `label_replace(\n  max by (namespace, deployment) (kube_deployment_status_replicas_available{${deployments}}) > bool 0,\n  "job", "$1", "deployment", "(.+)"\n)`,
        labels,
      },
      ...windows.map(
        (window): Rule => ({
          record: recorded.errors(window),
          expr: `1 - avg by (namespace, job) (avg_over_time(${recorded.ready}{project="${project}",${jobs}}[${window}]))`,
          labels,
        }),
      ),
    ],
  };
}
