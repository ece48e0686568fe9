import type { Service } from '#shared/scan.ts';

/** What no image needs, or must never hold. */
export const commonIgnores: readonly string[] = [
  '# Version control and editors',
  '**/.git',
  '**/.gitignore',
  '**/.github',
  '**/.idea',
  '**/.vscode',
  '**/.DS_Store',
  '# Secrets: the environment gives them at run time',
  '**/.env',
  '**/.env.*',
  '!**/.env.example',
  '**/*.pem',
  '**/*.key',
  '# Infrastructure files',
  '**/Dockerfile*',
  '**/*.dockerignore',
  '**/.dockerignore',
  '**/compose*.y*ml',
  '**/docker-compose*.y*ml',
  '**/k8s',
];

/** The text of an ignore file: the common patterns, then those of the stack. */
export function ignoreFile(service: Service, patterns: readonly string[]): string {
  return ignoreText(commonIgnores, service, patterns);
}

/** The text of an ignore file of these patterns; those of a stack under a heading, if there are any. */
export function ignoreText(
  common: readonly string[],
  service: Service,
  patterns: readonly string[],
): string {
  const heading = `# What a build makes again (${service.language.replace(/\P{L}/gu, '')})`;
  const lines = [...common, ...(patterns.length > 0 ? [heading, ...patterns] : [])];
  return `${lines.join('\n')}\n`;
}
