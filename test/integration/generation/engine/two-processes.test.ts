import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { pendingJobs } from '#test/support/jobs.ts';
import { openQueue } from '#test/support/open-queue.ts';

async function worker(folder: string) {
  const script = join(import.meta.dirname, 'claim-child.ts');
  const child = spawn(process.execPath, [script, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  await expect.poll(() => output, { timeout: 20_000 }).toContain('ready');
  const closed = once(child, 'close');
  return {
    go: () => child.stdin.write('go\n'),
    said: async () => {
      await closed;
      return output.trim().split('\n').slice(1);
    },
  };
}

it('two processes that work on one run do each job once, and share them', async () => {
  const { folder, add, states } = openQueue(1);
  const jobs = pendingJobs('x', 'a', 300);
  add('x', jobs);
  const workers = [await worker(folder), await worker(folder)];
  for (const { go } of workers) go();
  const said = await Promise.all(workers.map((one) => one.said()));
  expect(said.map((lines) => lines.at(-1))).toEqual(['done', 'done']);
  const done = said.flatMap((lines) => lines.slice(0, -1));
  expect(done.toSorted()).toEqual(jobs.map(({ id }) => id).toSorted());
  for (const lines of said) expect(lines.length).toBeGreaterThan(10);
  expect(new Set(states('x'))).toEqual(new Set(['completed']));
}, 60_000);
