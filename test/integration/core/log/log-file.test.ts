import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LogFile, olderLogs } from '#main/core/log/log-file.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const writer = join(import.meta.dirname, 'writing-child.ts');

it('loses no line of any of several processes that write and roll at once', async () => {
  const folder = tempFolder();
  const path = join(folder, 'omega.log');
  const lines = 4_000;
  const children = Array.from({ length: 3 }, () =>
    spawn(process.execPath, [writer, path, String(lines), '20000'], { stdio: 'inherit' }),
  );
  const codes = await Promise.all(children.map((child) => once(child, 'close')));
  expect(codes.map(([code]) => code)).toEqual([0, 0, 0]);
  const files = [...olderLogs(folder), path];
  expect(files.length).toBeGreaterThan(20);
  const written = files.flatMap((file) => readFileSync(file, 'utf8').trimEnd().split('\n'));
  const byProcess = Map.groupBy(
    written.map((line) => JSON.parse(line)),
    ({ pid }) => pid,
  );
  for (const child of children) {
    // Every line once, and in the order in which it was written.
    const numbers = byProcess.get(child.pid)?.map(({ line }) => line);
    expect(numbers).toEqual(Array.from({ length: lines }, (_, line) => line));
  }
});

it('begins anew where its file was removed, and appends to one that was there', () => {
  const path = join(tempFolder(), 'omega.log');
  writeFileSync(path, 'before\n');
  const file = new LogFile(path, { maxBytes: 1_000, keep: 1 });
  file.write('one\n');
  expect(readFileSync(path, 'utf8')).toBe('before\none\n');
  rmSync(path);
  file.write('two\n');
  expect(readFileSync(path, 'utf8')).toBe('two\n');
  file.dispose();
  file.write('three\n');
  expect(readFileSync(path, 'utf8')).toBe('two\n');
});

it('goes on growing while another process rolls it, and rolls it where that one died over it', () => {
  const folder = tempFolder();
  const path = join(folder, 'omega.log');
  const file = new LogFile(path, { maxBytes: 10, keep: 3 });
  const lock = `${path}.lock`;
  writeFileSync(lock, '');
  for (const line of ['one two three\n', 'four\n', 'five\n']) file.write(line);
  expect(readFileSync(path, 'utf8')).toBe('one two three\nfour\nfive\n');
  utimesSync(lock, new Date(0), new Date(0));
  file.write('six\n');
  file.write('seven\n');
  expect(readFileSync(path, 'utf8')).toBe('seven\n');
  expect(olderLogs(folder).map((older) => readFileSync(older, 'utf8'))).toEqual([
    'one two three\nfour\nfive\nsix\n',
  ]);
  expect(existsSync(lock)).toBe(false);
  file.dispose();
});
