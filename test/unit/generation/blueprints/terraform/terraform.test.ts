// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Terraform writes expressions.
import { describe, expect, it } from 'vitest';
import { generateArtifacts, readPaths } from '#main/generation/blueprints/generate.ts';
import { improveTerraform } from '#main/generation/improve/terraform/improve-terraform.ts';
import { judge } from '#main/generation/validation/judge.ts';
import { parseHcl } from '#main/generation/validation/terraform/hcl/parse-hcl.ts';

import { type BackingService, backingServices, type ScanResult } from '#shared/scan.ts';
import { type Cloud, type Compute, clouds, defaultTarget } from '#shared/target.ts';
import { project, service } from '../fixtures.ts';

const variable = (name: string, required = true) => ({ name, required, file: 'a.js', line: 1 });

const web = service({
  name: 'web',
  kind: 'web',
  ports: [3000],
  healthPath: '/health',
  backingServices: [...backingServices] as BackingService[],
  dataFolders: ['data'],
  release: 'npm run migrate',
  env: [
    variable('DATABASE_URL'),
    variable('REDIS_URL'),
    variable('SECRET_KEY'),
    variable('SENTRY_TOKEN', false),
    variable('SITE_TITLE'),
    variable('NATS_URL'),
    { ...variable('API_URL'), address: 'http://localhost:4000/v1' },
  ],
});
const api = service({ name: 'api', path: 'api', kind: 'web', ports: [4000] });
const queue = service({ name: 'queue', path: 'queue', kind: 'worker' });
const shop = project([web, api, queue]);

function files(
  cloud: Cloud,
  compute: Compute = 'containers',
  of: ScanResult = shop,
  texts: ReadonlyMap<string, { content: string; isOurs: boolean }> = new Map(),
) {
  const target = { ...defaultTarget, cloud, compute };
  return generateArtifacts('terraform', of, null, { target, texts });
}

const text = (made: ReturnType<typeof files>, path: string): string =>
  made.find((file) => file.path.endsWith(path))?.content ?? '';

/** What the entry of a service has in `services.tf`, without the blanks that align it. */
function entry(made: ReturnType<typeof files>, name: string): string {
  const source = text(made, '/services.tf');
  const own = source.split(`\n    ${name} = {`)[1]?.split('\n    }')[0] ?? '';
  return own.replace(/ {2,}/g, ' ');
}

const all = clouds.flatMap((cloud) =>
  (cloud === 'ibm' || cloud === 'oracle'
    ? (['containers'] as const)
    : (['containers', 'kubernetes'] as const)
  ).map((compute) => [cloud, compute] as const),
);

describe('the Terraform of a project', () => {
  // Catches: arguments that a provider lacks, references to what is not there, open doors.
  it.each(all)('%s, %s: its validator finds nothing', async (cloud, compute) => {
    const made = files(cloud, compute);
    const { signal } = new AbortController();
    const found = [];
    for (const { path, content } of made) {
      const siblings = made.filter((file) => file.path !== path);
      const findings = await judge({ path, content, format: 'terraform', siblings }, signal);
      found.push(
        ...findings.map(({ rule, line, message }) => `${path}:${line} ${rule} ${message}`),
      );
    }
    expect(found).toEqual([]);
  });

  // Catches: a file that is written twice, or one beside the cloud's folder.
  it.each(all)(
    '%s, %s: files have paths of their own, and the same bytes twice',
    (cloud, compute) => {
      const made = files(cloud, compute);
      expect(new Set(made.map(({ path }) => path)).size).toBe(made.length);
      expect(made.every(({ path }) => path.startsWith(`terraform/${cloud}/`))).toBe(true);
      expect(files(cloud, compute)).toEqual(made);
    },
  );

  // Catches: names, ports and secrets that differ from those of the other files.
  it('takes names, ports, images and variables from the scan', () => {
    const made = files('aws');
    const own = entry(made, 'web');
    expect(own).toContain('image = "shop/web"');
    expect(own).toContain('port = 3000');
    expect(own).toContain('health_path = "/health"');
    expect(own).toContain('secrets = ["DATABASE_URL", "REDIS_URL"]');
    expect(own).toContain('own_secrets = ["SECRET_KEY"]');
    expect(own).toContain('release = ["npm", "run", "migrate"]');
    expect(own).toContain('API_URL = "http://api:4000/v1"');
    expect(text(made, '/services.tf')).toContain('Set in var.env: SITE_TITLE');
    expect(text(made, '/services.tf')).toContain(
      'rediss://:${module.data.passwords.redis}@${module.data.hosts.redis}:6379/0',
    );
  });

  // Catches: an internal service on the internet, a worker behind the load balancer.
  it('shows to the internet what no other service calls, and no worker', () => {
    const made = files('aws');
    expect(entry(made, 'web')).toContain('public = true');
    expect(entry(made, 'api')).toContain('public = false');
    expect(entry(made, 'queue')).toContain('port = null');
    expect(entry(made, 'queue')).toContain('public = false');
  });

  // Catches: a database whose host and password nobody can get at, where no variable takes them.
  it.each(all)(
    '%s, %s: tells where the managed systems are, passwords in secret',
    (cloud, compute) => {
      const outputs = text(files(cloud, compute), `terraform/${cloud}/outputs.tf`);
      expect(outputs).toMatch(/output "data_hosts" \{[^}]*module\.data\.hosts/);
      expect(outputs).toMatch(/output "data_passwords" \{[^}]*sensitive\s+= true/);
    },
  );

  // Catches: identities for pods of another namespace than the manifests are applied to.
  it.each(all.filter(([, compute]) => compute === 'kubernetes'))(
    '%s, %s: knows the namespace of the manifests',
    (cloud, compute) => {
      const variables = text(files(cloud, compute), `terraform/${cloud}/variables.tf`);
      expect(variables).toMatch(/variable "namespace" \{[^}]*default\s+= "shop"/);
    },
  );

  // Catches: add-ons that conflict with those that EKS starts with, and policies that nobody heeds.
  it('takes over the add-ons of EKS, and has network policies enforced', () => {
    const cluster = text(files('aws', 'kubernetes'), 'modules/cluster/main.tf');
    expect(cluster).toMatch(/resolve_conflicts_on_create\s+= "OVERWRITE"/);
    expect(cluster).toContain('enableNetworkPolicy = "true"');
  });

  // Catches: telemetry that is sent to a name which only a cluster knows.
  it('names no collector where there is no cluster', () => {
    const told = project([service({ metrics: { library: 'opentelemetry', path: null, own: [] } })]);
    expect(text(files('gcp', 'containers', told), '/services.tf')).not.toContain('-collector');
    expect(text(files('gcp', 'containers', told), '/services.tf')).toContain(
      'Set OTEL_EXPORTER_OTLP_ENDPOINT in var.env',
    );
    expect(text(files('gcp', 'kubernetes', told), '/services.tf')).toContain('shop-collector:4318');
  });

  // Catches: services that nobody can tell apart by their names in the cloud.
  // Catches: containers that are killed for as long as their database is away, and gRPC over HTTP/1.
  it.each(['gcp', 'azure', 'ibm', 'oracle'] as const)(
    '%s: asks for life by a path that asks no database, and speaks gRPC where the service does',
    (cloud) => {
      const evidence = [{ fact: 'livenessPath', value: '/live', file: 'pom.xml', line: 1 }];
      const framework = 'spring-boot';
      const spring = service({ name: 'a', framework, healthPath: '/actuator/health', evidence });
      const old = { ...spring, name: 'b', path: 'b', evidence: [] };
      const grpc = service({ name: 'c', path: 'c', framework: 'grpc', healthPath: null });
      const made = files(cloud, 'containers', project([spring, old, grpc]));
      expect(entry(made, 'a')).toMatch(
        /health_path = "\/actuator\/health"\n *live_path = "\/live"/,
      );
      expect(entry(made, 'b')).toMatch(/live_path = null/);
      const module = text(made, '/modules/service/main.tf');
      expect(module).toMatch(/liv[\s\S]*var\.live_path|health_checks[\s\S]*var\.live_path/);
      if (cloud !== 'gcp' && cloud !== 'azure') return;
      expect(
        [entry(made, 'a'), entry(made, 'c')].map((one) => /http2 = (\w+)/.exec(one)?.[1]),
      ).toEqual(['false', 'true']);
      expect(module).toMatch(cloud === 'gcp' ? /var\.http2 \? "h2c"/ : /var\.http2 \? "http2"/);
    },
  );

  // Catches: clients that refuse a server whose authority nobody gave them.
  it('hands out the certificates of authorities that no client knows, and says so', () => {
    for (const cloud of ['gcp', 'ibm'] as const) {
      const made = files(cloud);
      expect(text(made, '/outputs.tf')).toMatch(/value += module\.data\.certificates/);
      expect(text(made, '/services.tf').replace(/\n *# /g, ' ')).toContain(
        'data_certificates holds',
      );
    }
    expect(text(files('aws'), '/outputs.tf')).not.toContain('certificates');
  });

  // Catches: a worker that cannot read what its web process signed, since each had a key of its own.
  it.each(all)('%s, %s: processes of one source share their keys', async (cloud, compute) => {
    const env = [variable('SECRET_KEY_BASE'), variable('MAIL_TOKEN', false)];
    const rails = service({ name: 'shop', env });
    const jobs = service({ name: 'jobs', kind: 'worker', ports: [], env });
    const other = service({ name: 'other', path: 'other', env });
    const made = files(cloud, compute, project([rails, jobs, other]));
    const source = text(made, '/services.tf');
    expect(
      source.match(/= random_password\.shared\["shop\.SECRET_KEY_BASE"\]\.result/g),
    ).toHaveLength(2);
    expect(entry(made, 'jobs')).toMatch(/own_secrets = \[\]/);
    expect(entry(made, 'other')).toMatch(/own_secrets = \["SECRET_KEY_BASE"\]/);
    for (const { path, content } of made) {
      const siblings = made.filter((file) => file.path !== path);
      const { signal } = new AbortController();
      expect(await judge({ path, content, format: 'terraform', siblings }, signal)).toEqual([]);
    }
  });

  it('leaves out what long names share, and calls services by what is left', () => {
    const vets = service({ name: 'spring-petclinic-vets-service', path: 'v', ports: [8083] });
    const web = service({
      name: 'spring-petclinic-web',
      path: 'w',
      ports: [8080],
      env: [{ ...variable('VETS_URL'), address: 'http://localhost:8083' }],
    });
    const made = files('aws', 'containers', project([vets, web]));
    expect(entry(made, 'vets-service')).toContain('image = "shop/spring-petclinic-vets-service"');
    expect(entry(made, 'web')).toContain('VETS_URL = "http://vets-service:8083"');
    // The Service of a cluster has the whole name.
    const cluster = files('aws', 'kubernetes', project([vets, web]));
    expect(entry(cluster, 'web')).toContain(
      'VETS_URL = "http://spring-petclinic-vets-service:8083"',
    );
  });

  // Catches: two writers of the files of one volume.
  it('runs one instance of what keeps files, in a volume where the cloud has one', () => {
    expect(entry(files('aws'), 'web')).toMatch(/min = 1\n\s*max = 1\n/);
    expect(entry(files('aws'), 'web')).toContain('data = "/app/data"');
    expect(text(files('oracle'), '/services.tf')).toContain('/app/data is lost');
  });

  // Catches: passwords and tokens in files.
  it('names the systems that the cloud has not as variables, and never a password', () => {
    const made = files('azure');
    expect(text(made, '/variables.tf')).toMatch(/variable "external_hosts"[\s\S]*nats\s+= string/);
    const words = made.map(({ content }) => content).join('\n');
    expect(words).not.toMatch(/password\s*=\s*"[^$"]+"/);
    expect(words).not.toContain('\uE000');
  });

  // Catches: texts of a project that Terraform would evaluate.
  it('lets no text of the project be an expression', () => {
    const odd = service({
      name: 'web',
      kind: 'web',
      ports: [80],
      healthPath: '/a"${path.root}%{x}',
    });
    const made = files('aws', 'containers', project([odd]));
    expect(text(made, '/services.tf')).toContain('"/a\\"$${path.root}%%{x}"');
    expect(parseHcl(text(made, '/services.tf')).faults).toEqual([]);
  });

  it.each(['ibm', 'oracle'] as const)('%s: has no cluster, and says what to choose', (cloud) => {
    expect(() => files(cloud, 'kubernetes')).toThrow(/Choose the compute "containers"/);
  });
});

describe('the Terraform of an author', () => {
  const path = 'terraform/aws/main.tf';
  const content = '# mine\r\nresource "aws_vpc"   "this" {}\r\n';

  // Catches: an author's module that is written over, or beside which another one appears.
  it('comes back byte for byte', () => {
    const made = files('aws', 'containers', shop, new Map([[path, { content, isOurs: false }]]));
    expect(made).toMatchObject([{ kind: 'terraform', path, content, mended: [] }]);
    expect(made).toHaveLength(1);
    expect(made[0]?.notes?.map(({ rule, message }) => [rule, message])).toEqual([
      ['omega/left', expect.stringContaining('ours is not written beside it')],
    ]);
  });

  // Catches: a lock file that is proposed as a file to write, or that nobody reads.
  it('is bound to what its lock file has', () => {
    const lock = 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.31.0"\n}\n';
    const versions =
      'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws" }\n  }\n}\n';
    const at = 'infra/versions.tf';
    const existing = [{ kind: 'terraform', path: at }];
    const mine = { ...shop, existing };
    const wanted = readPaths('terraform', mine, null, defaultTarget);
    expect(wanted).toEqual([at, 'infra/.terraform.lock.hcl']);
    const texts = new Map([
      [at, { content: versions, isOurs: false }],
      ['infra/.terraform.lock.hcl', { content: lock, isOurs: false }],
    ]);
    const made = files('aws', 'containers', mine, texts);
    expect(made.map((one) => one.path)).toEqual([at]);
    expect(made[0]?.content).toBe(
      'terraform {\n  required_version = ">= 0.14"\n\n  required_providers {\n    aws = { source = "hashicorp/aws", version = "~> 5.31" }\n  }\n}\n',
    );
  });

  it('is left alone where all is to be written anew', () => {
    const target = { ...defaultTarget, existing: 'replace' as const };
    const texts = new Map([[path, { content, isOurs: false }]]);
    const made = generateArtifacts('terraform', shop, null, { target, texts });
    expect(made.every((file) => file.path.startsWith('terraform-omega/aws/'))).toBe(true);
  });

  // Catches: files of ours, taken for an author's on another machine, that a run would change.
  it.each(all)('is left alone where it is what we write for %s, %s', (cloud, compute) => {
    const made = files(cloud, compute);
    for (const [path, { content, left }] of improveTerraform(made)) {
      expect([path, content, left]).toEqual([path, text(made, path), []]);
    }
  });

  // Catches: a second folder at each run.
  it('is not what Omega wrote: that is written anew, with the same bytes', () => {
    const before = files('aws');
    const texts = new Map(
      before.map((file) => [file.path, { content: file.content, isOurs: true }]),
    );
    expect(files('aws', 'containers', shop, texts)).toEqual(before);
  });
});
