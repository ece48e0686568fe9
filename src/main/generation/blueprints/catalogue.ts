import type { ArtifactKind } from '#shared/artifact.ts';
import { OmegaError } from '#shared/error.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import type { Blueprint } from './blueprint.ts';
import { collectorArtifacts } from './collector/collector.ts';
import { composeFiles, composeReads } from './compose/improved.ts';
import { dockerfileFiles, dockerfileReads } from './dockerfile/improved.ts';
import { githubActionsFiles, githubActionsReads } from './github-actions/github-actions.ts';
import { gitlabCiFiles, gitlabCiReads } from './gitlab-ci/gitlab-ci.ts';
import { grafanaArtifacts } from './grafana/grafana.ts';
import { helmArtifacts, helmReads } from './helm/helm.ts';
import { kubernetesFiles, kubernetesReads } from './kubernetes/improved.ts';
import { kustomizationsOf } from './kustomize/improve.ts';
import { kustomizeArtifacts } from './kustomize/kustomize.ts';
import { policiesFiles, policiesReads } from './policies/policies.ts';
import { prometheusArtifacts } from './prometheus/prometheus.ts';
import { reportFiles, reportReads } from './report/report.ts';
import { fitsTelemetry, telemetryArtifacts, telemetryReads } from './telemetry/telemetry.ts';
import { terraformBlueprint } from './terraform/terraform.ts';

/** The blueprint of every kind. */
export const catalogue: Readonly<Record<ArtifactKind, Blueprint>> = {
  dockerfile: {
    reads: dockerfileReads,
    write: ofService('dockerfile', dockerfileFiles),
  },
  compose: { reads: composeReads, write: composeFiles },
  kubernetes: {
    reads: kubernetesReads,
    write: ofService('kubernetes', kubernetesFiles),
  },
  kustomize: {
    reads: (project, _service, target) => kustomizationsOf(project, target),
    // Pipelines apply the overlay where there is one.
    shapes: (kind) => kind === 'github-actions' || kind === 'gitlab-ci',
    write: kustomizeArtifacts,
  },
  helm: { reads: helmReads, write: helmArtifacts },
  terraform: terraformBlueprint,
  'github-actions': { reads: githubActionsReads, write: githubActionsFiles },
  'gitlab-ci': { reads: gitlabCiReads, write: gitlabCiFiles },
  collector: { write: collectorArtifacts },
  telemetry: {
    fits: fitsTelemetry,
    reads: telemetryReads,
    shapes: (kind) => kind !== 'telemetry',
    write: ofService('telemetry', telemetryArtifacts),
  },
  prometheus: { write: prometheusArtifacts },
  grafana: { write: grafanaArtifacts },
  policies: { reads: policiesReads, write: policiesFiles },
  report: { reads: reportReads, judges: true, write: reportFiles },
};

type WriteForService = (
  project: ScanResult,
  service: Service,
  ...rest: Parameters<Blueprint['write']> extends [unknown, unknown, ...infer R] ? R : never
) => ReturnType<Blueprint['write']>;

function ofService(kind: ArtifactKind, write: WriteForService): Blueprint['write'] {
  return (project, service, surroundings) => {
    if (service) return write(project, service, surroundings);
    throw new OmegaError(
      'INVALID_INPUT',
      `A ${kind} artifact belongs to one service: name the service.`,
    );
  };
}
