// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Terraform writes expressions.
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { bare, generateArtifacts } from '#main/generation/blueprints/generate.ts';
import { validateCompose } from '#main/generation/validation/compose/validate-compose.ts';
import type { Service } from '#shared/scan.ts';
import { defaultTarget } from '#shared/target.ts';
import { project, service } from './fixtures.ts';

const calls = (name: string, address: string): Service['env'] => [
  { name, required: false, file: 'app.js', line: 1, address },
];
const named = (name: string, port: number, facts: Partial<Service> = {}): Service =>
  service({ name, path: name, context: name, ports: [port], ...facts });

const shop = named('shop', 8001, { env: calls('STOCK_URL', 'http://localhost:8002/v1') });
const stock = named('stock', 8002);

function compose(services: readonly Service[]) {
  const artifacts = generateArtifacts('compose', project(services), null);
  return { model: parse(artifacts[0]?.content ?? ''), artifacts };
}

describe('a default of http://localhost:<port> where a sibling listens', () => {
  it('becomes the sibling in Compose, which starts first, and is not asked of the user', () => {
    const { model, artifacts } = compose([shop, stock]);
    expect(model.services.shop.environment.STOCK_URL).toBe('http://stock:8002/v1');
    expect(model.services.shop.depends_on).toEqual({ stock: { condition: 'service_healthy' } });
    expect(model.services.stock.depends_on).toBeUndefined();
    expect(artifacts).toHaveLength(1);
  });

  it('becomes the Service in Kubernetes, and the network policy lets the call out', () => {
    const [file] = generateArtifacts('kubernetes', project([shop, stock]), shop);
    const list = parseAllDocuments(file?.content ?? '').map((one) => one.toJS());
    const of = (kind: string) => list.find((one) => one.kind === kind);
    // The Service of what others call answers on the port of its pods, as in every other file.
    expect(of('ConfigMap').data.STOCK_URL).toBe('http://stock:8002/v1');
    expect(of('NetworkPolicy').spec.egress).toContainEqual({
      to: [
        {
          podSelector: {
            matchLabels: {
              'app.kubernetes.io/name': 'stock',
              'app.kubernetes.io/instance': 'stock',
            },
          },
        },
      ],
      ports: [{ protocol: 'TCP', port: 8002 }],
    });
  });

  it('leaves the sibling without a way in from outside; hosts of the others are their own', () => {
    const desk = named('desk', 8003);
    const all = project([shop, stock, desk]);
    const hosts = [shop, stock, desk].map((one) => {
      const [file] = generateArtifacts('kubernetes', all, one, {
        ...bare,
        target: { ...defaultTarget, flavour: 'gke' },
      });
      const list = parseAllDocuments(file?.content ?? '').map((each) => each.toJS());
      const of = (kind: string) => list.find((each) => each.kind === kind);
      return [
        of('Ingress')?.spec.rules[0].host,
        of('Service').metadata.annotations === undefined,
        of('BackendConfig') === undefined,
      ];
    });
    expect(hosts).toEqual([
      ['shop.example.com', false, false],
      [undefined, true, true],
      ['desk.example.com', false, false],
    ]);
    const [values] = generateArtifacts('helm', all, null).filter(({ path }) =>
      path.endsWith('values.yaml'),
    );
    const { services, defaults } = parse(values?.content ?? '');
    expect(defaults.ingress.enabled).toBe(true);
    expect(services.stock.ingress.enabled).toBe(false);
  });

  it('makes no circle of services that wait for each other, which Compose refuses', async () => {
    const back = named('stock', 8002, { env: calls('SHOP_API_URL', 'http://127.0.0.1:8001') });
    const { model, artifacts } = compose([shop, back]);
    expect(model.services.shop.environment.STOCK_URL).toBe('http://stock:8002/v1');
    expect(model.services.stock.environment.SHOP_API_URL).toBe('http://shop:8001');
    const waits = ['shop', 'stock'].filter((name) => model.services[name].depends_on);
    expect(waits).toEqual(['stock']);
    const findings = await validateCompose(
      { path: 'compose.yaml', content: artifacts[0]?.content ?? '', siblings: [] },
      new AbortController().signal,
    );
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('the default stays where it may mean something else', () => {
  it.each([
    ['two services listen on that port', [shop, stock, named('other', 8002)]],
    ['nobody listens there', [shop]],
    ['it is its own address', [named('shop', 8002, { env: shop.env })]],
    [
      'the sibling is a command, which serves nothing',
      [shop, named('stock', 8002, { kind: 'cli' })],
    ],
  ])('%s', (_, services) => {
    const { environment } = compose(services).model.services.shop;
    expect(environment?.STOCK_URL ?? null).toBeNull();
  });

  it.each([
    'FRONTEND_URL',
    'CORS_ORIGIN',
    'NEXTAUTH_URL',
    'CLIENT_URL',
    'BASE_URL',
    'PUBLIC_API_URL',
  ])('%s is the address that browsers use', (name) => {
    const api = named('shop', 8001, { env: calls(name, 'http://localhost:8002') });
    const { environment, depends_on } = compose([api, stock]).model.services.shop;
    expect(environment[name]).toBeNull();
    expect(depends_on).toBeUndefined();
  });
});

describe('calls that the scan saw', () => {
  const called = (
    variable: string | null,
    form: 'url' | 'authority' | 'host' | 'port',
  ): NonNullable<Service['calls']>[number] => ({
    service: 'stock',
    variable,
    form,
    path: '',
    file: 'app.js',
    line: 1,
  });
  const env = (name: string) => ({ name, required: true, file: 'app.js', line: 1 });
  const names = ['STOCK_ADDR', 'STOCK_HOST', 'STOCK_PORT', 'STOCK_URL'];
  const desk = named('desk', 8001, {
    env: names.map(env),
    calls: [
      called('STOCK_ADDR', 'authority'),
      called('STOCK_HOST', 'host'),
      called('STOCK_PORT', 'port'),
      called('STOCK_URL', 'url'),
    ],
  });

  // Catches: a scheme where a dial target is wanted, and a port that nobody answers on.
  it('gives each variable what it is meant to hold, the same in Compose and in Kubernetes', () => {
    const expected = {
      STOCK_ADDR: 'stock:8002',
      STOCK_HOST: 'stock',
      STOCK_PORT: '8002',
      STOCK_URL: 'http://stock:8002',
    };
    const { model } = compose([desk, stock]);
    expect(model.services.desk.environment).toEqual(expected);
    const objects = (one: Service) => {
      const [file] = generateArtifacts('kubernetes', project([desk, stock]), one);
      return parseAllDocuments(file?.content ?? '').map((each) => each.toJS());
    };
    expect(objects(desk).find(({ kind }) => kind === 'ConfigMap').data).toEqual(expected);
    const service = objects(stock).find(({ kind }) => kind === 'Service');
    expect(service.spec.ports[0].port).toBe(8002);
  });

  it.each([
    ['aws', 'stock:8002', 'stock', '8002'],
    ['azure', 'stock:80', 'stock', '80'],
    ['oracle', '${module.inside.address}:8002', 'module.inside.address', '8002'],
    ['gcp', '.run.app:443', '.run.app', '443'],
    ['ibm', '.svc.cluster.local:80', '.svc.cluster.local', '80'],
  ] as const)('%s reaches it by the parts of its own address', (cloud, address, host, port) => {
    const target = { ...defaultTarget, cloud };
    const files = generateArtifacts('terraform', project([desk, stock]), null, { ...bare, target });
    const all = files.map(({ content }) => content).join('\n');
    const value = (name: string) => new RegExp(`\\b${name}\\s*=\\s*(.*)`).exec(all)?.[1] ?? '';
    expect(value('STOCK_ADDR')).toContain(address);
    expect(value('STOCK_ADDR')).not.toContain('://');
    expect(value('STOCK_HOST')).toContain(host);
    expect(value('STOCK_HOST')).not.toContain('://');
    expect(value('STOCK_HOST')).not.toMatch(/:\d/);
    expect(value('STOCK_PORT')).toContain(port);
  });

  it('publishes no port of it, and what only tests the entrance leaves that open', () => {
    const byName = named('desk', 8001, { calls: [called(null, 'url')] });
    const { model } = compose([byName, stock]);
    expect(model.services.stock.ports).toBeUndefined();
    expect(model.services.desk.ports).toEqual(['8001:8001']);
    const front = named('frontend', 8002);
    const load = named('load', 8003, {
      calls: [{ ...called(null, 'url'), service: 'frontend' }],
    });
    expect(compose([front, load]).model.services.frontend.ports).toEqual(['8002:8002']);
  });

  it('two that call each other both stay reachable: nothing says where people come in', () => {
    const other = named('stock', 8002, { calls: [{ ...called(null, 'url'), service: 'desk' }] });
    const { services } = compose([desk, other]).model;
    expect([services.desk.ports, services.stock.ports]).toEqual([['8001:8001'], ['8002:8002']]);
  });

  // Catches: services that register under the names of their pods, which nobody can resolve.
  it('clients of Eureka register by their address', () => {
    const variable = { ...env('EUREKA_CLIENT_SERVICEURL_DEFAULTZONE'), required: false };
    const client = named('desk', 8001, { env: [variable] });
    const { environment } = compose([client]).model.services.desk;
    expect(environment.EUREKA_INSTANCE_PREFERIPADDRESS).toBe('true');
  });
});
