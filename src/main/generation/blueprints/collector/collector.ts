import { Document, isMap, isNode, isScalar, Scalar, stringify, visit } from 'yaml';
import type { Artifact } from '#shared/artifact.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import { keptOr } from '../authors-texts.ts';
import type { Surroundings } from '../blueprint.ts';
import type { Manifest } from '../kubernetes/objects.ts';
import { projectLabel } from '../names.ts';
import { isJob, type Observed, observedServices } from '../observability/observed.ts';
import { collectorConfig } from './config.ts';
import { gatewayManifests } from './gateway.ts';
import { collectorMonitors } from './monitor.ts';
import { collectorPath } from './paths.ts';
import { sidecarObjects, sidecarPatch } from './sidecar.ts';

/**
 * An OpenTelemetry Collector for the project's services: a gateway as manifests of its own, or a
 * sidecar as a component of Kustomize that patches their Deployments.
 * @throws OmegaError `INVALID_INPUT` where no service keeps running.
 */
export function collectorArtifacts(
  project: ScanResult,
  _service: Service | null,
  surroundings: Surroundings,
): readonly Artifact[] {
  const { target } = surroundings;
  const label = projectLabel(project);
  const services = observedServices(project, surroundings);
  const config = configText(collectorConfig(target.collector, services));
  const file = (name: string, content: string): Artifact => {
    const path = collectorPath(project, name);
    return { kind: 'collector', path, content: keptOr(surroundings, path, content) };
  };
  const monitors = collectorMonitors(label, services, target.collector);
  const monitored = (name: string) =>
    monitors.length === 0 ? [] : [file(name, monitors.map(render).join('---\n'))];
  if (target.collector === 'gateway') {
    return [
      file('collector.yaml', gatewayManifests(label, config, services).map(render).join('---\n')),
      ...monitored('servicemonitor.yaml'),
    ];
  }
  const beside = services.filter((one) => !isJob(one) && one.service.kind !== 'static');
  return [
    file('sidecar/collector.yaml', sidecarObjects(label, config, beside).map(render).join('---\n')),
    file('sidecar/kustomization.yaml', component(label, beside)),
    ...monitored('sidecar/podmonitor.yaml'),
  ];
}

/** Why the configuration is as it is, where a reader would ask. */
const reasons: readonly (readonly [path: readonly string[], why: string])[] = [
  [
    ['processors', 'memory_limiter'],
    ' First in every pipeline: it refuses what there is no memory for.',
  ],
  [['processors', 'k8sattributes', 'filter'], ' A Role is enough for its own namespace.'],
  [['processors', 'resource'], ' A service is called as in its manifests, whatever its SDK says.'],
  [
    ['processors', 'transform'],
    ' Prometheus has the namespace of the service, not of the collector.',
  ],
  [
    ['service', 'pipelines', 'metrics/scraped'],
    ' Prometheus scrapes these services itself, so they are not shown to it once more.',
  ],
];

function configText(config: object): string {
  const document = new Document(config, { aliasDuplicateObjects: false });
  for (const [path, why] of reasons) {
    const node = document.getIn(path, true);
    if (isNode(node)) node.commentBefore = why;
  }
  return document.toString({ lineWidth: 0 });
}

function component(project: string, services: readonly Observed[]): string {
  const patches = services.map((one) => ({
    target: {
      group: 'apps',
      version: 'v1',
      kind: one.deployed?.kind ?? 'Deployment',
      name: one.name,
    },
    patch: stringify(sidecarPatch(project, one), { lineWidth: 0, aliasDuplicateObjects: false }),
  }));
  const object = {
    apiVersion: 'kustomize.config.k8s.io/v1alpha1',
    kind: 'Component',
    resources: ['collector.yaml'],
    ...(patches.length > 0 ? { patches } : {}),
  };
  const comment = [
    ' Puts a collector beside each service. Name this folder under components of your kustomization.',
    ' Set OTLP_ENDPOINT to what keeps your traces, metrics and logs.',
  ].join('\n');
  return render({ comment, object });
}

function render({ comment, object }: Manifest): string {
  const document = new Document(object, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  if (comment !== null && document.contents) document.contents.commentBefore = comment;
  visit(document, {
    // A file within a file is read more easily as it stands.
    Pair(_key, { key, value }) {
      if (isMap(value) || !isScalar(value) || !isScalar(key)) return;
      if (key.value === 'config.yaml' || key.value === 'patch') value.type = Scalar.BLOCK_LITERAL;
    },
  });
  return document.toString({ lineWidth: 0 });
}
