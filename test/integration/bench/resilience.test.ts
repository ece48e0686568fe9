import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const main = join(import.meta.dirname, '..', '..', '..', 'bench', 'main.ts');

test('the resilience suite still runs and measures what it says', () => {
  const args = [main, 'resilience', '--short', '--json'];
  const { stdout, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(status).toBe(0);
  const { suite, guard } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  expect(suite).toBe('resilience');
  expect(guard.oursUs).toBeGreaterThan(0);
  expect(guard.cockatielUs).toBeGreaterThan(0);
  expect(guard.ratioToCockatiel).toBeGreaterThan(0);
});
