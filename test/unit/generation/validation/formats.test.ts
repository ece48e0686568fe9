import { describe, expect, it } from 'vitest';
import { detectFormat, validateFile } from '#main/generation/validation/validate.ts';
import { OmegaError } from '#shared/error.ts';
import { brief, judge } from './expect-findings.ts';

const manifest = 'apiVersion: v1\nkind: Pod\n';

describe('detectFormat', () => {
  it.each([
    ['Dockerfile', '', 'dockerfile'],
    ['api/Dockerfile.prod', '', 'dockerfile'],
    ['docker\\api.Dockerfile', '', 'dockerfile'],
    ['Containerfile', '', 'dockerfile'],
    ['.dockerignore', '', 'dockerignore'],
    ['api/Dockerfile.dockerignore', '', 'dockerignore'],
    ['compose.yaml', '', 'compose'],
    ['docker-compose.override.yml', '', 'compose'],
    ['deploy/web.yaml', `# a comment\n---\n${manifest}`, 'kubernetes'],
    ['deploy/web.json', '{"apiVersion": "v1", "kind": "Pod"}', 'kubernetes'],
    ['infra/main.tf', '', 'terraform'],
    ['prod.auto.tfvars', '', 'terraform'],
    ['terraform.tfvars.example', '', 'terraform'],
    ['infra/main.tf.json', '{}', 'terraform'],
    ['.terraform.lock.hcl', '', null],
    ['Dockerfile.j2', '', null],
    ['lib/dockerfile.ts', '', null],
    ['docs/compose.md', '', null],
    ['.github/workflows/test-docker-compose.yml', 'on: push', 'github-workflow'],
    ['values.yaml', 'image: a', 'helm'],
    ['chart/Chart.yaml', 'name: a', 'helm'],
    ['chart/templates/web.yaml', `${manifest}metadata:\n  name: {{ .Release.Name }}\n`, 'helm'],
    ['chart/templates/_helpers.tpl', '', 'helm'],
    ['chart/templates/plain.yaml', manifest, 'kubernetes'],
    ['app/templates/mail.txt', 'Dear {{ name }}', null],
    ['alerts.yaml', `${manifest}data:\n  a: |\n    {{ .Labels }}\n`, 'kubernetes'],
    ['web.yaml', `${manifest}metadata:\n  name: web-{{cell}}\n`, null],
    ['grafana.yaml', 'apiVersion: 1\ndatasources: []\n', null],
    ['.gitlab-ci.yml', 'a: {}\n', 'gitlab-ci'],
    ['ci/base.gitlab-ci.yml', 'a: {}\n', 'gitlab-ci'],
  ] as const)('takes %s for what it is', (path, content, format) => {
    expect(detectFormat(path, content)).toBe(format);
  });
});

describe('validateFile of a .dockerignore', () => {
  it('refuses patterns that Docker cannot read', async () => {
    const found = await judge('dockerignore', '.git\n[abc\n!\na\\\n# [ok\n[a-z]?.md\n');
    expect(brief(found, 'error')).toEqual([
      'dockerignore/invalid-pattern@2',
      'dockerignore/invalid-pattern@3',
      'dockerignore/invalid-pattern@4',
    ]);
  });
  it('sees that nothing is left to copy, unless something is let in again', async () => {
    expect(brief(await judge('dockerignore', '**\n'), 'warning')).toEqual([
      'dockerignore/excludes-all@1',
    ]);
    expect(await judge('dockerignore', '*\n!src\n')).toEqual([]);
  });
  it('reminds of .git', async () => {
    expect(brief(await judge('dockerignore', 'node_modules\n'), 'info')).toEqual([
      'dockerignore/git-folder@1',
    ]);
    expect(await judge('dockerignore', '**/.git\nnode_modules\n')).toEqual([]);
  });
});

describe('validateFile of hostile content', () => {
  const levels = 'bcdefghi'
    .split('')
    .map(
      (name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`,
    );
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${levels.join('\n')}\n`;

  it.each(['compose', 'kubernetes'] as const)('refuses an alias bomb in %s', async (format) => {
    expect(brief(await judge(format, bomb), 'error')[0]).toMatch(`${format}/alias-bomb@`);
  });
  it.each(['compose', 'kubernetes'] as const)(
    'refuses what contains itself in %s',
    async (format) => {
      expect(brief(await judge(format, 'x: 1\na: &a [*a]\n'), 'error')).toContain(
        `${format}/alias-bomb@2`,
      );
    },
  );
  it.each(['[', '{a: ', '- ', '? '])('refuses endless nesting of %j', async (open) => {
    const found = await judge('compose', open.repeat(100_000));
    expect(brief(found, 'error')[0]).toMatch(/^compose\/(?:too-deep|yaml)@1$/);
  });
  it('refuses deep indentation', async () => {
    const deep = Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n');
    expect(brief(await judge('compose', deep), 'error')[0]).toMatch(/^compose\/too-deep@/);
  });
  it('refuses more than a megabyte, and bytes that are no text', async () => {
    expect(brief(await judge('compose', 'a'.repeat(1_000_001)), 'error')).toEqual([
      'file/too-large@1',
    ]);
    expect(brief(await judge('dockerfile', 'FROM a:1\nRUN \0\n'), 'error')).toEqual([
      'file/binary@2',
    ]);
  });
  it('refuses more lines than can be read in a moment', async () => {
    expect(brief(await judge('kubernetes', '}\n'.repeat(400_000)), 'error')).toEqual([
      'kubernetes/too-large@1',
    ]);
  });
  it('tells of what it leaves out where there is too much to tell', async () => {
    const found = await judge('compose', Array.from({ length: 300 }, () => 'a: 1').join('\n'));
    expect(found).toHaveLength(200);
    expect(found.at(-1)?.rule).toBe('file/more-findings');
  });
  it('does not begin when cancelled', async () => {
    const file = { path: 'Dockerfile', content: 'FROM a:1\n', format: 'dockerfile' } as const;
    const rejected = validateFile(file, AbortSignal.abort());
    await expect(rejected).rejects.toBeInstanceOf(OmegaError);
    await expect(rejected).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
