import { open } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inFolder, ProjectTree, parentOf } from '#main/generation/scan/project-tree.ts';
import { walk } from '#main/generation/scan/walk.ts';
import { makeProject } from './support/tree.ts';

const signal = new AbortController().signal;
const treeOf = async (root: string) => new ProjectTree(await walk(root, { signal }));

describe('ProjectTree', () => {
  it('does not read a file of a gigabyte, and says so', async () => {
    const root = await makeProject({ 'package.json': '{}' });
    const handle = await open(join(root, 'huge.js'), 'w');
    await handle.truncate(1_000_000_000);
    await handle.close();
    const tree = await treeOf(root);
    const before = process.memoryUsage().rss;
    await tree.collectSignals(signal);
    expect(await tree.read('huge.js')).toBeNull();
    expect(tree.ignored).toContainEqual({
      path: 'huge.js',
      kind: 'too-large',
      reason: expect.stringContaining('larger than 1000000 bytes, not read'),
      problem: true,
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  it('names files that are no UTF-8 text, and how to mend them', async () => {
    const root = await makeProject({
      'utf16.json': Buffer.from('\ufeff{"a":1}', 'utf16le'),
      'latin.json': Buffer.from('{"a":"\xe9"}', 'latin1'),
      'bom.json': Buffer.from('\ufeff{"a":1}', 'utf8'),
      'replacement.txt': 'a real \ufffd is fine',
    });
    const tree = await treeOf(root);
    expect(await tree.read('utf16.json')).toBeNull();
    expect(await tree.read('latin.json')).toBeNull();
    expect(await tree.read('bom.json')).toBe('{"a":1}');
    expect(await tree.read('replacement.txt')).toBe('a real \ufffd is fine');
    expect(tree.ignored.map(({ path, reason }) => [path, reason])).toEqual([
      ['utf16.json', 'binary, or text in UTF-16: save it as UTF-8'],
      ['latin.json', 'not UTF-8: save it as UTF-8'],
    ]);
  });

  it('says once what several readers did not understand', async () => {
    const tree = await treeOf(await makeProject({ a: 'x' }));
    tree.misunderstood('a', 'odd');
    tree.misunderstood('a', 'odd');
    expect(tree.ignored).toEqual([
      { path: 'a', kind: 'misunderstood', reason: 'odd', problem: true },
    ]);
  });

  it('reads nothing that the walk did not find', async () => {
    const tree = await treeOf(await makeProject({ 'a.txt': 'x' }));
    expect(await tree.read('../../etc/passwd')).toBeNull();
    expect(await tree.read('/etc/passwd')).toBeNull();
  });

  it('gives for a folder just the files and signals below it', () => {
    const segment = fc.constantFrom('a', 'b', 'a-b', 'a.b', 'a0', 'é', 'z');
    const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 30 }), path, (paths, folder) => {
        const files = [...paths].sort();
        const tree = new ProjectTree({ root: '/', files, ignored: [] });
        expect(tree.under(folder)).toEqual(files.filter((file) => file.startsWith(`${folder}/`)));
      }),
    );
  });

  it('looks up and joins paths', () => {
    const tree = new ProjectTree({
      root: '/',
      files: ['.nvmrc', 'a/b/c.txt', 'a/x.toml'],
      ignored: [],
    });
    expect(tree.nearest('a/b', ['.nvmrc'])).toBe('.nvmrc');
    expect(tree.nearest('a/b', ['x.toml', '.nvmrc'])).toBe('a/x.toml');
    expect(tree.withExtension('.txt')).toEqual(['a/b/c.txt']);
    expect([parentOf('a/b'), parentOf('a'), inFolder('.', 'a'), inFolder('a', 'b')]).toEqual([
      'a',
      '.',
      'a',
      'a/b',
    ]);
  });

  it('stops collecting on cancellation', async () => {
    const tree = await treeOf(await makeProject({ 'a.js': 'process.env.A' }));
    await expect(tree.collectSignals(AbortSignal.abort())).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });
});
