import type { Metrics, MetricsLibrary } from '#shared/service-metrics.ts';

/** The metrics by which a service tells of its requests. */
export type RequestMetrics = {
  /** Where they come from, as a label of what is made of them. */
  readonly source: string;
  /** Counts all requests. */
  readonly count: string;
  /** Matcher of those that failed by the service's fault. */
  readonly failed: string;
  /** Histogram of seconds, without its suffix; null where it has no buckets. */
  readonly histogram: string | null;
  /** Label with the route; null where there is none. */
  readonly route: string | null;
};

type Shape = Omit<RequestMetrics, 'source'>;

const histogram = (name: string, status: string, route: string | null): Shape => ({
  count: `${name}_count`,
  failed: `${status}=~"5.."`,
  histogram: name,
  route,
});
const counter = (count: string, status: string, seconds: string, route: string | null): Shape => ({
  count,
  failed: `${status}=~"5.."`,
  histogram: seconds,
  route,
});
const otel = histogram(
  'http_server_request_duration_seconds',
  'http_response_status_code',
  'http_route',
);

/** Metrics that a library writes by itself, by the names of its documentation; others are the source's own. */
const byLibrary: Readonly<Partial<Record<MetricsLibrary, Shape>>> = {
  'express-prom-bundle': histogram('http_request_duration_seconds', 'status_code', null),
  'prometheus-api-metrics': histogram('http_request_duration_seconds', 'code', 'route'),
  'fastify-metrics': histogram('http_request_duration_seconds', 'status_code', 'route'),
  'prometheus-fastapi-instrumentator': counter(
    'http_requests_total',
    'status',
    'http_request_duration_highr_seconds',
    'handler',
  ),
  'starlette-exporter': counter(
    'starlette_requests_total',
    'status_code',
    'starlette_request_duration_seconds',
    'path',
  ),
  'prometheus-flask-exporter': histogram('flask_http_request_duration_seconds', 'status', 'path'),
  'django-prometheus': counter(
    'django_http_responses_total_by_status_total',
    'status',
    'django_http_requests_latency_including_middlewares_seconds',
    null,
  ),
  // Without percentiles-histogram in its settings it writes a count, a sum and a maximum, no buckets.
  micrometer: {
    count: 'http_server_requests_seconds_count',
    failed: 'status=~"5.."',
    histogram: null,
    route: 'uri',
  },
  'prometheus-net': histogram('http_request_duration_seconds', 'code', 'endpoint'),
  'opentelemetry-prometheus': otel,
  opentelemetry: otel,
  'yabeda-rails': counter(
    'rails_requests_total',
    'status',
    'rails_request_duration_seconds',
    'controller',
  ),
  'axum-prometheus': counter(
    'axum_http_requests_total',
    'status',
    'axum_http_requests_duration_seconds',
    'endpoint',
  ),
  'rocket-prometheus': counter(
    'rocket_http_requests_total',
    'status',
    'rocket_http_requests_duration_seconds',
    'endpoint',
  ),
};

const statusLabels = ['status_code', 'status', 'code', 'statusCode', 'http_status'];
const routeLabels = ['route', 'path', 'handler', 'endpoint', 'uri'];

/** How a service's metrics tell of its requests; null where they do not. */
export function requestMetrics(metrics: Metrics): RequestMetrics | null {
  const own = ownMetrics(metrics.own);
  if (own !== null) return { source: metrics.library, ...own };
  const shape = byLibrary[metrics.library];
  return shape === undefined ? null : { source: metrics.library, ...shape };
}

/** Of the metrics that a source defines, a histogram in seconds with a status, or a counter with one. */
function ownMetrics(own: Metrics['own']): Shape | null {
  const status = (labels: readonly string[]) => statusLabels.find((one) => labels.includes(one));
  const route = (labels: readonly string[]) =>
    routeLabels.find((one) => labels.includes(one)) ?? null;
  const seconds = own.find(({ type, name }) => type === 'histogram' && name.endsWith('_seconds'));
  const timed = seconds && status(seconds.labels);
  if (seconds && timed) return histogram(seconds.name, timed, route(seconds.labels));
  const total = own.find(({ type, labels }) => type === 'counter' && status(labels));
  if (!total) return null;
  return {
    count: total.name,
    failed: `${status(total.labels)}=~"5.."`,
    histogram: seconds?.name ?? null,
    route: route(total.labels),
  };
}
