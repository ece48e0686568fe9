import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SiblingFiles } from '#main/generation/sibling-files.ts';
import type { FileFormat } from '#main/generation/validation/validator.ts';

let root = '';
const { signal } = new AbortController();

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'omega-siblings-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

async function pathsOf(path: string, format: FileFormat): Promise<readonly string[]> {
  const files = await new SiblingFiles(root, signal).of(path, format);
  return files.map((file) => file.path).sort();
}

describe('the files that belong to another', () => {
  it('are found by every name that folders of releases have', async () => {
    write({
      'over/kustomization.yaml': 'components: ["../parts/ha-1.21+", "../parts/a,b~c"]',
      'parts/ha-1.21+/kustomization.yaml': '',
      'parts/a,b~c/kustomization.yaml': '',
    });
    expect(await pathsOf('over/kustomization.yaml', 'kustomization')).toHaveLength(3);
  });

  it('are the whole chart for each of its files, the nearest one', async () => {
    write({
      'charts/a/Chart.yaml': 'name: a',
      'charts/a/values.yaml': '',
      'charts/a/templates/deep/web.yaml': '',
      'charts/a/charts/b/Chart.yaml': 'name: b',
      'charts/a/charts/b/templates/x.yaml': '',
      'other.yaml': '',
    });
    write({ 'charts/a/ci/prod.yaml': '', 'charts/a/conf/app.ini': '' });
    const all = await pathsOf('charts/a/templates/deep/web.yaml', 'helm');
    expect(all).not.toContain('charts/a/conf/app.ini');
    write({ 'charts/a/templates/config.yaml': 'data: {{ .Files.Get "conf/app.ini" }}' });
    expect(await pathsOf('charts/a/templates/config.yaml', 'helm')).toContain(
      'charts/a/conf/app.ini',
    );
    expect(all).toContain('charts/a/values.yaml');
    expect(all).toContain('charts/a/charts/b/templates/x.yaml');
    expect(all).not.toContain('other.yaml');
    // The Chart.yaml above tells that this one is not there for itself.
    expect(await pathsOf('charts/a/charts/b/templates/x.yaml', 'helm')).toEqual([
      'charts/a/Chart.yaml',
      'charts/a/charts/b/Chart.yaml',
      'charts/a/charts/b/templates/x.yaml',
    ]);
    expect(await pathsOf('other.yaml', 'helm')).toEqual([]);
  });

  it('are a module with the local modules that it calls, round in circles too', async () => {
    write({
      'infra/main.tf': 'module "net" {\n  source = "../modules/net"\n}\n',
      'infra/prod.tfvars': 'a = 1\n',
      'infra/readme.md': '',
      'modules/net/main.tf': 'module "back" {\n  source = "../../infra"\n}\n',
      'modules/unused/main.tf': '',
    });
    expect(await pathsOf('infra/main.tf', 'terraform')).toEqual([
      'infra/main.tf',
      'infra/prod.tfvars',
      'modules/net/main.tf',
    ]);
  });

  it('are the whole tree of a kustomization, and nothing above the project', async () => {
    write({
      'k/overlays/prod/kustomization.yaml':
        'resources: [../../base, ../../../../etc/passwd]\npatches:\n  - path: replicas.yaml\nconfigMapGenerator:\n  - name: a\n    files: [app.conf=conf/app.properties]\n',
      'k/overlays/prod/replicas.yaml': '',
      'k/overlays/prod/conf/app.properties': 'a=1',
      'k/base/kustomization.yml': 'resources: [web.yaml]\n',
      'k/base/web.yaml': '',
      'k/base/unused.yaml': '',
    });
    expect(await pathsOf('k/overlays/prod/kustomization.yaml', 'kustomization')).toEqual([
      'k/base/kustomization.yml',
      'k/base/web.yaml',
      'k/overlays/prod/conf/app.properties',
      'k/overlays/prod/kustomization.yaml',
      'k/overlays/prod/replicas.yaml',
    ]);
  });

  it('are never read through links out of the project', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'omega-outside-'));
    try {
      writeFileSync(join(outside, 'secret.tf'), 'secret');
      write({ 'infra/main.tf': 'module "m" {\n  source = "./linked"\n}\n' });
      symlinkSync(outside, join(root, 'infra/linked'));
      symlinkSync(join(outside, 'secret.tf'), join(root, 'infra/one.tf'));
      expect(await pathsOf('infra/main.tf', 'terraform')).toEqual(['infra/main.tf']);
    } finally {
      rmSync(outside, { recursive: true, force: true });
    }
  });

  it('are bounded in number', async () => {
    write({ 'c/Chart.yaml': 'name: c', 'c/templates/a.yaml': '{{ .Files.Get "x" }}' });
    write(Object.fromEntries(Array.from({ length: 520 }, (_, n) => [`c/a/${n}.txt`, 'x'])));
    const files = await pathsOf('c/templates/a.yaml', 'helm');
    expect(files.length).toBe(500);
    // What a chart is made of is not what is left out.
    expect(files).toContain('c/templates/a.yaml');
  });
});
