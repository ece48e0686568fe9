import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { generateArtifacts, readPaths } from '#main/generation/blueprints/generate.ts';
import { checkConsistency } from '#main/generation/consistency/check-consistency.ts';
import type { ArtifactKind } from '#shared/artifact.ts';
import type { Service } from '#shared/scan.ts';
import { type CollectorMode, defaultTarget } from '#shared/target.ts';
import { judge } from '../validation/expect-findings.ts';
import { project, service } from './fixtures.ts';

// biome-ignore lint/suspicious/noExplicitAny: manifests are open records
type Manifest = any;
const documents = (text: string): Manifest[] => parseAllDocuments(text).map((one) => one.toJS());

const metrics = { library: 'express-prom-bundle', path: '/metrics', own: [] } as const;
const cart = service({
  name: 'cart',
  path: 'cart',
  ports: [7070],
  metrics: { ...metrics, own: [] },
  evidence: [{ fact: 'workload', value: 'cart', file: 'deploy/cart.yaml', line: 4 }],
});
const shop = service({
  name: 'shop',
  path: 'shop',
  ports: [8080],
  env: [{ name: 'CART_ADDR', required: true, file: 'a.js', line: 1 }],
  calls: [
    { service: 'cart', variable: 'CART_ADDR', form: 'authority', path: '', file: 'a.js', line: 1 },
  ],
});
const all = [cart, shop];

const manifest = (labels: string, port = 'name: grpc\n      port: 7000') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
  namespace: market
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec:
      containers:
        - name: server
          image: ghcr.io/acme/cart:1.2.3
          ports: [{ containerPort: 7070 }]
        - name: cache
          image: redis:8
---
apiVersion: v1
kind: Service
metadata:
  name: cart-svc
  namespace: market
  labels: ${labels}
spec:
  selector: { app: cart }
  ports:
    - ${port}
      targetPort: 7070
`;

function write(
  kind: ArtifactKind,
  of: Service | null,
  content: string,
  target: { readonly collector?: CollectorMode; readonly existing?: 'improve' | 'replace' } = {},
) {
  const full = { ...defaultTarget, ...target };
  const scan = project(all, { existing: [{ kind: 'kubernetes', path: 'deploy/cart.yaml' }] });
  const reads = readPaths(kind, scan, of, full);
  const texts = new Map(
    reads.includes('deploy/cart.yaml')
      ? [['deploy/cart.yaml', { content, isOurs: false }] as const]
      : [],
  );
  return generateArtifacts(kind, scan, of, { target: full, texts });
}

const text = (files: ReturnType<typeof write>, path: string): string =>
  files.find((one) => one.path.endsWith(path))?.content ?? '';

// Catches: files that select, measure or refuse pods by labels and names that only ours have.
describe('where an author’s manifests run a service', () => {
  const theirs = manifest('{ team: market }');

  it('a monitor selects the labels and the port of their Service, in its namespace', async () => {
    const content = text(write('prometheus', null, theirs), '/servicemonitor.yaml');
    const [monitor] = documents(content);
    expect(monitor.spec).toEqual({
      selector: { matchLabels: { team: 'market' } },
      namespaceSelector: { matchNames: ['market'] },
      endpoints: [
        {
          port: 'grpc',
          path: '/metrics',
          interval: '30s',
          scrapeTimeout: '10s',
          relabelings: [{ action: 'replace', targetLabel: 'job', replacement: 'cart' }],
        },
      ],
    });
    expect(await judge('kubernetes', content)).toEqual([]);
  });

  it('a Service without labels is found by its pods, and a port without a name by its number', async () => {
    const bare = text(write('prometheus', null, manifest('{}')), '/servicemonitor.yaml');
    const [pods] = documents(bare);
    expect(pods.kind).toBe('PodMonitor');
    expect(pods.spec.selector.matchLabels).toEqual({ app: 'cart' });
    expect(pods.spec.podMetricsEndpoints[0]).toMatchObject({ portNumber: 7070 });
    expect(await judge('kubernetes', bare)).toEqual([]);
    const nameless = manifest('{ team: market }', 'port: 7000');
    const [byNumber] = documents(text(write('prometheus', null, nameless), '/servicemonitor.yaml'));
    expect(byNumber.spec.endpoints[0]).toMatchObject({ targetPort: 7070 });
    expect(byNumber.spec.endpoints[0].port).toBeUndefined();
  });

  it('rules and dashboards ask for their containers by their pods', () => {
    const rules = text(write('prometheus', null, theirs), '/rules.yaml');
    expect(rules).toContain('container=~"server|shop",pod=~"(cart|shop)-[a-z0-9]+(-[a-z0-9]{5})?"');
    // Nobody knows whether they scale it.
    expect(rules).toContain('horizontalpodautoscaler="shop"');
    const dashboard = text(write('grafana', null, theirs), '.json');
    expect(dashboard).toContain(
      'container=\\"server\\",pod=~\\"$service-[a-z0-9]+(-[a-z0-9]{5})?\\"',
    );
  });

  it('what calls it does so by their Service and port, and is let out to their pods', () => {
    const [file] = write('kubernetes', shop, theirs);
    const of = (kind: string) => documents(file?.content ?? '').find((one) => one.kind === kind);
    expect(of('ConfigMap').data.CART_ADDR).toBe('cart-svc:7000');
    expect(of('NetworkPolicy').spec.egress.at(-1)).toEqual({
      to: [{ podSelector: { matchLabels: { app: 'cart' } } }],
      ports: [{ protocol: 'TCP', port: 7070 }],
    });
  });

  // Catches: an author's workload that calls ours on a port where nobody answers any more.
  it('a Service of ours answers on the port that their manifests call', () => {
    const calls = theirs.replace(
      'ports: [{',
      'env: [{ name: SHOP, value: "shop:81" }]\n          ports: [{',
    );
    const [file] = write('kubernetes', shop, calls);
    const own = documents(file?.content ?? '').find(({ kind }) => kind === 'Service');
    expect(own.spec.ports[0]).toMatchObject({ port: 81, targetPort: 'http' });
  });

  it('the collector lets their pods in, and asks those for metrics that have their labels', () => {
    const content = text(write('collector', null, theirs), '/collector.yaml');
    const policy = documents(content).find(({ kind }) => kind === 'NetworkPolicy');
    expect(policy.spec.ingress[0].from).toContainEqual({
      podSelector: { matchLabels: { app: 'cart' } },
    });
    expect(content).toMatch(/label_app\]?\n +regex: cart/);
    expect(content).toMatch(/port_number\]?\n +regex: "7070"/);
    const sidecar = text(
      write('collector', null, theirs, { collector: 'sidecar' }),
      'sidecar/kustomization.yaml',
    );
    expect(sidecar).toContain('- name: server');
  });

  it('policies let in where their images come from, and the systems beside them', () => {
    const rules = documents(text(write('policies', null, theirs), '/kyverno.yaml'));
    const from = rules.find(({ metadata }) => metadata.name === 'restrict-registries');
    expect(from.spec.rules[0].validate.pattern.spec.containers[0].image).toBe(
      'ghcr.io/acme/* | redis:* | registry.example.com/* | otel/opentelemetry-collector-contrib:*',
    );
    const local = theirs.replace('ghcr.io/acme/cart', 'cart');
    expect(text(write('policies', null, local), '/kyverno.yaml')).not.toContain('registries');
  });

  it('nothing of this selects what is not there', async () => {
    const labelled = theirs.replaceAll('\n  namespace: market', '');
    const made = [
      ...(['prometheus', 'collector', 'grafana'] as const).flatMap((kind) =>
        write(kind, null, labelled),
      ),
      ...write('kubernetes', shop, labelled),
    ];
    const files = [{ path: 'deploy/cart.yaml', content: labelled }, ...made].map((one) => ({
      ...one,
      service: null,
    }));
    const { findings } = await checkConsistency(files);
    expect(findings.filter(({ finding }) => finding.severity === 'error')).toEqual([]);
  });

  // Catches: two owners of one Deployment, of which the second is refused, without a word before.
  it.each(['kustomize', 'helm'] as const)('%s says that it describes it once more', (kind) => {
    const said = (existing: 'improve' | 'replace') =>
      write(kind, null, theirs, { existing }).flatMap(({ notes = [] }) =>
        notes.map(({ message }) => message),
      );
    expect(said('improve')).toEqual([expect.stringContaining('deploy/cart.yaml')]);
    expect(said('replace')).toEqual([]);
  });

  it('where all is written anew, names and labels are ours', () => {
    const [monitor] = documents(
      text(write('prometheus', null, theirs, { existing: 'replace' }), '/servicemonitor.yaml'),
    );
    expect(monitor.spec.selector.matchLabels).toEqual({
      'app.kubernetes.io/name': 'cart',
      'app.kubernetes.io/instance': 'cart',
    });
  });
});
