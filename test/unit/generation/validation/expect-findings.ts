import { validateFile } from '#main/generation/validation/validate.ts';
import type { FileFormat } from '#main/generation/validation/validator.ts';
import type { Finding } from '#shared/artifact.ts';

const paths: Readonly<Record<FileFormat, string>> = {
  dockerfile: 'Dockerfile',
  dockerignore: '.dockerignore',
  compose: 'compose.yaml',
  kubernetes: 'k8s.yaml',
  dotenv: '.env.example',
};

/** Findings of our own validators; what tools on this machine's PATH add is left out. */
export async function judge(
  format: FileFormat,
  content: string,
  path = paths[format],
): Promise<readonly Finding[]> {
  const found = await validateFile({ path, content, format }, new AbortController().signal);
  return found.filter(({ rule }) =>
    /^(?:dockerfile|dockerignore|compose|kubernetes|file)\//.test(rule),
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
