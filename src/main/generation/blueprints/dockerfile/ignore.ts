import type { Service } from '#shared/scan.ts';

/** What no image needs, or must never hold. */
const common = [
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
  const lines = [
    ...common,
    `# What a build makes again (${service.language.replace(/\P{L}/gu, '')})`,
    ...patterns,
  ];
  return `${lines.join('\n')}\n`;
}
