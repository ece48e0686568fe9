import { z } from 'zod';

/** Libraries that a service tells of itself by. */
export const metricsLibraries = [
  'express-prom-bundle',
  'prometheus-api-metrics',
  'fastify-metrics',
  'nestjs-prometheus',
  'prom-client',
  'prometheus-fastapi-instrumentator',
  'starlette-exporter',
  'prometheus-flask-exporter',
  'django-prometheus',
  'prometheus-client',
  'micrometer',
  'client-golang',
  'prometheus-net',
  'opentelemetry-prometheus',
  'yabeda-rails',
  'axum-prometheus',
  'rocket-prometheus',
  'opentelemetry',
] as const;
/** One of {@link metricsLibraries}. */
export type MetricsLibrary = (typeof metricsLibraries)[number];

/**
 * What a service tells of itself. `path` is where Prometheus asks it on the service's own port, null
 * where it is sent by OTLP. `own` are metrics of requests that the source defines itself.
 */
export const metricsSchema = z.object({
  library: z.enum(metricsLibraries),
  path: z.string().nullable(),
  own: z.array(
    z.object({
      name: z.string(),
      type: z.enum(['counter', 'histogram', 'summary']),
      labels: z.array(z.string()),
    }),
  ),
});
/** See {@link metricsSchema}. */
export type Metrics = z.infer<typeof metricsSchema>;
