import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runChild } from '../../../scripts/lib/child.mjs';
import { withLock } from '../../../scripts/lib/lock.mjs';
import { alive, eventually } from './processes.ts';

const node = process.execPath;

test('gives the code and what was printed', async () => {
  const result = await runChild(node, ['-e', 'console.log("hello"); process.exit(3)']);
  expect(result).toMatchObject({ code: 3, timedOut: false, stopped: false });
  expect(result.output).toContain('hello');
});

test('a program that is not there ends with 127 and its name', async () => {
  const result = await runChild('no-such-program-here', []);
  expect(result.code).toBe(127);
  expect(result.output).toContain('no-such-program-here');
});

test.runIf(process.platform === 'linux')(
  'after the deadline nothing is left, not even a grandchild in a session of its own',
  async () => {
    const script = `
      const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
      console.log(child.pid);
      setInterval(() => {}, 1000);`;
    const result = await runChild(node, ['-e', script], { deadlineMs: 1_500 });
    expect(result).toMatchObject({ code: 124, timedOut: true });
    const grandchild = Number(result.output);
    expect(grandchild).toBeGreaterThan(0);
    await eventually(() => !alive(grandchild));
  },
);

test('a lock keeps two set-ups apart and a dead holder does not block', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'omega-lock-'));
  const file = join(folder, 'lock');
  let inside = 0;
  let most = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((done) => setTimeout(done, 20));
    inside -= 1;
  };
  await Promise.all([withLock(file, work), withLock(file, work), withLock(file, work)]);
  expect(most).toBe(1);

  const dead = spawn(node, ['-e', '0']);
  await new Promise((done) => dead.once('exit', done));
  execFileSync(node, [
    '-e',
    `require('node:fs').writeFileSync(process.argv[1], '${dead.pid}')`,
    file,
  ]);
  await expect(withLock(file, async () => 'done')).resolves.toBe('done');
  expect(() => readFileSync(file)).toThrow();
  rmSync(folder, { recursive: true });
});
