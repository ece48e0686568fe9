import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RecentResponses } from '#main/cache/recent-responses.ts';

const held = (bytes: number) => ({
  response: { text: String(bytes), finish: 'stop', inputTokens: null, outputTokens: null },
  madeAt: 0,
  bytes,
});

const action = fc.oneof(
  fc.record({
    what: fc.constant('set' as const),
    key: fc.nat(9),
    bytes: fc.integer({ min: 1, max: 60 }),
  }),
  fc.record({ what: fc.constant('get' as const), key: fc.nat(9), bytes: fc.constant(0) }),
  fc.record({ what: fc.constant('max' as const), key: fc.constant(0), bytes: fc.nat(150) }),
);

it('holds what was used last within its bytes, whatever is done to it, as a plain list would', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      const recent = new RecentResponses(100);
      let max = 100;
      let model: { key: string; bytes: number }[] = [];
      const sum = () => model.reduce((total, { bytes }) => total + bytes, 0);
      for (const { what, key: number, bytes } of actions) {
        const key = String(number);
        const known = model.find((one) => one.key === key);
        if (what === 'get') {
          expect(recent.get(key)?.bytes).toBe(known?.bytes);
          if (known) model = [...model.filter((one) => one !== known), known];
        } else if (what === 'set') {
          recent.set(key, held(bytes));
          model = model.filter((one) => one !== known);
          if (bytes <= max) model.push({ key, bytes });
        } else {
          max = bytes;
          recent.maxBytes = bytes;
        }
        while (sum() > max) model.shift();
        expect([recent.bytes, recent.entries]).toEqual([sum(), model.length]);
      }
    }),
  );
});
