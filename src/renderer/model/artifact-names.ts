import type { ArtifactKind } from '#shared/artifact.ts';

/** How an artifact kind is called on screen. */
export const artifactNames: Readonly<Record<ArtifactKind, string>> = {
  dockerfile: 'Dockerfile',
  compose: 'Compose',
  kubernetes: 'Kubernetes',
  kustomize: 'Kustomize',
  helm: 'Helm chart',
  terraform: 'Terraform',
  'github-actions': 'GitHub Actions',
  'gitlab-ci': 'GitLab CI',
  collector: 'OTel Collector',
  telemetry: 'Telemetry SDK',
  prometheus: 'Prometheus',
  grafana: 'Grafana',
  policies: 'Policies',
  report: 'Security report',
};
