import type { Metrics, MetricsLibrary } from '#shared/service-metrics.ts';
import type { Draft } from './draft.ts';
import type { Signal } from './source-signals.ts';
import { isForeign } from './variables.ts';

type Known = {
  readonly library: MetricsLibrary;
  /** Languages whose package it is. */
  readonly of: RegExp;
  readonly pattern: RegExp;
  /** Path where it answers by itself; null where the source has to say, or it is pushed. */
  readonly path: string | null;
};

const js = /^(?:java|type)script$/;
const jvm = /^(?:java|kotlin|scala|clojure)$/;
const dotnet = /^[cf]sharp$/;

/** Packages that expose metrics, those that say most of requests first. */
const known: readonly Known[] = [
  { library: 'express-prom-bundle', of: js, pattern: /^express-prom-bundle$/, path: '/metrics' },
  {
    library: 'prometheus-api-metrics',
    of: js,
    pattern: /^prometheus-api-metrics$/,
    path: '/metrics',
  },
  { library: 'fastify-metrics', of: js, pattern: /^fastify-metrics$/, path: '/metrics' },
  {
    library: 'nestjs-prometheus',
    of: js,
    pattern: /^@willsoto\/nestjs-prometheus$/,
    path: '/metrics',
  },
  { library: 'prom-client', of: js, pattern: /^prom-client$/, path: null },
  {
    library: 'prometheus-fastapi-instrumentator',
    of: /^python$/,
    pattern: /^prometheus[-_]fastapi[-_]instrumentator$/,
    path: '/metrics',
  },
  { library: 'starlette-exporter', of: /^python$/, pattern: /^starlette[-_]exporter$/, path: null },
  {
    library: 'prometheus-flask-exporter',
    of: /^python$/,
    pattern: /^prometheus[-_]flask[-_]exporter$/,
    path: '/metrics',
  },
  { library: 'django-prometheus', of: /^python$/, pattern: /^django[-_]prometheus$/, path: null },
  { library: 'prometheus-client', of: /^python$/, pattern: /^prometheus[-_]client$/, path: null },
  {
    library: 'micrometer',
    of: jvm,
    pattern: /:(?:\w+-)*micrometer-registry-prometheus(?:-\w+)?$/,
    path: '/metrics',
  },
  {
    library: 'client-golang',
    of: /^go$/,
    pattern: /^github\.com\/prometheus\/client_golang$/,
    path: null,
  },
  { library: 'prometheus-net', of: dotnet, pattern: /^prometheus-net\.aspnetcore$/i, path: null },
  {
    library: 'opentelemetry-prometheus',
    of: dotnet,
    pattern: /^opentelemetry\.exporter\.prometheus\.aspnetcore$/i,
    path: null,
  },
  { library: 'yabeda-rails', of: /^ruby$/, pattern: /^yabeda-rails$/, path: null },
  { library: 'axum-prometheus', of: /^rust$/, pattern: /^axum-prometheus$/, path: null },
  { library: 'rocket-prometheus', of: /^rust$/, pattern: /^rocket_prometheus$/, path: null },
  {
    library: 'opentelemetry',
    of: /./,
    pattern:
      /^(?:@opentelemetry\/(?:sdk-node|auto-instrumentations-node)|opentelemetry-(?:distro|sdk|instrumentation-(?:fastapi|flask|django))|go\.opentelemetry\.io\/otel\/sdk(?:\/metric)?|opentelemetry\.extensions\.hosting|.*:opentelemetry-spring-boot-starter|.*:quarkus-opentelemetry)$/i,
    path: null,
  },
];

/**
 * What a service tells of itself to Prometheus or by OTLP: the library, where it answers, and the
 * metrics of requests that the source counts itself. Null where no known library is there, or the
 * source shows no path for one that needs it.
 */
export function metricsOf(draft: Draft, own: readonly Signal[]): Metrics | null {
  if (draft.kind === 'static' || draft.kind === 'cli' || draft.kind === 'library') return null;
  const seen = own.filter(({ file }) => !isForeign(draft.language, file));
  for (const { library, of, pattern, path } of known) {
    if (!of.test(draft.language)) continue;
    const dependency = draft.dependencies.find(({ name }) => pattern.test(name));
    if (!dependency) continue;
    const said = seen.find(({ fact }) => fact === 'metrics-path');
    const answers = said?.value ?? (library === 'micrometer' ? jvmPath(draft) : path);
    if (answers === null && library !== 'opentelemetry') continue;
    draft.evidence.push({
      fact: 'metrics',
      value: library,
      file: dependency.file,
      line: dependency.line,
    });
    if (said)
      draft.evidence.push({
        fact: 'metricsPath',
        value: said.value,
        file: said.file,
        line: said.line,
      });
    return {
      library,
      path: library === 'opentelemetry' ? null : answers,
      own: seen
        .filter(({ fact }) => fact === 'metric')
        .slice(0, 50)
        .flatMap(ownMetric),
    };
  }
  return null;
}

function jvmPath(draft: Draft): string {
  const framework = draft.get('framework');
  if (framework === 'quarkus') return '/q/metrics';
  return framework === 'micronaut' ? '/prometheus' : '/actuator/prometheus';
}

function ownMetric({ value }: Signal): Metrics['own'] {
  const [type = '', name = '', labels = ''] = value.split(' ');
  if (type !== 'counter' && type !== 'histogram' && type !== 'summary') return [];
  return [{ name, type, labels: labels.split(',').filter(Boolean) }];
}
