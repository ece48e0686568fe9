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
    [3, 1, 60],
    [3, 3, 20],
    [6, 2, 60],
  ]);
  expect(figures.httpRows).toHaveLength(3);
  for (const { efficiency } of [...figures.rows, ...figures.httpRows]) {
    expect(efficiency).toBeGreaterThan(0);
    // More would mean that a job did not wait for its request.
    expect(efficiency).toBeLessThanOrEqual(1.1);
  }
  // Fifteen seconds of the guide are one request of 20 ms here.
  expect(figures.guide).toMatchObject([{ requests: 3, guideSyncMs: 60, guideAsyncMs: 20 }]);
  // Each job is done, once, whatever was spoilt on the way.
  expect(figures.faults).toMatchObject({ jobs: 40, completed: 40, failed: 0 });
  expect(figures.faults).toMatchObject({ undefinedState: 0, lost: 0, twice: 0 });
  expect(figures.faults.spoilt).toBeGreaterThan(0);
  expect(figures.faults.requests).toBe(40 + figures.faults.spoilt);
  for (const name of ['overheadWallUs', 'overheadP50Us', 'overheadP99Us', 'ratioToPQueue']) {
    expect(figures[name]).toBeGreaterThan(0);
  }
});
