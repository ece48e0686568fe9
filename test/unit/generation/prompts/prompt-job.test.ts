import { describe, expect, it } from 'vitest';
import { judgeAnswer } from '#main/generation/ai/judge-answer.ts';
import { BlockReader } from '#main/generation/answers/block-reader.ts';
import { bare } from '#main/generation/blueprints/generate.ts';
import { offlinePorts as ports } from '#main/generation/offline-ports.ts';
import { artifactRules } from '#main/generation/prompts/artifact-rules.ts';
import { buildPrompt } from '#main/generation/prompts/build-prompt.ts';
import { promptJob } from '#main/generation/prompts/prompt-job.ts';
import { type ArtifactKind, artifactKinds } from '#shared/artifact.ts';
import { project, service } from '../blueprints/fixtures.ts';

const { signal } = new AbortController();
const covered = project([service({ name: 'api' })]);
const uncovered = project([service({ name: 'api', language: 'cobol' })]);

function jobOf(kind: ArtifactKind, scan = covered) {
  const planned = ports.plan(scan, [kind])[0] ?? { kind, service: scan.services[0] ?? null };
  const sight = { project: scan, service: planned.service, around: bare };
  return promptJob(ports, scan, planned, sight, signal);
}

describe('what a model is asked for', () => {
  // Kinds without a blueprint for a language were all asked for as the Compose file.
  it.each(artifactKinds.filter((kind) => kind !== 'telemetry'))(
    'has places of its own for %s where no blueprint writes it',
    async (kind) => {
      const [made, asked] = [await jobOf(kind), await jobOf(kind, uncovered)];
      expect(asked.paths.length).toBeGreaterThan(0);
      const others = artifactKinds.filter((one) => one !== kind && one !== 'telemetry');
      for (const other of others) {
        const { paths } = await jobOf(other, uncovered);
        expect(paths.filter((path) => asked.paths.includes(path))).toEqual([]);
      }
      expect(made.paths).toContain(asked.paths[0]);
    },
  );

  it('is nothing where the kind patches files that cannot be patched', async () => {
    // Its package.json is not there to be read.
    await expect(jobOf('telemetry')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('By hand:'),
    });
  });

  it('does not stand in the place of a file of the author', async () => {
    const existing = [
      { kind: 'helm', path: 'charts/shop/Chart.yaml' },
      { kind: 'github-actions', path: '.github/workflows/ci.yml' },
    ];
    const scan = project(uncovered.services, { root: '/srv/shop', existing });
    expect((await jobOf('helm', scan)).paths[0]).toBe('charts-omega/shop/Chart.yaml');
    expect((await jobOf('github-actions', scan)).paths).toEqual(['.github/workflows/omega-ci.yml']);
  });

  it.each(artifactKinds.filter((kind) => kind !== 'telemetry'))(
    'of %s comes with its rules, and no path beside its own is taken',
    async (kind) => {
      const job = await jobOf(kind);
      const input = { project: covered, jobs: [job], contextTokens: 200_000, taught: new Map() };
      const { system, prompt } = await buildPrompt({ ...input, repair: null }, signal);
      for (const { text } of artifactRules[kind]) expect(`${system}${prompt}`).toContain(text);
      const allowed = [...job.paths, ...job.mayAlso];
      const reader = new BlockReader({ tag: 'abc', allowed });
      const outside = [
        '../x',
        '/etc/passwd',
        '.git/hooks/pre-commit',
        'src/index.js',
        'k9s/a.yaml',
      ];
      const main = job.paths[0] ?? '';
      for (const path of [...outside, main]) {
        reader.push(`===FILE ${path}===\ntext\n===END===\n`);
      }
      const { files, refused } = reader.end();
      expect(files.map(({ path }) => path)).toEqual([main]);
      expect(refused.map(({ path }) => path)).toEqual(outside);
    },
  );

  // A Deployment where rules of Prometheus were asked for is a good manifest, and was proposed as rules.
  it('is refused where it is of another format', async () => {
    const job = await jobOf('prometheus');
    const path = job.paths[0] ?? '';
    const content = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: b\n';
    const answered = [{ path, content, cut: false }];
    const origin = { provider: 'openai', model: 'm' } as never;
    const attempt = await judgeAnswer(ports, job, answered, new Map(), origin, signal);
    expect(attempt?.files[0]?.findings).toContainEqual(
      expect.objectContaining({ rule: 'omega/format', severity: 'error' }),
    );
    const [draft] = job.drafts;
    const own = [{ path, content: draft?.content ?? '', cut: false }];
    const good = await judgeAnswer(ports, job, own, new Map(), origin, signal);
    expect(good?.files[0]?.findings.filter(({ rule }) => rule === 'omega/format')).toEqual([]);
  });
});
