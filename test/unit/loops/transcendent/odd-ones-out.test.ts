import { expect, test } from 'vitest';
import { oddOnesOut } from '#main/loops/transcendent/odd-ones-out.ts';
import type { LoopCycle } from '#shared/loops.ts';
import { found } from '../../../support/loops.ts';

type Given = { group: string; support: number; without: string[] };
const cycle = (id: string, ...given: Given[]): LoopCycle => {
  const patterns = given.map(({ group, support, without }) => ({
    ...{ key: `${group} x`, name: `${group} x`, groups: [group], support, without },
  }));
  return {
    ...{ id, loop: 'transcendent', trigger: 'period', cause: null, state: 'succeeded' },
    ...{ startedAt: 0, durationMs: 1, input: { data: {}, context: '', objectives: [] } },
    ...{ output: found({ results: { patterns } }), error: null },
  };
};
const odd: Given = { group: 'backing', support: 4, without: ['/shop'] };

// Catches a project that is handed down at each cycle, and one that is blamed for being clean.
test('the one project without what the others share is looked at first, once', () => {
  const first = cycle('1', odd);
  expect(oddOnesOut.input(first, [first])?.data).toEqual({ roots: ['/shop'] });
  const second = cycle('2', odd);
  expect(oddOnesOut.input(second, [second, first])).toBeNull();
  const others = [
    { ...odd, group: 'finding' },
    { ...odd, support: 2 },
    { ...odd, without: ['/shop', '/site'] },
    { ...odd, without: [] },
  ];
  for (const one of others) expect(oddOnesOut.input(cycle('3', one), [])).toBeNull();
});
