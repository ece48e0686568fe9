import { validateFile } from '#main/generation/validation/validate.ts';
import type { FileFormat } from '#main/generation/validation/validator.ts';
import type { Finding } from '#shared/artifact.ts';

const paths: Readonly<Record<FileFormat, string>> = {
  dockerfile: 'Dockerfile',
  dockerignore: '.dockerignore',
  compose: 'compose.yaml',
  kubernetes: 'k8s.yaml',
  dotenv: '.env.example',
  kustomization: 'kustomization.yaml',
  helm: 'chart/templates/deployment.yaml',
  terraform: 'main.tf',
  'github-workflow': '.github/workflows/ci.yml',
  'gitlab-ci': '.gitlab-ci.yml',
  collector: 'otel-collector.yaml',
  prometheus: 'rules.yaml',
  grafana: 'dashboard.json',
  kyverno: 'policy.yaml',
  source: 'main.js',
};

/** Findings of our own validators; what tools on this machine's PATH add is left out. */
export async function judge(
  format: FileFormat,
  content: string,
  path = paths[format],
): Promise<readonly Finding[]> {
  const found = await validateFile({ path, content, format }, new AbortController().signal);
  return found.filter(({ rule }) =>
    /^(?:dockerfile|dockerignore|compose|kubernetes|kustomize|helm|terraform|github-actions|gitlab-ci|collector|prometheus|grafana|kyverno|source|file)\//.test(
      rule,
    ),
  );
}

/** `rule@line` of the findings of one severity. */
export function brief(
  findings: readonly Finding[],
  severity: Finding['severity'],
): readonly string[] {
  return findings
    .filter((one) => one.severity === severity)
    .map(({ rule, line }) => `${rule}@${line}`);
}
