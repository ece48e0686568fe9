import fc from 'fast-check';
import { expect, it } from 'vitest';
import { policiesOf } from '#main/memory/policies-of.ts';
import { Surplus } from '#main/memory/surplus.ts';
import type { Memory } from '#shared/memory.ts';
import { memorySettings } from '#shared/settings/memory-settings.ts';

it('takes what is over the capacity and no more, the outlived and least worth first', () => {
  const importances = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 60 });
  fc.assert(
    fc.property(importances, fc.integer({ min: 1, max: 60 }), (list, sessionCapacity) => {
      const policies = policiesOf(memorySettings.parse({ sessionCapacity }));
      const memories = list.map((importance, at) => ({
        memory: { tier: 'session', importance, uses: 0 } as Memory,
        isOutlived: at % 7 === 3,
      }));
      const surplus = new Surplus();
      for (const { memory, isOutlived } of memories) surplus.count(memory, isOutlived);
      surplus.settle(policies);
      const taken = memories.filter((one) => surplus.takes(one.memory, one.isOutlived));
      expect(taken).toHaveLength(Math.max(0, list.length - sessionCapacity));
      const kept = memories.filter((one) => !taken.includes(one));
      if (kept.some((one) => one.isOutlived))
        expect(taken.every((one) => one.isOutlived)).toBe(true);
      const step = (one: (typeof memories)[number]) =>
        one.isOutlived ? -1 : Math.floor(one.memory.importance * 1024);
      const most = Math.max(...taken.map(step), -2);
      expect(kept.every((one) => step(one) >= most)).toBe(true);
    }),
  );
});
