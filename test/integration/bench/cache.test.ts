import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const main = join(import.meta.dirname, '..', '..', '..', 'bench', 'main.ts');

test('the cache suite still runs, finds what it keeps, and measures what it says', () => {
  const args = [main, 'cache', '--short', '--json'];
  const { stdout, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(status).toBe(0);
  const figures = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  expect(figures.suite).toBe('cache');
  expect(figures.requestBytes).toBeGreaterThan(4_000);
  expect(figures.singleFlight).toEqual({ requests: 100, providerCalls: 1 });
  const measured = [
    figures.memoryHitP50Us,
    figures.diskHitP50Us,
    figures.batchGet100Ms,
    figures.batchGet100HashedMs,
    figures.cachedRequestP50Ms,
    ...Object.values<number>(figures.bare),
    ...Object.values<number>(figures.ratioToBare),
  ];
  expect(Math.min(...measured)).toBeGreaterThan(0);
});
