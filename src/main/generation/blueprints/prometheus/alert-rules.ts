import {
  containerMatchers,
  isDeployment,
  isJob,
  type Observed,
  oneOf,
} from '../observability/observed.ts';
import type { Rule, RuleGroup } from './rule.ts';
import { errorBudget, recorded } from './slo-rules.ts';

/**
 * Burn rates with their long and short windows, of the Site Reliability Workbook, chapter 5: at 14.4
 * a budget for 30 days is gone in two.
 */
const burns = [
  {
    name: 'ErrorBudgetBurnsFast',
    rate: 14.4,
    long: '1h',
    short: '5m',
    wait: '2m',
    severity: 'critical',
  },
  {
    name: 'ErrorBudgetBurns',
    rate: 6,
    long: '6h',
    short: '30m',
    wait: '15m',
    severity: 'critical',
  },
  {
    name: 'ErrorBudgetBurnsSlowly',
    rate: 3,
    long: '1d',
    short: '2h',
    wait: '1h',
    severity: 'warning',
  },
  { name: 'ErrorBudgetWears', rate: 1, long: '3d', short: '6h', wait: '3h', severity: 'warning' },
] as const;

/** Seconds within which 99 % of requests are to be answered. */
const slow = 1;

/** The alerts of a project. */
export function alertGroups(project: string, services: readonly Observed[]): readonly RuleGroup[] {
  const keeps = services.filter((one) => !isJob(one));
  const groups = [
    ...(keeps.length > 0 ? [budgetGroup(project), signalGroup(project, keeps)] : []),
    jobGroup(project, services.filter(isJob)),
  ];
  return groups.filter((group) => group !== null && group.rules.length > 0) as RuleGroup[];
}

function budgetGroup(project: string): RuleGroup {
  return {
    name: `${project}-error-budget`,
    comment: ` The objective is 99.9 % over 30 days: set yours in place of ${errorBudget}. An alert needs both windows, so that it\n begins soon and ends when the fault does (Site Reliability Workbook, chapter 5).`,
    rules: burns.map(({ name, rate, long, short, wait, severity }) => ({
      alert: name,
      expr: [long, short]
        .map(
          (window) => `${recorded.errors(window)}{project="${project}"} > ${rate} * ${errorBudget}`,
        )
        .join('\nand\n'),
      for: wait,
      labels: { severity, project },
      annotations: {
        summary: `{{ $labels.job }} uses up its error budget ${rate} times as fast as it may`,
        description: `{{ $value | humanizePercentage }} of requests, or of time, failed in the last ${long}, and in the last ${short} no fewer than the objective allows.`,
      },
    })),
  };
}

function signalGroup(project: string, services: readonly Observed[]): RuleGroup {
  const containers = containerMatchers(services);
  const deployments = services.filter(isDeployment).map(({ name }) => name);
  const deployment = oneOf('deployment', deployments);
  // Whether an author scales what theirs run, nothing here says.
  const scaled = services.filter(({ deployed }) => deployed === null).map(({ name }) => name);
  const timed = services.some(({ requests }) => requests?.histogram);
  const alert = (
    name: string,
    expr: string,
    wait: string,
    severity: string,
    summary: string,
    description: string,
  ): Rule => ({
    alert: name,
    expr,
    for: wait,
    labels: { severity, project },
    annotations: { summary, description },
  });
  return {
    name: `${project}-signals`,
    comment:
      ' Latency, saturation and what keeps pods from running; pods are seen by kube-state-metrics and cAdvisor.',
    rules: [
      ...(timed
        ? [
            alert(
              'SlowRequests',
              `${recorded.latency}{project="${project}"} > ${slow}`,
              '10m',
              'warning',
              '{{ $labels.job }} answers slowly',
              `One request in a hundred takes {{ $value | humanizeDuration }} or longer; ${slow} s is meant to be the most.`,
            ),
          ]
        : []),
      ...(deployments.length > 0
        ? [
            alert(
              'NoPodReady',
              `kube_deployment_status_replicas_available{${deployment}} == 0\nand\nkube_deployment_spec_replicas{${deployment}} > 0`,
              '5m',
              'critical',
              '{{ $labels.deployment }} has no pod that is ready',
              'Nothing answers in {{ $labels.namespace }}. Look at the events of its pods.',
            ),
          ]
        : []),
      alert(
        'PodRestarts',
        `increase(kube_pod_container_status_restarts_total{${containers}}[15m]) > 3`,
        '5m',
        'warning',
        '{{ $labels.container }} restarts again and again',
        '{{ $labels.pod }} restarted {{ $value | humanize }} times in 15 minutes.',
      ),
      alert(
        'MemoryNearLimit',
        `max by (namespace, pod, container) (container_memory_working_set_bytes{${containers}})\n  / max by (namespace, pod, container) (kube_pod_container_resource_limits{${containers},resource="memory"})\n  > 0.9`,
        '15m',
        'warning',
        '{{ $labels.container }} is near its limit of memory',
        '{{ $labels.pod }} uses {{ $value | humanizePercentage }} of what it may; at all of it the kernel ends it.',
      ),
      ...(scaled.length > 0
        ? [
            alert(
              'ScaledToMost',
              `kube_horizontalpodautoscaler_status_current_replicas{${oneOf('horizontalpodautoscaler', scaled)}}\n  >= kube_horizontalpodautoscaler_spec_max_replicas`,
              '15m',
              'warning',
              '{{ $labels.horizontalpodautoscaler }} cannot scale further',
              'It runs as many pods as its autoscaler allows. Raise maxReplicas or find what loads it.',
            ),
          ]
        : []),
      ...services.flatMap((one) =>
        one.scrapes === null ? [] : [missing(project, one.name, one.scrapes)],
      ),
    ],
  };
}

/** `absent` gives no labels of its own, so the alert has the service's. */
function missing(project: string, name: string, path: string): Rule {
  return {
    alert: 'MetricsMissing',
    expr: `absent(up{job="${name}"} == 1)`,
    for: '10m',
    labels: { severity: 'warning', project, job: name },
    annotations: {
      summary: 'Prometheus has no metrics of {{ $labels.job }}',
      description: `No pod answers on ${path}, so the other alerts of the service are blind.`,
    },
  };
}

function jobGroup(project: string, jobs: readonly Observed[]): RuleGroup | null {
  if (jobs.length === 0) return null;
  return {
    name: `${project}-jobs`,
    comment: ' What runs once: whether it failed, by kube-state-metrics.',
    rules: [
      {
        alert: 'JobFailed',
        expr: `kube_job_status_failed{${oneOf(
          'job_name',
          jobs.map(({ name }) => name),
        )}} > 0`,
        labels: { severity: 'warning', project },
        annotations: {
          summary: '{{ $labels.job_name }} failed',
          description: 'Read the log of its pods in {{ $labels.namespace }}, then run it again.',
        },
      },
    ],
  };
}
