import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasModel, needsModel } from '#test/support/model.ts';

const main = join(import.meta.dirname, '..', '..', '..', 'bench', 'main.ts');

describe.skipIf(!hasModel)(needsModel, () => {
  test('the embeddings suite still runs and measures what it says', { timeout: 120_000 }, () => {
    const args = [main, 'embeddings', '--short', '--json'];
    const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(status).toBe(0);
    const figures = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(figures).toMatchObject({ suite: 'embeddings', texts: 16, device: 'cpu' });
    for (const name of [
      'textsPerSecond',
      'ratioToRaw',
      'ratioToRawSlots',
      'rawBatch',
      'shortTextsPerSecond',
      'firstAfterWarmUpRatio',
    ]) {
      expect(figures[name], name).toBeGreaterThan(0);
    }
    // Null without the peers; with them it must be the same model that both ran.
    expect(figures.transformersDeviation ?? 0).toBeLessThan(1e-4);
  });
});
