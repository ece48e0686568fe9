import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasModel, needsModel } from '#test/support/model.ts';

const main = join(import.meta.dirname, '..', '..', '..', 'bench', 'main.ts');

describe.skipIf(!hasModel)(needsModel, () => {
  test('the precision suite changes the arithmetic, and nothing else', { timeout: 60_000 }, () => {
    const args = [main, 'precision', '--short', '--json'];
    const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(status).toBe(0);
    const { int8, float32 } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(float32.leastCosine).toBeCloseTo(1, 4);
    // Not the same numbers, or the change did not take; and the same text still, or it broke them.
    expect(int8.leastCosine).toBeLessThan(0.99999);
    expect(int8.leastCosine).toBeGreaterThan(0.95);
  });
});
