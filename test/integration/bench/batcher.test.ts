import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const repository = join(import.meta.dirname, '..', '..', '..');

test('the batcher suite still runs and measures what it says', () => {
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(repository, 'bench', 'main.ts'), 'batcher', '--short', '--json'],
    { cwd: repository, encoding: 'utf8', timeout: 60_000 },
  );
  expect(status).toBe(0);
  const figures = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  expect(figures).toMatchObject({ suite: 'batcher', targetLatencyMs: 10 });
  const { bestIs1, bestIs64, ratioToBestFixed, overheadUs } = figures;
  expect(ratioToBestFixed).toBe(Math.min(bestIs1.ratioToBestFixed, bestIs64.ratioToBestFixed));
  expect(ratioToBestFixed).toBeGreaterThan(0);
  expect(overheadUs).toBeGreaterThan(0);
});
