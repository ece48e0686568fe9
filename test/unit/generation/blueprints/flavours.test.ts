import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { bare, generateArtifacts } from '#main/generation/blueprints/generate.ts';
import { awsFacts } from '#main/generation/blueprints/terraform/aws/facts.ts';
import { azureFacts } from '#main/generation/blueprints/terraform/azure/facts.ts';
import { gcpFacts } from '#main/generation/blueprints/terraform/gcp/facts.ts';
import { backingServices } from '#shared/scan.ts';
import { defaultTarget, type Flavour, flavours } from '#shared/target.ts';
import { brief, judge } from '../validation/expect-findings.ts';
import { project, service } from './fixtures.ts';

const web = service({
  name: 'web',
  kind: 'web',
  ports: [3000],
  healthPath: '/health',
  dataFolders: ['data'],
});

function manifests(flavour: Flavour) {
  const surroundings = { target: { ...defaultTarget, flavour }, texts: new Map() };
  const content =
    generateArtifacts('kubernetes', project([web]), web, surroundings)[0]?.content ?? '';
  const objects = parseAllDocuments(content).map((document) => document.toJS());
  const of = (kind: string) => objects.find((object) => object.kind === kind);
  return { content, of };
}

describe('the flavours of Kubernetes', () => {
  it.each(flavours)(
    '%s: is free of errors, and of what the standard is free of',
    async (flavour) => {
      const found = await judge('kubernetes', manifests(flavour).content);
      expect(brief(found, 'error')).toEqual([]);
      const plain = await judge('kubernetes', manifests('standard').content);
      expect(
        found.filter(({ severity }) => severity === 'warning').map(({ rule }) => rule),
      ).toEqual(plain.filter(({ severity }) => severity === 'warning').map(({ rule }) => rule));
    },
  );

  it('differ in class, registry, storage and identity', () => {
    const seen = flavours.map((flavour) => {
      const { of } = manifests(flavour);
      const { spec } = of('Deployment').spec.template;
      return [
        flavour,
        of('Ingress').spec.ingressClassName ??
          of('Ingress').metadata.annotations?.['kubernetes.io/ingress.class'] ??
          null,
        spec.containers[0].image.split('/')[0],
        of('PersistentVolumeClaim').spec.storageClassName ?? null,
        Object.keys(of('ServiceAccount')?.metadata.annotations ?? {})[0] ?? null,
      ];
    });
    expect(seen).toEqual([
      ['standard', null, 'registry.example.com', null, null],
      ['minikube', 'nginx', 'shop', 'standard', null],
      ['kind', 'nginx', 'shop', 'standard', null],
      [
        'gke',
        'gce',
        'europe-west1-docker.pkg.dev',
        'standard-rwo',
        'iam.gke.io/gcp-service-account',
      ],
      ['eks', 'alb', '111122223333.dkr.ecr.eu-west-1.amazonaws.com', 'gp3', null],
      [
        'aks',
        'webapprouting.kubernetes.azure.com',
        'changeme.azurecr.io',
        'managed-csi',
        'azure.workload.identity/client-id',
      ],
      ['iks', 'public-iks-k8s-nginx', 'icr.io', 'ibmc-vpc-block-10iops-tier', null],
    ]);
  });

  it('run as an account of their own where the cloud knows accounts, and pull as it wants', () => {
    expect(manifests('eks').of('Deployment').spec.template.spec.serviceAccountName).toBe('web');
    const aks = manifests('aks').of('Deployment').spec.template;
    expect(aks.metadata.labels['azure.workload.identity/use']).toBe('true');
    // The selector of a Deployment cannot change: what a flavour adds stays out of it.
    expect(manifests('aks').of('Deployment').spec.selector).toEqual(
      manifests('standard').of('Deployment').spec.selector,
    );
    const iks = manifests('iks').of('Deployment').spec.template.spec;
    expect(iks.imagePullSecrets).toEqual([{ name: 'all-icr-io' }]);
  });

  // Catches: pods that a policy keeps from what the cloud runs for them, on a port of its own.
  it('let pods reach the systems of their cloud, on the ports that its Terraform knows', () => {
    for (const [flavour, { managed }] of [
      ['eks', awsFacts],
      ['gke', gcpFacts],
      ['aks', azureFacts],
    ] as const) {
      const one = service({ backingServices: [...backingServices] });
      const target = { ...defaultTarget, flavour };
      const [made] = generateArtifacts('kubernetes', project([one]), one, { ...bare, target });
      for (const [system, { port }] of Object.entries(managed))
        expect([system, made?.content]).toEqual([
          system,
          expect.stringContaining(`port: ${port}\n`),
        ]);
    }
  });

  // Catches: pods that a policy keeps from the agent that knows who they are to the cloud.
  it('let pods ask their node for their identity', () => {
    const asked = (flavour: Flavour) =>
      manifests(flavour)
        .of('NetworkPolicy')
        .spec.egress.flatMap((rule: { to?: { ipBlock?: { cidr: string } }[] }) =>
          (rule.to ?? []).flatMap(({ ipBlock }) => ipBlock?.cidr ?? []),
        );
    expect(asked('eks')).toEqual(['169.254.170.23/32']);
    expect(asked('gke')).toEqual(['169.254.169.254/32', '169.254.169.252/32']);
    expect(asked('standard')).toEqual([]);
    // With IRSA's annotation SDKs would take that role, and Pod Identity would not be asked.
    expect(manifests('eks').content).not.toContain('role-arn');
  });

  it('GKE: the objects that its load balancer reads are named by what refers to them', () => {
    const { of } = manifests('gke');
    const { annotations } = of('Ingress').metadata;
    expect(annotations['networking.gke.io/managed-certificates']).toBe(
      of('ManagedCertificate').metadata.name,
    );
    expect(annotations['networking.gke.io/v1beta1.FrontendConfig']).toBe(
      of('FrontendConfig').metadata.name,
    );
    const backend = JSON.parse(
      of('Service').metadata.annotations['cloud.google.com/backend-config'],
    );
    expect(backend.default).toBe(of('BackendConfig').metadata.name);
    expect(of('BackendConfig').spec.healthCheck.requestPath).toBe('/health');
    expect(of('ManagedCertificate').spec.domains).toEqual([of('Ingress').spec.rules[0].host]);
  });
});
