import { describe, expect, it } from 'vitest';
import { generateArtifacts } from '#main/generation/blueprints/generate.ts';
import { checkFile } from '#main/generation/check-file.ts';
import { offlinePorts } from '#main/generation/offline-ports.ts';
import { secretFindings } from '#main/generation/secret-findings.ts';
import { artifactKinds, kindsOfServices } from '#shared/artifact.ts';
import { OmegaError } from '#shared/error.ts';
import { project, stacks } from './blueprints/fixtures.ts';

const signal = new AbortController().signal;
const check = (path: string, content: string) => checkFile(offlinePorts, { path, content }, signal);
// Put together here, so that no scanner takes this file for a leak.
const key = `AKIA${'ABCDEFGHIJKLMNOP'}`;
const pem = `-----BEGIN ${'RSA PRIVATE'} KEY-----`;

describe('a planted secret', () => {
  it.each([
    ['Dockerfile', `FROM node:22\n# ${key}\nUSER 1\nHEALTHCHECK NONE\nCMD ["a"]\n`, 2],
    ['compose.yaml', `services:\n  a:\n    image: b:1\n    labels:\n      note: ${key}\n`, 5],
    [
      'k8s/a.yaml',
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: ${key}\n`,
      6,
    ],
    ['.dockerignore', `a\n# ${key}\n`, 2],
    ['docs/security-report.md', `# Report\n\n${pem}\n`, 3],
    ['dashboard.unknown', `x ${key}`, 1],
  ])(
    'is an error in %s, whatever its format, and its value is not told',
    async (path, content, line) => {
      const found = await check(path, content);
      const errors = found.filter(({ severity, line: at }) => severity === 'error' && at === line);
      expect(errors.map(({ rule }) => rule)).toContain('omega/secret');
      expect(JSON.stringify(found)).not.toContain('ABCDEFGH');
    },
  );

  it('is told once where the rule of the format has told it', async () => {
    const found = await check(
      'compose.yaml',
      `services:\n  a:\n    image: b:1\n    environment:\n      API_KEY: ${key}\n`,
    );
    expect(found.map(({ rule }) => rule)).toEqual(['compose/inline-secret']);
  });

  it('is not seen in what the blueprints write', async () => {
    for (const of of Object.values(stacks)) {
      const scan = project([of]);
      for (const kind of artifactKinds) {
        const service = kindsOfServices.has(kind) ? of : null;
        for (const file of written(() => generateArtifacts(kind, scan, service))) {
          expect(await secretFindings(file, []), file.path).toEqual([]);
        }
      }
    }
  });
});

/** Kinds that have nothing to write for a service, or for a project, say so. */
function written<T>(write: () => readonly T[]): readonly T[] {
  try {
    return write();
  } catch (error) {
    if (error instanceof OmegaError && error.code === 'INVALID_INPUT') return [];
    throw error;
  }
}
