import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labelledFormats } from '../../../bench/labelled/formats.ts';
import { filesOf } from '../../../bench/labelled/good-files.ts';
import { append, type LabelledFormat, rewrite } from '../../../bench/labelled/labelled.ts';
import { score } from '../../../bench/labelled/score.ts';

const commit = 'a'.repeat(40);
const before = process.env.XDG_CACHE_HOME;
let cache = '';

beforeAll(() => {
  cache = mkdtempSync(join(tmpdir(), 'omega-labelled-'));
  process.env.XDG_CACHE_HOME = cache;
  const files = {
    'a/kustomization.yaml': 'resources: [map.yaml]\n',
    'a/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
    'bad/kustomization.yaml': 'resource: [map.yaml]\n',
  };
  for (const [path, content] of Object.entries(files)) {
    const file = join(cache, 'omega-bench/files', `o+n@${commit.slice(0, 12)}`, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
});
afterAll(() => {
  if (before === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = before;
  rmSync(cache, { recursive: true, force: true });
});

const good = filesOf('o/n', commit, ['a/kustomization.yaml'], ['a/map.yaml']);
const of = (more: Partial<LabelledFormat>): LabelledFormat => ({
  format: 'kustomization',
  good,
  mutations: [],
  ...more,
});

describe('the score of a validator over labelled files', () => {
  it('counts broken files that are refused, and names those that are not', async () => {
    const mutations = [
      rewrite('a misspelt field', /^resources:/m, 'resource:'),
      append('nothing worse than a comment', '# fine'),
      { name: 'only elsewhere', breaks: (_: string, path: string) => (path === 'b' ? '' : null) },
    ];
    const found = await score(of({ mutations: mutations.slice(0, 2) }));
    expect(found).toMatchObject({ good: 1, broken: 2, falseReject: [] });
    expect(found.falseAccept).toEqual([
      `kustomization: nothing worse than a comment: o/n@${commit.slice(0, 12)}/a/kustomization.yaml`,
    ]);
    // A list that shrinks with its files would look like a better validator.
    await expect(score(of({ mutations }))).rejects.toThrow('No good file has a place');
  });

  it('names good files that are refused, with the reason', async () => {
    const found = await score(of({ good: filesOf('o/n', commit, ['bad/kustomization.yaml']) }));
    expect(found.falseReject).toHaveLength(1);
    expect(found.falseReject[0]).toMatch(/bad\/kustomization\.yaml: line 1: kustomize\//);
  });

  it('refuses a mutation that changes nothing', async () => {
    const same = rewrite('the same again', /resources/, 'resources');
    await expect(score(of({ mutations: [same] }))).rejects.toThrow('leaves');
  });
});

describe('the labelled formats', () => {
  it.each(labelledFormats)('$format: twenty files and more, at full commits, each once', (one) => {
    const keys = one.good.map(({ repository, path }) => `${repository.name}/${path}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBeGreaterThanOrEqual(20);
    for (const { repository } of one.good) expect(repository.commit).toMatch(/^[0-9a-f]{40}$/);
    const names = one.mutations.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(20);
  });
});
