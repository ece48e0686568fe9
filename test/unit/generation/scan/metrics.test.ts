import { expect, test } from 'vitest';
import { json, onlyService } from './support/scan.ts';

const node = (dependencies: Record<string, string>) => ({
  'package-lock.json': '{}',
  'package.json': json({ name: 'app', scripts: { start: 'node a.js' }, dependencies }),
});

test('a Node service tells Prometheus where its source answers, with its own histogram', async () => {
  const { metrics, evidence } = await onlyService({
    ...node({ express: '5', 'prom-client': '15' }),
    'a.js': [
      "const d = new client.Histogram({ name: 'http_request_duration_seconds', help: 'x',",
      "  labelNames: ['method', 'route', 'status_code'] });",
      "app.get('/internal/metrics', show);",
      'app.listen(3000);',
    ].join('\n'),
  });
  expect(metrics).toEqual({
    library: 'prom-client',
    path: '/internal/metrics',
    own: [
      {
        name: 'http_request_duration_seconds',
        type: 'histogram',
        labels: ['method', 'route', 'status_code'],
      },
    ],
  });
  expect(evidence).toContainEqual({
    fact: 'metricsPath',
    value: '/internal/metrics',
    file: 'a.js',
    line: 3,
  });
});

test('a library whose path nothing shows is not said to be scraped', async () => {
  const { metrics } = await onlyService({
    ...node({ express: '5', 'prom-client': '15' }),
    'a.js': 'app.listen(3000);',
  });
  expect(metrics).toBeUndefined();
});

test('a Go service that serves promhttp tells the name that its options make', async () => {
  const { metrics } = await onlyService({
    'go.mod': 'module x\n\ngo 1.23\n\nrequire github.com/prometheus/client_golang v1.20.0\n',
    'main.go': [
      'package main',
      'import (',
      '\t"net/http"',
      '\t"github.com/prometheus/client_golang/prometheus/promhttp"',
      ')',
      'var d = prometheus.NewHistogramVec(prometheus.HistogramOpts{',
      '\tNamespace: "shop",',
      '\tName: "http_request_duration_seconds",',
      '}, []string{"code"})',
      'func main() { http.Handle("/metrics", promhttp.Handler()); http.ListenAndServe(":8080", nil) }',
    ].join('\n'),
  });
  expect(metrics?.path).toBe('/metrics');
  expect(metrics?.own).toEqual([
    { name: 'shop_http_request_duration_seconds', type: 'histogram', labels: ['code'] },
  ]);
});

test('a Spring service with the Prometheus registry answers where Actuator does', async () => {
  const dependency = (group: string, artifact: string) =>
    `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId></dependency>`;
  const { metrics } = await onlyService({
    'pom.xml': `<project><groupId>a</groupId><artifactId>b</artifactId><version>1</version><dependencies>${dependency('org.springframework.boot', 'spring-boot-starter-web')}${dependency('io.micrometer', 'micrometer-registry-prometheus')}</dependencies><build><plugins><plugin><groupId>org.springframework.boot</groupId><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build></project>`,
    'src/main/java/A.java':
      '@SpringBootApplication class A { public static void main(String[] a) {} }',
  });
  expect(metrics).toEqual({ library: 'micrometer', path: '/actuator/prometheus', own: [] });
});

test('a service that sends by OTLP has no path', async () => {
  const { metrics } = await onlyService({
    ...node({ express: '5', '@opentelemetry/sdk-node': '0.200.0' }),
    'a.js': 'app.listen(3000);',
  });
  expect(metrics).toEqual({ library: 'opentelemetry', path: null, own: [] });
});
