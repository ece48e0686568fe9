import { execFileSync } from 'node:child_process';
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { walk } from '#main/generation/scan/walk.ts';
import { makeProject } from './support/tree.ts';

const signal = new AbortController().signal;

describe('walk', () => {
  it('follows no link: neither a loop, nor one out of the root, nor one to nowhere', async () => {
    const outside = await makeProject({ 'secret.txt': 'x' });
    const root = await makeProject({ 'a/file.txt': 'x' });
    await symlink(root, join(root, 'a/loop'));
    await symlink(outside, join(root, 'out'));
    await symlink('gone', join(root, 'dead'));
    await symlink('a/file.txt', join(root, 'inside.txt'));
    const found = await walk(root, { signal });
    expect(found.files).toEqual(['a/file.txt']);
    expect(Object.fromEntries(found.ignored.map(({ path, reason }) => [path, reason]))).toEqual({
      'a/loop': 'a link, read at its target',
      out: 'a link out of the project, not followed: put the files into it',
      dead: 'a link that leads nowhere: remove it',
      'inside.txt': 'a link, read at its target',
    });
    // Programs go by the kind: a blueprint must not write through any of these.
    expect(Object.fromEntries(found.ignored.map(({ path, kind }) => [path, kind]))).toEqual({
      'a/loop': 'link',
      out: 'outside-link',
      dead: 'broken-link',
      'inside.txt': 'link',
    });
  });

  it.skipIf(process.getuid?.() === 0)(
    'lists a folder that it may not read, and goes on',
    async () => {
      const root = await makeProject({ 'closed/x': '1', 'open/y': '2' });
      await chmod(join(root, 'closed'), 0o000);
      const found = await walk(root, { signal });
      await chmod(join(root, 'closed'), 0o700);
      expect(found.files).toEqual(['open/y']);
      expect(found.ignored).toEqual([
        {
          path: 'closed',
          kind: 'unreadable',
          reason: 'cannot be read (EACCES): check its permissions',
          problem: true,
        },
      ]);
    },
  );

  it('keeps names with spaces, quotes, line breaks and unicode as they are', async () => {
    const names = [
      'a b.txt',
      'it\'s "quoted".txt',
      'two\nlines.txt',
      'naïve-日本-🚀.txt',
      '-rf',
      '__proto__',
      'constructor/x',
    ];
    const root = await makeProject(Object.fromEntries(names.map((name) => [name, 'x'])));
    expect([...(await walk(root, { signal })).files].sort()).toEqual([...names].sort());
  });

  it('lists pipes and sockets instead of waiting for them', async () => {
    const root = await makeProject({ 'a.txt': 'x' });
    execFileSync('mkfifo', [join(root, 'pipe')]);
    const found = await walk(root, { signal });
    expect(found).toMatchObject({
      files: ['a.txt'],
      ignored: [{ path: 'pipe', kind: 'special', reason: 'not a regular file' }],
    });
  });

  it('obeys nested ignore files, the nearer one first, with negation', async () => {
    const root = await makeProject({
      '.gitignore': '*.log\n/only-root.txt\nsecret/\n!keep.log\n',
      'a.log': '1',
      'keep.log': '1',
      'only-root.txt': '1',
      'sub/only-root.txt': '1',
      'sub/.gitignore': '!b.log\nkeep.log\n',
      'sub/b.log': '1',
      'sub/keep.log': '1',
      'sub/secret/x.txt': '1',
      'secret/y.txt': '1',
    });
    expect((await walk(root, { signal })).files).toEqual([
      '.gitignore',
      'keep.log',
      'sub/.gitignore',
      'sub/b.log',
      'sub/only-root.txt',
    ]);
  });

  it('agrees with git on which files of a tree are ignored', async () => {
    const root = await makeProject({
      '.gitignore':
        '# comment\n\n*.tmp\n!important.tmp\nbuild*/\n/docs/*.md\nfoo/**/bar\n\\#odd\nspace\\ \n[ab].txt\n',
      'x.tmp': '',
      'important.tmp': '',
      'd/y.tmp': '',
      'd/important.tmp': '',
      'builds/z': '',
      'd/build1/z': '',
      'build.txt': '',
      'docs/a.md': '',
      'docs/sub/b.md': '',
      'foo/bar': '',
      'foo/1/2/bar': '',
      'foo/bare': '',
      '#odd': '',
      'a.txt': '',
      'c.txt': '',
      'd/b.txt': '',
    });
    execFileSync('git', ['init', '-q'], { cwd: root });
    const listed = execFileSync('git', ['ls-files', '-z', '--others', '--exclude-standard'], {
      cwd: root,
    });
    expect((await walk(root, { signal })).files).toEqual(
      listed.toString().split('\0').filter(Boolean).sort(),
    );
  });

  it('passes over what tools have made, by what lies beside it', async () => {
    const root = await makeProject({
      'node_modules/x/package.json': '{}',
      'package.json': '{}',
      'dist/a.js': '',
      'other/dist/a.js': '',
      'src/target/b.rs': '',
    });
    expect((await walk(root, { signal })).files).toEqual([
      'other/dist/a.js',
      'package.json',
      'src/target/b.rs',
    ]);
  });

  it('stops at its limits and says what it left out', async () => {
    const root = await makeProject({
      'a/b/c/deep.txt': 'x',
      '1.txt': 'x',
      '2.txt': 'x',
      '3.txt': 'x',
    });
    const few = await walk(root, { signal, limits: { files: 2 } });
    expect(few.files).toEqual(['1.txt', '2.txt']);
    expect(few.ignored).toContainEqual({
      path: '3.txt',
      kind: 'limit',
      reason: 'beyond the limit of 2 files',
    });
    const shallow = await walk(root, { signal, limits: { depth: 2 } });
    expect(shallow.ignored).toEqual([
      { path: 'a/b/c', kind: 'limit', reason: 'deeper than 2 folders' },
    ]);
    const quiet = await walk(root, { signal, limits: { files: 1, ignored: 1 } });
    expect(quiet.ignored.at(-1)?.reason).toMatch(/more entries were ignored/);
  });

  it('answers cancellation, and roots that are none, with what to do', async () => {
    const root = await makeProject({ 'a.txt': 'x' });
    await expect(walk(root, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    await expect(walk(join(root, 'nowhere'), { signal })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(walk(join(root, 'a.txt'), { signal })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    const controller = new AbortController();
    await mkdir(join(root, 'sub'));
    await writeFile(join(root, 'sub/b.txt'), 'x');
    const running = walk(root, { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    await rm(join(root, 'sub'), { recursive: true });
  });

  it('finds nothing in an empty folder', async () => {
    expect(await walk(await makeProject({}), { signal })).toMatchObject({ files: [], ignored: [] });
  });
});
