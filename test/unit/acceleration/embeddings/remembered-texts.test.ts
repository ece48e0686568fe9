import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RememberedTexts } from '#main/acceleration/embeddings/remembered-texts.ts';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import { changing } from '#test/support/changing.ts';

function open(most: number) {
  const embedded: string[] = [];
  const metrics = createMetrics();
  const setting = changing({ most });
  const size = {
    get current() {
      return setting.current.most;
    },
    listen: (listener: (next: number, previous: number) => void) =>
      setting.listen((next, previous) => listener(next.most, previous.most)),
  };
  const texts = new RememberedTexts({
    embed: async (text) => {
      embedded.push(text);
      if (text === 'broken') throw new Error('no');
      return Float32Array.of(text.length, embedded.length);
    },
    size,
    metrics,
  });
  const counted = async (name: string, result?: string) => {
    const values = (await metrics.getSingleMetric(name)?.get())?.values ?? [];
    return values.find(({ labels }) => labels.result === result)?.value;
  };
  return { texts, embedded, setting, counted };
}

test('remembers as a list of the last asked does, whatever is asked', async () => {
  const word = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  await fc.assert(
    fc.asyncProperty(fc.array(word), fc.integer({ min: 0, max: 5 }), async (asked, most) => {
      const { texts, embedded } = open(most);
      let known: string[] = [];
      let misses = 0;
      for (const text of asked) {
        if (!known.includes(text)) misses += 1;
        known = [...known.filter((one) => one !== text), text].slice(-most || Infinity);
        await texts.embed(text);
        expect(embedded).toHaveLength(misses);
        expect(texts.size).toBe(known.length);
      }
    }),
  );
});

test('hits and misses are counted, and what is remembered is measured', async () => {
  const { texts, counted } = open(10);
  for (const text of ['a', 'b', 'a', 'a']) await texts.embed(text);
  expect(await counted('omega_remembered_texts_total', 'hit')).toBe(2);
  expect(await counted('omega_remembered_texts_total', 'miss')).toBe(2);
  expect(await counted('omega_remembered_texts')).toBe(2);
});

test('a smaller size takes effect at once, the oldest go', async () => {
  const { texts, embedded, setting } = open(4);
  for (const text of ['a', 'b', 'c', 'd']) await texts.embed(text);
  setting.set({ most: 2 });
  expect(texts.size).toBe(2);
  await texts.embed('d');
  await texts.embed('a');
  expect(embedded).toEqual(['a', 'b', 'c', 'd', 'a']);
});

test('shrinking forgets all; a failure and what a caller does to its vector are not remembered', async () => {
  const { texts, embedded } = open(4);
  const mine = await texts.embed('a');
  mine.fill(99);
  expect(await texts.embed('a')).toEqual(Float32Array.of(1, 1));
  await expect(texts.embed('broken')).rejects.toThrow('no');
  await expect(texts.embed('broken')).rejects.toThrow('no');
  expect(texts.shrink()).toBe(1);
  await texts.embed('a');
  expect(embedded).toEqual(['a', 'broken', 'broken', 'a']);
});
