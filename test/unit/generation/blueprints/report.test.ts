import { describe, expect, it } from 'vitest';
import type { Surroundings } from '#main/generation/blueprints/blueprint.ts';
import { generateArtifacts, readPaths } from '#main/generation/blueprints/generate.ts';
import { checkFile } from '#main/generation/check-file.ts';
import { offlinePorts } from '#main/generation/offline-ports.ts';
import { defaultTarget } from '#shared/target.ts';
import { project, service } from './fixtures.ts';

const key = `AKIA${'ABCDEFGHIJKLMNOP'}`;
const files: Readonly<Record<string, string>> = {
  Dockerfile: `FROM node\nENV AWS_ACCESS_KEY_ID=${key}\nCMD ["node", "a.js"]\n`,
  'compose.yaml':
    'version: "3"\nservices:\n  db:\n    image: postgres:16\n    ports: ["5432:5432"]\n',
};
const existing = [
  { kind: 'dockerfile', path: 'Dockerfile' },
  { kind: 'compose', path: 'compose.yaml' },
  { kind: 'kubernetes', path: 'k8s/big (1).yaml' },
];
const api = service({ name: 'api|x' });
const scan = project([api], { existing });

async function report(): Promise<string> {
  const texts = new Map(
    readPaths('report', scan, null, defaultTarget).flatMap((path) =>
      files[path] === undefined ? [] : [[path, { content: files[path], isOurs: false }] as const],
    ),
  );
  const findings = new Map<string, Awaited<ReturnType<typeof checkFile>>>();
  for (const [path, { content }] of texts)
    findings.set(
      path,
      await checkFile(offlinePorts, { path, content }, new AbortController().signal),
    );
  const around: Surroundings = { target: defaultTarget, texts, findings };
  return generateArtifacts('report', scan, null, around)[0]?.content ?? '';
}

describe('the security report', () => {
  it('tells findings by severity with the line, what is mended, and what is left', async () => {
    const text = await report();
    const at = [
      '### error',
      '### warning',
      '### info',
      '## Secrets',
      '## What Omega can mend',
      '## What a person has to decide',
      '## Images',
      '## Requests and limits',
      '## What was read',
    ].map((heading) => text.indexOf(`${heading}\n`));
    expect(at.every((one, index) => one > 0 && one > (at[index - 1] ?? 0))).toBe(true);
    expect(text).toContain('[Dockerfile:2](../Dockerfile#L2)');
    expect(text).toContain('version is gone');
    expect(text).toContain('reached from this host alone');
    expect(text).toMatch(/A start for typescript/);
  });

  it('never holds the value of a secret, and says what it did not read', async () => {
    const text = await report();
    expect(text).not.toContain(key);
    expect(text).toContain('Not read');
    expect(text).toContain('k8s/big (1).yaml');
    expect(text).toContain('api\\|x');
  });

  it('is the same twice, and has no time in it', async () => {
    expect(await report()).toBe(await report());
    expect(await report()).not.toMatch(/20[3-9]\d-|\d\d:\d\d/);
  });

  it('is a file that nothing is said against', async () => {
    const found = await checkFile(
      offlinePorts,
      { path: 'docs/security-report.md', content: await report() },
      new AbortController().signal,
    );
    expect(found).toEqual([]);
  });
});
