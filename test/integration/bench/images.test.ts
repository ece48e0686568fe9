import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const main = join(import.meta.dirname, '..', '..', '..', 'bench', 'main.ts');

test('the images suite still runs and measures what it says', { timeout: 60_000 }, () => {
  const args = [main, 'images', '--short', '--json'];
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(status).toBe(0);
  const figures = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  expect(figures).toMatchObject({ suite: 'images', megapixels: 0.24 });
  const { decodeMs, resizeMs, encodeMs, handOverMs } = figures.steps;
  for (const ms of [decodeMs, resizeMs, encodeMs, handOverMs, figures.ratioToSharp]) {
    expect(ms).toBeGreaterThan(0);
  }
});
