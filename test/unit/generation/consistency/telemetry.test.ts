import { describe, expect, it } from 'vitest';
import { contradictions, file, manifest } from './files.ts';

const collector = file(
  'observability/collector.yaml',
  `apiVersion: v1
kind: ConfigMap
metadata: { name: shop-collector }
data:
  config.yaml: |
    receivers:
      otlp:
        protocols:
          grpc: { endpoint: "0.0.0.0:4317" }
          http: { endpoint: "0.0.0.0:4318" }
    exporters: { debug: {} }
    service: { pipelines: { traces: { receivers: [otlp], exporters: [debug] } } }
---
apiVersion: v1
kind: Service
metadata: { name: shop-collector }
spec:
  selector: { app: shop-collector }
  ports: [{ name: grpc, port: 4317 }, { name: http, port: 4318 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop-collector }
spec:
  selector: { matchLabels: { app: shop-collector } }
  template:
    metadata: { labels: { app: shop-collector } }
    spec: { containers: [{ name: collector, image: "otel/opentelemetry-collector:0.159.0" }] }
`,
);
const sends = (endpoint: string, protocol = 'http/protobuf') => {
  const env = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_PROTOCOL'];
  const made = manifest('web', { env });
  return {
    ...made,
    content: made.content
      .replace('ENDPOINT, value: x', `ENDPOINT, value: "${endpoint}"`)
      .replace('PROTOCOL, value: x', `PROTOCOL, value: ${protocol}`),
  };
};

describe('telemetry', () => {
  it.each(['http://shop-collector:4318', 'http://shop-collector.shop.svc.cluster.local:4318'])(
    'reaches the collector at %s',
    async (endpoint) => {
      expect(await contradictions(sends(endpoint), collector)).toEqual([]);
    },
  );

  it.each([
    ['host', 'http://shop-colector:4318', 'http/protobuf'],
    ['port', 'http://shop-collector:4319', 'http/protobuf'],
    ['form', 'http://shop-collector:4317', 'http/protobuf'],
    ['form', 'http://shop-collector:4318', 'grpc'],
  ])('that goes to another %s is told at its variable', async (_what, endpoint, protocol) => {
    expect(await contradictions(sends(endpoint, protocol), collector)).toEqual([
      'k8s/web.yaml:14 omega/sends-nowhere',
    ]);
  });

  it.each([
    'https://api.example.com:4318',
    'http://localhost:4318',
    'http://tempo.monitoring:4318',
  ])('may go elsewhere: %s', async (endpoint) => {
    expect(await contradictions(sends(endpoint), collector)).toEqual([]);
  });

  it('of what runs in no cluster does not reach a Service', async () => {
    const task = (host: string) =>
      file(
        'infra/main.tf',
        `resource "google_cloud_run_v2_service" "web" {
  name = "web"
  template {
    containers {
      image = "shop/web"
      env {
        name  = "OTEL_EXPORTER_OTLP_ENDPOINT"
        value = "http://${host}:4318"
      }
    }
  }
}
`,
      );
    const rule = 'infra/main.tf:6 omega/sends-nowhere';
    expect(await contradictions(collector, task('shop-collector'))).toEqual([rule]);
    expect(await contradictions(collector, task('otel.example.com'))).toEqual([]);
  });
});
