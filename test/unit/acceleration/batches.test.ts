import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maxTextUnits } from '#main/acceleration/compute/protocol.ts';
import { boundText } from '#main/acceleration/embeddings/bound-text.ts';
import { maxBatchTokens, planBatches } from '#main/acceleration/embeddings/plan-batches.ts';
import { poolTokens } from '#main/acceleration/embeddings/pool-tokens.ts';
import { textChunks } from '#main/acceleration/embeddings/text-chunks.ts';

test('every row is in exactly one run, within rows, memory and padding', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 256 }), { maxLength: 200 });
  fc.assert(
    fc.property(lengths, fc.constantFrom(1, 4, 16, 64), (rows, maxRows) => {
      const batches = planBatches(rows, maxRows);
      const all = batches.flat().sort((a, b) => a - b);
      expect(all).toEqual(rows.map((_, row) => row));
      for (const batch of batches) {
        const sizes = batch.map((row) => rows[row] ?? 0);
        const size = Math.max(...sizes) * batch.length;
        expect(batch.length).toBeLessThanOrEqual(maxRows);
        expect(size).toBeLessThanOrEqual(maxBatchTokens);
        expect(sizes.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(size * 0.9 - 1e-9);
      }
    }),
  );
});

test('every text is in exactly one request, bounded and well formed', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constant('x'.repeat(20_000)),
  );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 150 }), (texts) => {
      const chunks = [...textChunks(texts, { texts: 16, units: 4096 })];
      const seen = chunks.flatMap(({ indices }) => indices).sort((a, b) => a - b);
      expect(seen).toEqual(texts.map((_, index) => index));
      for (const chunk of chunks) {
        expect(chunk.texts.length).toBeLessThanOrEqual(16);
        const beyond = chunk.texts.slice(1).reduce((units, { length }) => units + length, 0);
        expect(beyond).toBeLessThanOrEqual(4096);
        expect(chunk.texts).toEqual(chunk.indices.map((index) => boundText(texts[index] ?? '')));
      }
    }),
    { numRuns: 50 },
  );
});

test('a text is cut before it is tokenized, and half characters are replaced', () => {
  expect(boundText(`${' '.repeat(1_000_000)}end`)).toBe('end');
  expect(boundText('a'.repeat(1_000_000))).toHaveLength(maxTextUnits);
  expect(boundText('\ud800 a \udc00')).toBe('\ufffd a \ufffd');
  expect(boundText(`${'a'.repeat(maxTextUnits - 1)}😀`).isWellFormed()).toBe(true);
});

test('pooling takes the mean of the real tokens alone, and scales it to length 1', () => {
  // Two rows of two tokens of two numbers; the second token of row 1 is padding.
  const hidden = Float32Array.from([9, 9, 9, 9, 3, 4, 100, 100]);
  const target = new Float32Array(2);
  poolTokens(hidden, 1, 2, 1, target);
  expect([...target].map((value) => Number(value.toFixed(6)))).toEqual([0.6, 0.8]);
  poolTokens(new Float32Array(4), 0, 2, 2, target);
  expect([...target]).toEqual([0, 0]);
});
