import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { median } from '../../../bench/statistics.ts';

const repository = join(import.meta.dirname, '..', '..', '..');
const bench = (...args: string[]) =>
  spawnSync(process.execPath, [join(repository, 'bench', 'main.ts'), ...args], {
    cwd: repository,
    encoding: 'utf8',
    timeout: 60_000,
  });

test('the generation suite still runs, measures what it says and cleans up', () => {
  const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('omega-bench-')).length;
  const before = left();
  const { stdout, status } = bench('generation', '--short', '--json');
  expect(status).toBe(0);
  const figures = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  expect(figures.scan).toMatchObject({ files: 100, services: 3 });
  expect(figures.scan.ratio).toBeGreaterThan(0);
  expect(figures.blueprint).toMatchObject({ services: 3, artifacts: 9, errors: 0 });
  for (const name of ['ms', 'peakMb', 'scaling', 'monorepoScaling']) {
    expect(figures.blueprint[name]).toBeGreaterThan(0);
  }
  expect(left()).toBeLessThanOrEqual(before);
});

test('an unknown suite is a usage error', () => {
  expect(bench('generaton').status).toBe(2);
  expect(bench('generation', '--jsn').status).toBe(2);
});

test('the median of an even count lies between the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([3, 1, 2])).toBe(2);
  expect(() => median([])).toThrow(RangeError);
});
