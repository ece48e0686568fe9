import type { ArtifactKind } from '#shared/artifact.ts';
import { OmegaError } from '#shared/error.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import type { Blueprint } from './blueprint.ts';
import { collectorFiles, collectorReads } from './collector/improved.ts';
import { composeFiles, composeReads } from './compose/improved.ts';
import { dockerfileFiles, dockerfileReads } from './dockerfile/improved.ts';
import { githubActionsFiles, githubActionsReads } from './github-actions/github-actions.ts';
import { gitlabCiFiles, gitlabCiFollows, gitlabCiReads } from './gitlab-ci/gitlab-ci.ts';
import { grafanaFiles, grafanaReads } from './grafana/improved.ts';
import { helmArtifacts, helmReads } from './helm/helm.ts';
import { settleCharts } from './helm/settle-charts.ts';
import { kubernetesFiles, kubernetesReads, prepareKubernetes } from './kubernetes/improved.ts';
import { kustomizationsOf, kustomizeFollows } from './kustomize/improve.ts';
import { kustomizeArtifacts } from './kustomize/kustomize.ts';
import { policiesFiles, policiesReads } from './policies/policies.ts';
import { prometheusReads } from './prometheus/authors-rules.ts';
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
    prepare: prepareKubernetes,
    write: ofService('kubernetes', kubernetesFiles),
  },
  kustomize: {
    reads: (project, _service, target) => kustomizationsOf(project, target),
    follows: kustomizeFollows,
    // Pipelines apply the overlay where there is one.
    shapes: (kind) => kind === 'github-actions' || kind === 'gitlab-ci',
    write: kustomizeArtifacts,
  },
  helm: { reads: helmReads, write: helmArtifacts, settle: settleCharts },
  terraform: terraformBlueprint,
  'github-actions': { reads: githubActionsReads, write: githubActionsFiles },
  'gitlab-ci': { reads: gitlabCiReads, follows: gitlabCiFollows, write: gitlabCiFiles },
  collector: { reads: collectorReads, write: collectorFiles },
  telemetry: {
    fits: fitsTelemetry,
    reads: telemetryReads,
    shapes: (kind) => kind !== 'telemetry',
    write: ofService('telemetry', telemetryArtifacts),
  },
  prometheus: { reads: prometheusReads, write: prometheusArtifacts },
  grafana: { reads: grafanaReads, write: grafanaFiles },
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
