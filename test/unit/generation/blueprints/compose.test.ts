import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { generateArtifacts } from '#main/generation/blueprints/generate.ts';
import { improveCompose } from '#main/generation/improve/compose/improve-compose.ts';
import { backingServices, type Service } from '#shared/scan.ts';
import { fromEnv, project, service, stacks, variable } from './fixtures.ts';

function compose(services: readonly Service[], existing: { kind: string; path: string }[] = []) {
  const artifacts = generateArtifacts('compose', project(services, { existing }), null);
  const file = artifacts.find(({ path }) => path === 'compose.yaml');
  const example = artifacts.find(({ path }) => path === '.env.example');
  return {
    text: file?.content ?? '',
    model: parse(file?.content ?? ''),
    example: example?.content ?? null,
  };
}

describe('compose.yaml', () => {
  it('stays as reviewed', async () => {
    const shop = [
      stacks['node-npm'],
      stacks.go,
      stacks['python-uv-worker'],
      stacks['vite-spa'],
      stacks['node-job'],
    ];
    const { text } = compose(shop.filter((one) => one !== undefined));
    await expect(text).toMatchFileSnapshot('__snapshots__/compose.yaml');
  });

  it('leaves nothing to mend, whichever systems it runs', () => {
    // Databases were written with every capability, which the next run took from them.
    const ordinary = () => ({ uid: 1000, isOrdinary: true, gainsRights: false });
    for (const env of [[], [variable('DATABASE_URL'), variable('REDIS_URL')]]) {
      const { text } = compose([service({ backingServices: [...backingServices], env })]);
      expect(improveCompose(text, ordinary).content).toBe(text);
    }
  });

  it('changes the file that Compose reads today, and adds none that would hide it', () => {
    const existing = ['deploy/compose.yaml', 'docker-compose.yml', 'docker-compose.override.yml'];
    const shop = project([service()], {
      existing: existing.map((path) => ({ kind: 'compose', path })),
    });
    expect(generateArtifacts('compose', shop, null)[0]?.path).toBe('docker-compose.yml');
  });

  it('wires connections that the source reads, and only those', () => {
    const api = service({
      backingServices: ['postgres', 'redis'],
      env: [variable('DATABASE_URL'), variable('REDIS_HOST')],
    });
    const { environment } = compose([api]).model.services.api;
    expect(environment).toEqual({
      DATABASE_URL: `postgresql://app:${fromEnv('POSTGRES_PASSWORD')}@postgres:5432/app`,
      REDIS_HOST: 'redis',
    });
  });

  it('holds no secret: every password and required value comes from .env', () => {
    const all = service({
      backingServices: [...backingServices],
      env: [variable('JWT_SECRET'), variable('STRIPE_KEY')],
    });
    const { model, text } = compose([all]);
    expect(model.services.api.environment.JWT_SECRET).toBe(fromEnv('JWT_SECRET'));
    for (const [, value] of text.matchAll(/(?:PASSWORD|PASS|SECRET|KEY): (.*)/g)) {
      expect(value).toMatch(/^(?:\$\{\w+:\?|"yes"$)/);
    }
  });

  it('leaves optional variables unset, so that the default of the code counts', () => {
    const api = service({ env: [variable('LOG_LEVEL', false)] });
    expect(compose([api]).model.services.api.environment).toEqual({ LOG_LEVEL: null });
  });

  it.each(backingServices)('runs %s pinned, checked and waited for', (system) => {
    const { model } = compose([service({ backingServices: [system] })]);
    const backing = model.services[system];
    expect(backing.image).toMatch(/:[\w.-]+$/);
    expect(backing.image).not.toMatch(/:latest$/);
    expect(backing.healthcheck.test.length).toBeGreaterThan(1);
    expect(backing.ports).toBeUndefined();
    expect(model.services.api.depends_on[system]).toEqual({ condition: 'service_healthy' });
    for (const volume of backing.volumes ?? []) {
      expect(model.volumes).toHaveProperty(volume.split(':')[0]);
    }
    expect(backing.networks.every((network: string) => network in model.networks)).toBe(true);
  });

  it('cuts backing services off from outside, and published services not', () => {
    const { model } = compose([service({ backingServices: ['postgres'] })]);
    expect(model.networks.backend).toEqual({ internal: true });
    expect(model.services.postgres.networks).toEqual(['backend']);
    expect(model.services.api.networks).toContain('frontend');
  });

  it('resolves host ports that collide, the same way each time', () => {
    const three = ['a', 'b', 'c'].map((name) => service({ name, path: name, context: name }));
    const ports = (list: readonly Service[]) =>
      Object.values(compose(list).model.services).map(
        (one) => (one as { ports: string[] }).ports[0],
      );
    expect(ports(three)).toEqual(['3000:3000', '3001:3000', '3002:3000']);
    expect(
      ports([
        service({ ports: [80] }),
        service({ name: 'x', path: 'x', context: 'x', ports: [8080] }),
      ]),
    ).toEqual(['8080:80', '8081:8080']);
  });

  it('does not let a service of the project take the name of its database', () => {
    const { model } = compose([
      service({ name: 'postgres', backingServices: ['postgres'], env: [variable('PGHOST')] }),
    ]);
    expect(model.services['postgres-store'].image).toMatch(/^postgres:/);
    expect(model.services.postgres.environment.PGHOST).toBe('postgres-store');
  });

  it('points to the Dockerfile from the context', () => {
    const { model } = compose([service({ path: 'apps/web', context: 'apps' })]);
    expect(model.services.api.build).toEqual({ context: './apps', dockerfile: 'web/Dockerfile' });
  });

  it('means the same to readers of YAML 1.1, which Docker and kubectl partly are', () => {
    const { text, model } = compose([
      service({ name: 'no', ports: [22], backingServices: ['mysql'] }),
      service({ name: 'job', path: 'job', kind: 'job', ports: [] }),
    ]);
    expect(parse(text, { version: '1.1' })).toEqual(model);
    expect(text).toContain('restart: "no"');
  });

  it('says what to do where nothing can be deployed', () => {
    expect(() => compose([service({ kind: 'library' })])).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });
});

describe('.env.example', () => {
  it('lists names without values', () => {
    const { example } = compose([
      service({
        backingServices: ['postgres'],
        env: [variable('JWT_SECRET'), variable('DATABASE_URL'), variable('LOG_LEVEL', false)],
      }),
    ]);
    const names = example?.split('\n').filter((line) => /^(?:# )?[A-Z_]+=/.test(line));
    expect(names).toEqual(['JWT_SECRET=', 'POSTGRES_PASSWORD=', '# LOG_LEVEL=']);
  });

  it('leaves the one that the project has', () => {
    expect(
      compose([service({ env: [variable('A_KEY')] })], [{ kind: 'env', path: '.env.example' }])
        .example,
    ).toBeNull();
  });
});
