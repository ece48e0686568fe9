import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { bare, generateArtifacts } from '#main/generation/blueprints/generate.ts';
import { namesOf } from '#main/generation/blueprints/names.ts';
import { isTold, wiredValue } from '#main/generation/blueprints/wiring.ts';
import { validateCompose } from '#main/generation/validation/compose/validate-compose.ts';
import type { EnvVar, Service } from '#shared/scan.ts';
import { defaultTarget } from '#shared/target.ts';
import { project, service } from './fixtures.ts';

const at = { file: 'AppHost/Program.cs', line: 1 };
const told = (name: string, facts: Partial<EnvVar>): EnvVar => ({
  name,
  required: true,
  ...at,
  ...facts,
});
const said = (fact: string, value: string) => ({ fact, value, ...at });
const dotnet = (name: string, facts: Partial<Service>): Service =>
  service({
    name,
    path: name,
    language: 'csharp',
    framework: 'aspnetcore',
    runtimeVersion: '10.0',
    install: 'dotnet restore',
    build: `dotnet publish ${name}.csproj -c Release -o out`,
    start: `dotnet out/${name}.dll`,
    packageManager: 'nuget',
    lockfile: null,
    ports: [8080],
    healthPath: null,
    ...facts,
  });

const orders = dotnet('Ordering.API', {
  backingServices: ['postgres', 'redis', 'rabbitmq'],
  evidence: [said('deployedName', 'ordering'), said('exposure', 'internal')],
  env: [
    told('ConnectionStrings__ordersdb', {
      connection: { system: 'postgres', database: 'ordersdb' },
    }),
    told('ConnectionStrings__cache', { connection: { system: 'redis' } }),
    told('ConnectionStrings__bus', { connection: { system: 'rabbitmq' } }),
    told('Identity__Url', { sibling: 'Identity' }),
    told('Mode', { value: 'fast', required: false }),
  ],
});
const identity = dotnet('Identity', {
  backingServices: ['postgres'],
  evidence: [said('deployedName', 'identity'), said('exposure', 'public')],
  env: [
    told('ConnectionStrings__users', { connection: { system: 'postgres', database: 'users' } }),
  ],
});
const web = dotnet('Web', {
  evidence: [said('deployedName', 'web'), said('exposure', 'public')],
  env: [
    told('services__ordering__http__0', { sibling: 'Ordering.API' }),
    told('CallBackUrl', { sibling: 'Web' }),
  ],
});
const shop = project([identity, orders, web]);

describe('connection strings of .NET', () => {
  it('have the form of each system’s own client', () => {
    const systems = [
      'postgres',
      'sqlserver',
      'mysql',
      'redis',
      'rabbitmq',
      'mongodb',
      'kafka',
    ] as const;
    const values = systems.map((system) =>
      wiredValue(
        dotnet('A', {
          backingServices: ['minio', system],
          env: [told('ConnectionStrings__x', { connection: { system } })],
        }),
        'ConnectionStrings__x',
        () => ({ host: 'h', port: 1, user: 'u', password: 'p', database: 'd' }),
      ),
    );
    expect(values).toEqual([
      'Host=h;Port=1;Database=d;Username=u;Password=p',
      'Server=h,1;Database=d;User Id=u;Password=p;TrustServerCertificate=True',
      'Server=h;Port=1;Database=d;User=u;Password=p',
      'h:1,password=p',
      'amqp://u:p@h:1',
      'mongodb://u:p@h:1/d?authSource=admin',
      'h:1',
    ]);
  });

  it('lead to the system that was read, never to the first database of the service', () => {
    expect(isTold(orders, 'redis', 'password')).toBe(true);
    expect(wiredValue(identity, 'ConnectionStrings__chat', () => expect.fail())).toBeNull();
  });
});

describe('a project with a model of its deployment, in Compose', () => {
  const artifacts = generateArtifacts('compose', shop, null);
  const { services } = parse(artifacts[0]?.content ?? '');

  it('wires connections, siblings and literal values; what people reach is asked for once, with a note', () => {
    expect(services.ordering.environment).toEqual({
      ConnectionStrings__bus: `amqp://app:\${RABBITMQ_PASSWORD:?set RABBITMQ_PASSWORD in .env}@rabbitmq:5672`,
      ConnectionStrings__cache: `redis:6379,password=\${REDIS_PASSWORD:?set REDIS_PASSWORD in .env}`,
      ConnectionStrings__ordersdb: `Host=postgres;Port=5432;Database=ordersdb;Username=app;Password=\${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD in .env}`,
      Identity__Url: `\${IDENTITY_URL:?set IDENTITY_URL in .env}`,
      Mode: 'fast',
    });
    expect(services.web.environment).toEqual({
      CallBackUrl: `\${WEB_URL:?set WEB_URL in .env}`,
      services__ordering__http__0: 'http://ordering:8080',
    });
    expect(artifacts[1]?.content).toContain('of identity that browsers');
    expect(artifacts[1]?.content).toContain('\nIDENTITY_URL=\n');
  });

  it('makes the databases before the services that name them start, and nothing else waits for that', async () => {
    const maker = services['postgres-databases'];
    expect(maker.command.at(-1)).toContain('for name in ordersdb users;');
    expect(maker.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    const done = { condition: 'service_completed_successfully' };
    expect(services.ordering.depends_on['postgres-databases']).toEqual(done);
    expect(services.web.depends_on).not.toHaveProperty('postgres-databases');
    const content = artifacts[0]?.content ?? '';
    const found = await validateCompose(
      { path: 'compose.yaml', content, siblings: [] },
      new AbortController().signal,
    );
    const errors = found.filter(({ severity }) => severity === 'error');
    expect(errors).toEqual([]);
  });
});

describe('a project that is told of calls in several ways', () => {
  const guessed = (variable: string | null): NonNullable<Service['calls']>[number] => ({
    service: 'Ordering.API',
    variable,
    form: 'url',
    path: '',
    ...at,
  });

  // Catches: one variable that is wired twice, and a name like "web" that beats the author's own word.
  it('takes the model’s word before names, for what a variable holds and for who is an entrance', () => {
    const model = [said('deployedName', 'web'), said('exposure', 'internal')];
    const caller = dotnet('Caller', {
      env: [told('ORDERING_API_URL', { sibling: 'Web' })],
      calls: [guessed('ORDERING_API_URL'), guessed(null)],
    });
    const all = project([caller, orders, { ...web, evidence: model, env: [] }]);
    const { services } = parse(generateArtifacts('compose', all, null)[0]?.content ?? '');
    expect(services.caller.environment.ORDERING_API_URL).toBe('http://web:8080');
    expect(services.web.ports).toBeUndefined();
    const [file] = generateArtifacts('kubernetes', all, caller);
    expect(file?.content.match(/kubernetes.io\/name: (?:web|ordering)\n/g)).toEqual([
      'kubernetes.io/name: ordering\n',
      'kubernetes.io/name: web\n',
    ]);
  });

  // Catches: an address that .env asks for "that browsers reach", of a service without a port.
  it('publishes on the author’s machine what browsers are told to open, and asks for no Ingress of it', () => {
    const hidden = dotnet('Client', {
      evidence: [said('deployedName', 'client'), said('exposure', 'internal')],
      env: [told('CallBackUrl', { sibling: 'Client' })],
    });
    const all = project([hidden, web]);
    const [compose] = generateArtifacts('compose', all, null);
    expect(parse(compose?.content ?? '').services.client.ports).toEqual(['8080:8080']);
    expect(generateArtifacts('kubernetes', all, hidden)[0]?.content).not.toContain('kind: Ingress');
  });

  it('lets a service that is reached by its public host alone answer on 80', () => {
    const port = (one: Service) => {
      const [file] = generateArtifacts('kubernetes', shop, one);
      const list = parseAllDocuments(file?.content ?? '').map((each) => each.toJS());
      return list.find((each) => each?.kind === 'Service').spec.ports[0].port;
    };
    expect([port(identity), port(orders)]).toEqual([80, 8080]);
  });

  it('is called as its AppHost has it before its manifests', () => {
    const both = {
      ...orders,
      evidence: [said('workload', 'order-deployment'), ...orders.evidence],
    };
    const label = (one: Service) => namesOf(project([one]), one).label;
    expect(label(both)).toBe('ordering');
    expect(label({ ...orders, evidence: [said('workload', 'order-deployment')] })).toBe('order');
  });
});

describe('a project with a model of its deployment, in other kinds', () => {
  const manifests = (one: Service) => {
    const [file] = generateArtifacts('kubernetes', shop, one);
    const list = parseAllDocuments(file?.content ?? '').map((each) => each.toJS());
    return {
      text: file?.content ?? '',
      of: (kind: string) => list.find((each) => each?.kind === kind),
    };
  };

  it('has a way in for what the model shows to people alone, and its host where others need it', () => {
    expect(manifests(orders).of('Ingress')).toBeUndefined();
    expect(manifests(identity).of('Ingress').spec.rules[0].host).toBe('identity.example.com');
    expect(manifests(orders).of('ConfigMap').data).toMatchObject({
      Identity__Url: 'https://identity.example.com',
      Mode: 'fast',
    });
    expect(manifests(web).of('ConfigMap').data).toMatchObject({
      CallBackUrl: 'https://web.example.com',
      services__ordering__http__0: 'http://ordering:8080',
    });
    expect(manifests(orders).text).toContain(
      "--from-literal=ConnectionStrings__cache='redis:6379,password=...'",
    );
  });

  it('is reached by TLS in a cloud, its databases made there or said to be missing', () => {
    const files = (cloud: 'gcp' | 'aws' | 'azure') => {
      const target = { ...defaultTarget, cloud };
      const made = generateArtifacts('terraform', shop, null, { ...bare, target });
      return (path: string) =>
        made.find((one) => one.path === `terraform/${cloud}/${path}`)?.content ?? '';
    };
    const gcp = files('gcp');
    expect(gcp('services.tf')).toContain(
      `Database=ordersdb;Username=app;Password=\${module.data.passwords.postgres};SSL Mode=Require"`,
    );
    expect(gcp('services.tf')).toContain(`password=\${module.data.passwords.redis},ssl=True"`);
    expect(gcp('services.tf')).toContain(`"https://identity.\${var.domain_name}"`);
    expect(gcp('modules/data/postgres.tf')).toContain('for_each = toset(["ordersdb", "users"])');
    const aws = files('aws')('services.tf').replace(/\s*\n#\s*/g, ' ');
    expect(aws).toContain('Nothing here makes the databases ordersdb, users in postgres');
    expect(files('azure')('services.tf')).toContain(`"https://web.\${module.platform.domain}"`);
  });

  it('speaks HTTP/2 alone where its settings say so, and clouds that talk HTTP/1 are told', () => {
    const grpc = { ...orders, evidence: [...orders.evidence, said('protocol', 'h2c')] };
    const main = (services: readonly Service[], cloud: 'gcp' | 'azure') =>
      generateArtifacts('terraform', project(services), null, {
        ...bare,
        target: { ...defaultTarget, cloud },
      }).find(({ path }) => path.endsWith('modules/service/main.tf'))?.content;
    expect(main([grpc, web], 'gcp')).toContain('var.http2 ? "h2c" : "http1"');
    expect(main([grpc, web], 'azure')).toContain('var.http2 ? "http2" : "auto"');
    expect(main([orders, web], 'gcp')).not.toContain('http2');
  });

  it('has its addresses set in the overlay, beside the hosts that they hold', () => {
    const overlay = generateArtifacts('kustomize', shop, null).find(({ path }) =>
      path.endsWith('overlays/production/kustomization.yaml'),
    );
    expect(overlay?.content).toContain('path: /data/Identity__Url');
    expect(overlay?.content).not.toContain('path: /data/Mode');
  });

  it('has the web framework in the image of a worker that is built from it', () => {
    const worker = dotnet('Worker', { kind: 'worker', ports: [] });
    const image = (one: Service) =>
      generateArtifacts('dockerfile', project([one]), one)[0]?.content;
    expect(image(worker)).toContain('FROM mcr.microsoft.com/dotnet/aspnet:10.0');
    expect(image({ ...worker, framework: 'worker-service' })).toContain('dotnet/runtime:10.0');
  });
});
