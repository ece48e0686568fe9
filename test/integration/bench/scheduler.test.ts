import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const main = join(import.meta.dirname, '..', '..', '..', 'bench', 'main.ts');

test('the scheduler suite still runs and measures what it says', () => {
  const args = [main, 'scheduler', '--short', '--json'];
  const { stdout, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(status).toBe(0);
  const figures = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  expect(figures.suite).toBe('scheduler');
  expect(
    figures.rows.map(({ n, wide, idealMs }: Record<string, number>) => [n, wide, idealMs]),
  ).toEqual([
    [3, 3, 20],
    [6, 2, 60],
  ]);
  for (const { efficiency } of figures.rows) {
    expect(efficiency).toBeGreaterThan(0);
    // More would mean that a job did not wait for its request.
    expect(efficiency).toBeLessThanOrEqual(1.1);
  }
  for (const name of ['overheadWallUs', 'overheadP50Us', 'overheadP99Us', 'ratioToPQueue']) {
    expect(figures[name]).toBeGreaterThan(0);
  }
});
