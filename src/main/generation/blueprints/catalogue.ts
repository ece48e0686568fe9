import type { ArtifactKind } from '#shared/artifact.ts';
import { OmegaError } from '#shared/error.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import type { Blueprint } from './blueprint.ts';
import { composeFiles, composeReads } from './compose/improved.ts';
import { dockerfileFiles, dockerfileReads } from './dockerfile/improved.ts';
import { githubActionsFiles, githubActionsReads } from './github-actions/github-actions.ts';
import { gitlabCiFiles, gitlabCiReads } from './gitlab-ci/gitlab-ci.ts';
import { kubernetesFiles, kubernetesReads } from './kubernetes/improved.ts';

/** The blueprint of every kind. */
export const catalogue: Readonly<Record<ArtifactKind, Blueprint>> = {
  dockerfile: {
    per: 'service',
    reads: dockerfileReads,
    write: ofService('dockerfile', dockerfileFiles),
  },
  compose: { per: 'project', reads: composeReads, write: composeFiles },
  kubernetes: {
    per: 'service',
    reads: kubernetesReads,
    write: ofService('kubernetes', kubernetesFiles),
  },
  kustomize: missing('project'),
  helm: missing('project'),
  terraform: missing('project'),
  'github-actions': { per: 'project', reads: githubActionsReads, write: githubActionsFiles },
  'gitlab-ci': { per: 'project', reads: gitlabCiReads, write: gitlabCiFiles },
  collector: missing('project'),
  telemetry: missing('service'),
  prometheus: missing('project'),
  grafana: missing('project'),
  policies: missing('project'),
  report: missing('project'),
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

// Gone before this branch is merged: each kind has its blueprint by then.
function missing(per: Blueprint['per']): Blueprint {
  return {
    per,
    write: () => {
      throw new OmegaError('INVALID_INPUT', 'There is no blueprint of this kind yet.');
    },
  };
}
