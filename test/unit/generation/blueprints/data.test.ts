import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { generateArtifacts } from '#main/generation/blueprints/generate.ts';
import type { Service } from '#shared/scan.ts';
import { project, service, variable } from './fixtures.ts';

const rails = service({
  name: 'shop',
  language: 'ruby',
  framework: 'rails',
  packageManager: 'bundler',
  build: null,
  start: 'bundle exec rails server',
  lockfile: 'Gemfile.lock',
  dataFolders: ['storage'],
  release: 'bundle exec rails db:prepare',
});
const worker = service({ ...rails, name: 'shop-jobs', kind: 'worker', start: 'bin/jobs' });
const { release: _release, ...jobs } = worker;

function compose(services: readonly Service[]) {
  return parse(generateArtifacts('compose', project(services), null)[0]?.content ?? '');
}

function kubernetes(of: Service) {
  const content = generateArtifacts('kubernetes', project([of]), of)[0]?.content ?? '';
  return parseAllDocuments(content).map((document) => document.toJS());
}

function dockerfile(of: Service): string {
  return generateArtifacts('dockerfile', project([of]), of)[0]?.content ?? '';
}

test('data that a service keeps outlives its container, and its worker sees the same', () => {
  const { services, volumes } = compose([rails, jobs]);
  expect(volumes).toEqual({ 'storage-data': {} });
  expect(services.shop.volumes).toEqual(['storage-data:/app/storage']);
  expect(services['shop-jobs'].volumes).toEqual(services.shop.volumes);
});

test('a volume finds a folder that the user of the image may write to', () => {
  expect(dockerfile(rails)).toMatch(/install -d -o 10001 -g 10001 \/app\/storage\nUSER 10001/);
  const go = service({ language: 'go', path: 'srv', dataFolders: ['srv/data'] });
  expect(dockerfile(go)).toMatch(
    /COPY --from=build --chown=65532:65532 \/srv\/ \/app\/data\/\nUSER 65532/,
  );
});

test('a release runs once, after the database and before what serves and works', () => {
  const stored = { backingServices: ['postgres' as const], env: [variable('DATABASE_URL')] };
  const { services } = compose([
    { ...rails, ...stored },
    { ...jobs, ...stored },
  ]);
  const own = services['shop-release'];
  expect(own).toMatchObject({
    command: ['bundle', 'exec', 'rails', 'db:prepare'],
    restart: 'no',
    environment: services.shop.environment,
    image: services.shop.image,
    depends_on: { postgres: { condition: 'service_healthy' } },
  });
  expect(own.ports).toBeUndefined();
  for (const name of ['shop', 'shop-jobs']) {
    expect(services[name].depends_on).toMatchObject({
      'shop-release': { condition: 'service_completed_successfully' },
    });
  }
});

test('a cluster keeps the files of one pod in a claim, and releases before it serves', () => {
  const documents = kubernetes(rails);
  const claim = documents.find(({ kind }) => kind === 'PersistentVolumeClaim');
  const { spec } = documents.find(({ kind }) => kind === 'Deployment');
  expect(spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
  expect(spec.template.spec.volumes).toContainEqual({
    name: 'storage-data',
    persistentVolumeClaim: { claimName: claim.metadata.name },
  });
  const [init] = spec.template.spec.initContainers;
  const [container] = spec.template.spec.containers;
  expect(init.command).toEqual(['bundle', 'exec', 'rails', 'db:prepare']);
  expect(init.volumeMounts).toEqual(container.volumeMounts);
  expect(documents.map(({ kind }) => kind)).not.toContain('HorizontalPodAutoscaler');
});

// Catches: a worker on another node than its web process, where their disk cannot be attached twice.
test('pods that share a volume run on one node', () => {
  const both = project([rails, jobs]);
  for (const of of both.services) {
    const content = generateArtifacts('kubernetes', both, of)[0]?.content ?? '';
    const objects = parseAllDocuments(content).map((document) => document.toJS());
    const { spec } = objects.find(({ kind }) => kind === 'Deployment').spec.template;
    expect(spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution).toEqual([
      {
        labelSelector: {
          matchExpressions: [
            { key: 'app.kubernetes.io/name', operator: 'In', values: ['shop', 'shop-jobs'] },
          ],
        },
        topologyKey: 'kubernetes.io/hostname',
      },
    ]);
  }
  const alone = kubernetes(rails).find(({ kind }) => kind === 'Deployment');
  expect(alone.spec.template.spec).not.toHaveProperty('affinity');
});

test('what keeps no files goes on to scale', () => {
  const { dataFolders: _folders, release: _none, ...plain } = rails;
  const documents = kubernetes(plain);
  expect(documents.map(({ kind }) => kind)).toContain('HorizontalPodAutoscaler');
  expect(documents.find(({ kind }) => kind === 'Deployment').spec.replicas).toBeUndefined();
});

test('a release of a Python manager or of Elixir is called as the image has it', () => {
  const command = (release: string, language: string) =>
    compose([service({ name: 'hub', language, release })]).services['hub-release'].command;
  expect(command('poetry run python manage.py migrate --noinput', 'python')).toEqual([
    'python',
    'manage.py',
    'migrate',
    '--noinput',
  ]);
  expect(command('./_build/prod/rel/hub/bin/migrate', 'elixir')).toEqual(['/app/bin/migrate']);
});

test('a variable that chooses the database is told the one that is started', () => {
  const choosing = service({
    name: 'hub',
    language: 'python',
    backingServices: ['postgres'],
    env: [
      { ...variable('DB', false), choices: ['sqlite3', 'mysql', 'postgres'] },
      variable('DB_PASSWORD', false),
    ],
  });
  expect(compose([choosing]).services.hub.environment.DB).toBe('postgres');
  expect(kubernetes(choosing)[0].data.DB).toBe('postgres');
  const alone = { ...choosing, backingServices: [] };
  expect(compose([alone]).services.hub.environment.DB).toBeNull();
});

test('the rest of a connection that is named after the project is told with the choice', () => {
  const links = service({
    name: 'links',
    language: 'python',
    backingServices: ['postgres'],
    env: [
      { ...variable('LD_DB_ENGINE', false), choices: ['sqlite', 'postgres'] },
      variable('LD_DB_DATABASE', false),
      variable('LD_DB_HOST', false),
      variable('LD_TITLE', false),
    ],
  });
  expect(compose([links]).services.links.environment).toMatchObject({
    LD_DB_ENGINE: 'postgres',
    LD_DB_DATABASE: 'app',
    LD_DB_HOST: 'postgres',
    LD_TITLE: null,
  });
});

test('Laravel without a database server keeps its own in the folder that has a volume', () => {
  const laravel = service({
    name: 'crm',
    language: 'php',
    framework: 'laravel',
    dataFolders: ['storage/app'],
    env: [variable('DB_CONNECTION', false), variable('DB_DATABASE', false)],
  });
  expect(compose([laravel]).services.crm.environment).toMatchObject({
    DB_CONNECTION: 'sqlite',
    DB_DATABASE: '/app/storage/app/database.sqlite',
  });
  expect(kubernetes(laravel)[0].data).toMatchObject({ DB_CONNECTION: 'sqlite' });
  const served = { ...laravel, backingServices: ['mysql' as const] };
  expect(compose([served]).services.crm.environment).toMatchObject({
    DB_CONNECTION: 'mysql',
    DB_DATABASE: 'app',
  });
});
