import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { generateArtifacts } from '#main/generation/blueprints/generate.ts';
import type { Service } from '#shared/scan.ts';
import { project, service, stacks, variable } from './fixtures.ts';

// biome-ignore lint/suspicious/noExplicitAny: manifests are open records
type Manifest = any;

function manifests(of: Service): { readonly text: string; readonly list: readonly Manifest[] } {
  const text = generateArtifacts('kubernetes', project([of]), of)[0]?.content ?? '';
  return { text, list: parseAllDocuments(text).map((document) => document.toJS()) };
}
const kinds = (of: Service) => manifests(of).list.map(({ kind }) => kind);
const one = (of: Service, kind: string): Manifest =>
  manifests(of).list.find((each) => each.kind === kind);

const deployable = Object.entries(stacks).filter(([, { kind }]) => kind !== 'cli');

describe.each(deployable)('manifests of %s', (_name, of) => {
  const runner = one(of, of.kind === 'job' ? 'Job' : 'Deployment');
  const pod = runner.spec.template.spec;
  const [container] = pod.containers;

  it('meet the restricted Pod Security Standard', () => {
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(container.image).not.toMatch(/:latest$|^[^:]*$/);
  });

  it('run as the user of the Dockerfile', () => {
    const dockerfile = generateArtifacts('dockerfile', project([of]), of)[0]?.content ?? '';
    const { runAsUser, runAsGroup } = pod.securityContext;
    expect(dockerfile).toContain(`USER ${runAsUser}:${runAsGroup}`);
  });

  it('listen where the Dockerfile exposes, and are probed there', () => {
    const dockerfile = generateArtifacts('dockerfile', project([of]), of)[0]?.content ?? '';
    const exposed = /^EXPOSE (\d+)/m.exec(dockerfile)?.[1];
    expect(container.ports?.[0].containerPort).toBe(
      exposed === undefined ? undefined : Number(exposed),
    );
    if (exposed) expect(container).toHaveProperty('readinessProbe');
    if (exposed) expect(container).toHaveProperty('startupProbe');
  });

  it('mount every volume that they name', () => {
    const volumes = pod.volumes.map(({ name }: Manifest) => name);
    expect(container.volumeMounts.map(({ name }: Manifest) => name)).toEqual(volumes);
    expect(container.volumeMounts[0]).toEqual({ name: 'tmp', mountPath: '/tmp' });
  });

  it('request resources', () => {
    expect(container.resources.requests).toHaveProperty('memory');
    expect(container.resources.limits).toHaveProperty('memory');
  });

  it('select their own pods', () => {
    if (of.kind === 'job') return;
    expect(runner.spec.template.metadata.labels).toMatchObject(runner.spec.selector.matchLabels);
  });
});

describe('manifests', () => {
  it('stay as reviewed', async () => {
    const { text } = manifests(stacks['node-npm'] ?? service());
    await expect(text).toMatchFileSnapshot('__snapshots__/kubernetes.yaml');
  });

  it('are those that the kind of service needs', () => {
    const common = ['NetworkPolicy'];
    const scaled = ['HorizontalPodAutoscaler', 'PodDisruptionBudget', ...common];
    expect(kinds(service())).toEqual(['Deployment', 'Service', ...scaled, 'Ingress']);
    expect(kinds(service({ kind: 'worker', ports: [] }))).toEqual(['Deployment', ...scaled]);
    expect(kinds(service({ kind: 'job', ports: [] }))).toEqual(['Job', ...common]);
    expect(() => manifests(service({ kind: 'library' }))).toThrow(/library/);
  });

  it('refer to secrets and never hold one', () => {
    const api = service({
      backingServices: ['postgres'],
      env: [
        variable('DATABASE_URL'),
        variable('API_TOKEN', false),
        variable('DB_HOST'),
        variable('REGION'),
      ],
    });
    const [container] = one(api, 'Deployment').spec.template.spec.containers;
    expect(container.env).toEqual([
      {
        name: 'API_TOKEN',
        valueFrom: { secretKeyRef: { name: 'api-secrets', key: 'API_TOKEN', optional: true } },
      },
      {
        name: 'DATABASE_URL',
        valueFrom: { secretKeyRef: { name: 'api-secrets', key: 'DATABASE_URL' } },
      },
    ]);
    expect(one(api, 'ConfigMap').data).toEqual({ DB_HOST: 'postgres', REGION: 'change-me' });
    expect(kinds(api)).not.toContain('Secret');
  });

  it('ask for no switch where leaving it out is what turns it, and keep the names of secrets in sight', () => {
    const of = (language: string) =>
      service({
        language,
        env: [
          variable('DISABLE_TRACING'),
          variable('CACHE_ENABLED'),
          variable('OTEL_EXPORTER_OTLP_ENDPOINT'),
          variable('ALLOYDB_SECRET_NAME'),
          variable('API_SECRET'),
        ],
      });
    expect(one(of('go'), 'ConfigMap').data).toEqual({ ALLOYDB_SECRET_NAME: 'change-me' });
    // os.environ["CACHE_ENABLED"] ends the program where it is not set.
    expect(one(of('python'), 'ConfigMap').data).toEqual({
      ALLOYDB_SECRET_NAME: 'change-me',
      CACHE_ENABLED: 'change-me',
      DISABLE_TRACING: 'change-me',
    });
    const [container] = one(of('go'), 'Deployment').spec.template.spec.containers;
    expect(container.env.map(({ name }: Manifest) => name)).toEqual(['API_SECRET']);
  });

  it('let traffic in to the port and out to what the service uses', () => {
    const { spec } = one(service({ backingServices: ['postgres', 'redis'] }), 'NetworkPolicy');
    expect(spec.ingress).toEqual([{ ports: [{ protocol: 'TCP', port: 'http' }] }]);
    expect(spec.egress[1].ports.map(({ port }: Manifest) => port)).toEqual([443, 5432, 6379]);
  });

  it('kill no pod of Spring Boot or Quarkus since its database is away', () => {
    const probes = (facts: Partial<Service>) => {
      const [container] = one(service(facts), 'Deployment').spec.template.spec.containers;
      return [container.readinessProbe.httpGet?.path, container.livenessProbe.httpGet?.path];
    };
    const spring = { language: 'java', framework: 'spring-boot', healthPath: '/actuator/health' };
    const value = '/actuator/health/liveness';
    const evidence = [{ fact: 'livenessPath', value, file: 'pom.xml', line: 1 }];
    expect(probes({ ...spring, evidence })).toEqual(['/actuator/health', value]);
    expect(probes(spring)).toEqual(['/actuator/health', undefined]);
    expect(probes({ framework: 'quarkus', healthPath: '/q/health' })).toEqual([
      '/q/health',
      '/q/health/live',
    ]);
  });

  it('probe the health path where it is known, otherwise the port', () => {
    const probe = (of: Service) =>
      one(of, 'Deployment').spec.template.spec.containers[0].livenessProbe;
    expect(probe(service({ healthPath: '/live' })).httpGet).toEqual({
      path: '/live',
      port: 'http',
    });
    expect(probe(service({ healthPath: null })).tcpSocket).toEqual({ port: 'http' });
  });

  it('say that a port is assumed', () => {
    const { text } = manifests(service({ ports: [] }));
    expect(text).toContain('could not tell the port: 8080 is assumed');
  });

  it('let an unprivileged user listen below 1024', () => {
    const { sysctls } = one(service({ ports: [80] }), 'Deployment').spec.template.spec
      .securityContext;
    expect(sysctls).toEqual([{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }]);
  });
});
