import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const main = join(import.meta.dirname, '..', '..', '..', 'bench', 'main.ts');

// Catches an answer that comes before its write is kept, and a write that is half there after a kill.
test('50 kills at random moments lose nothing that was acknowledged', { timeout: 300_000 }, () => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [main, 'kills', '--short', '--json'],
    {
      encoding: 'utf8',
      timeout: 290_000,
    },
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const figures = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  expect(figures).toMatchObject({ suite: 'kills', kills: 50, lost: 0, integrityFailures: 0 });
  // Most writers were killed at their work.
  expect(figures.killsWhileOpening).toBeLessThan(40);
  expect(figures.acknowledged).toBeGreaterThan(250);
});
