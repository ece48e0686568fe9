import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasModel, needsModel } from '#test/support/model.ts';

const main = join(import.meta.dirname, '..', '..', '..', 'bench', 'main.ts');

describe.skipIf(!hasModel)(needsModel, () => {
  test('the memory suite still runs and measures what it says', { timeout: 180_000 }, () => {
    const args = [main, 'memory', '--short', '--json'];
    const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(status).toBe(0);
    const figures = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(figures).toMatchObject({ suite: 'memory', memories: 600 });
    for (const name of ['ratio', 'batchRatio', 'scaling']) {
      expect(figures.store[name], name).toBeGreaterThan(0);
    }
    for (const name of ['p95Ms', 'withEmbeddingP95Ms', 'growth']) {
      expect(figures.query[name], name).toBeGreaterThan(0);
    }
    // Sentences that ask for themselves.
    expect(figures.retrieval.mrrHybrid).toBeGreaterThan(0.9);
    const { report, again } = figures.consolidation;
    expect(report.promoted).toBeGreaterThan(0);
    expect(report.decayed).toBeGreaterThan(0);
    expect(again).toMatchObject({ merged: 0, decayed: 0, promoted: 0, expired: 0, evicted: 0 });
  });
});
