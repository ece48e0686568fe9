import type { MetricsLibrary } from '#shared/service-metrics.ts';
import type { RequestMetrics } from '../observability/request-metrics.ts';
import type { PanelFacts, Query } from './panel.ts';
import { saturation } from './platform-row.ts';

/** The golden signals of services that tell of their requests; `$variable` holds the service. */
export function requestPanels(
  requests: RequestMetrics,
  variable: string,
  containers: string,
): readonly PanelFacts[] {
  const { count, failed, route, source } = requests;
  const chosen = `namespace=~"$namespace",job="$${variable}"`;
  const sum = (by: string, matchers: string) =>
    `sum${by === '' ? '' : ` by (${by}) `}(rate(${count}{${matchers}}[$__rate_interval]))`;
  const traffic: readonly Query[] = route
    ? [{ expr: `topk(10, ${sum(route, chosen)})`, legend: `{{${route}}}` }]
    : [{ expr: sum('', chosen), legend: 'requests' }];
  const errors = `(${sum('', `${chosen},${failed}`)} or vector(0)) / ${sum('', chosen)}`;
  const runtime = runtimes[source as MetricsLibrary];
  return [
    {
      title: route ? 'Traffic by route' : 'Traffic',
      description: `Requests a second, as ${source} counts them (${count}).${route ? ' The ten routes with most of them.' : ''}`,
      unit: 'reqps',
      queries: traffic,
    },
    {
      title: 'Errors',
      description: `Share of requests that failed by the service's fault (${failed.replaceAll('"', '')}).`,
      unit: 'percentunit',
      max: 1,
      limit: 0.01,
      queries: [{ expr: errors, legend: 'failed' }],
    },
    ...latency(requests, chosen),
    saturation(containers),
    ...(runtime ? [runtime(chosen)] : []),
  ];
}

function latency(
  { histogram, count, source }: RequestMetrics,
  chosen: string,
): readonly PanelFacts[] {
  const rate = (name: string) => `rate(${name}{${chosen}}[$__rate_interval])`;
  const panel = { title: 'Latency', unit: 's' } as const;
  if (histogram !== null) {
    const quantile = (share: string): Query => ({
      expr: `histogram_quantile(${share}, sum by (le) (${rate(`${histogram}_bucket`)}))`,
      legend: `p${Number(share) * 100}`,
    });
    const description = `Time within which half, 95 % and 99 % of requests were answered (${histogram}).`;
    return [{ ...panel, description, queries: ['0.5', '0.95', '0.99'].map(quantile) }];
  }
  if (!count.endsWith('_seconds_count')) return [];
  const base = count.replace(/_count$/, '');
  return [
    {
      ...panel,
      description: `Mean and longest time of an answer: ${source} writes no buckets here, so there are no quantiles.`,
      queries: [
        { expr: `sum(${rate(`${base}_sum`)}) / sum(${rate(`${base}_count`)})`, legend: 'mean' },
        { expr: `max(${base}_max{${chosen}})`, legend: 'longest' },
      ],
    },
  ];
}

type Runtime = (chosen: string) => PanelFacts;

const one =
  (title: string, description: string, unit: string, name: string): Runtime =>
  (chosen) => ({
    title,
    description: `${description} (${name.replace(/\{.*/, '')}).`,
    unit,
    queries: [
      {
        expr: `sum by (instance) (${name.includes('{') ? name.replace('}', `,${chosen}}`) : `${name}{${chosen}}`})`,
        legend: '{{instance}}',
      },
    ],
  });

const eventLoop = one(
  'Event loop',
  'How long the event loop was held, p99',
  's',
  'nodejs_eventloop_lag_p99_seconds',
);
const goroutines = one('Goroutines', 'Goroutines that there are', 'short', 'go_goroutines');
const resident = one(
  'Resident memory',
  'Memory of the process',
  'bytes',
  'process_resident_memory_bytes',
);

/** What a library tells of its runtime by default; only those that write it without being asked. */
const runtimes: Readonly<Partial<Record<MetricsLibrary, Runtime>>> = {
  'prometheus-api-metrics': eventLoop,
  'fastify-metrics': eventLoop,
  'nestjs-prometheus': eventLoop,
  'client-golang': goroutines,
  'prometheus-net': one(
    'Managed memory',
    'Memory that .NET manages',
    'bytes',
    'dotnet_total_memory_bytes',
  ),
  micrometer: one('Heap', 'Heap in use', 'bytes', 'jvm_memory_used_bytes{area="heap"}'),
  'prometheus-fastapi-instrumentator': resident,
  'starlette-exporter': resident,
  'prometheus-flask-exporter': resident,
  'django-prometheus': resident,
  'prometheus-client': resident,
};
