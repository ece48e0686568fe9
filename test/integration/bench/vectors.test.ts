import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasModel, needsModel } from '#test/support/model.ts';

const main = join(import.meta.dirname, '..', '..', '..', 'bench', 'main.ts');

describe.skipIf(!hasModel)(needsModel, () => {
  const run = (suite: string) => {
    const args = [main, suite, '--short', '--json'];
    const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(status).toBe(0);
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  };

  test('the vectors suite still runs and measures what it says', { timeout: 120_000 }, () => {
    const figures = run('vectors');
    expect(figures).toMatchObject({ suite: 'vectors', vectors: 300, queries: 20 });
    expect(figures.recallAt10).toBeGreaterThanOrEqual(0.95);
    for (const name of ['queriesPerSecond', 'ratioToBestPeer', 'ratioToBare', 'bytesPerVector']) {
      expect(figures[name]).toBeGreaterThan(0);
    }
  });

  test('a short soak loses nothing and does not swell', { timeout: 120_000 }, () => {
    const figures = run('soak');
    expect(figures).toMatchObject({ suite: 'soak', upserts: 1_000 });
    // The graph may have left one or two of them without an edge.
    expect(figures.foundAtEnd).toBeGreaterThanOrEqual(198);
    expect(figures.compactions).toBeGreaterThan(0);
    // A leaked copy of the index a compaction, or a query a search, would be far more.
    expect(figures.growthPercent ?? 0).toBeLessThan(30);
  });
});
