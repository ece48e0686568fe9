import { describe, expect, it } from 'vitest';
import type { Surroundings } from '#main/generation/blueprints/blueprint.ts';
import { generateArtifacts, readPaths } from '#main/generation/blueprints/generate.ts';
import { leftNotes } from '#main/generation/blueprints/left-notes.ts';
import { changesSection } from '#main/generation/blueprints/report/sections.ts';
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

  // Catches: the same sentence a dozen times, once for each service that it is of.
  it('says once what is the same of several services, with their names', () => {
    const file = (path: string, ...names: readonly string[]) => ({
      service: null,
      kind: 'compose' as const,
      path,
      content: '',
      notes: leftNotes(
        names.map((of) => ({
          line: 1,
          text: `Left as it is in ${of}: nothing limits its memory.`,
        })),
      ),
      mended: names.map((of) => `${of}: no process gains rights.`),
    });
    const files = [file('compose.yaml', 'vote', 'result'), file('more.yaml', 'db')];
    const text = changesSection('docs/security-report.md', files).join('\n');
    const places = '([compose.yaml](../compose.yaml): vote, result; [more.yaml](../more.yaml): db)';
    expect(text).toContain(`- no process gains rights. ${places}`);
    expect(text).toContain(`- Left as it is: nothing limits its memory. ${places}`);
    const alone = changesSection('docs/security-report.md', files.slice(1)).join('\n');
    expect(alone).toContain('- [more.yaml](../more.yaml): db: no process gains rights.');
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
