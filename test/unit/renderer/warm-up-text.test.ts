import { expect, test } from 'vitest';
import { warmUpText } from '../../../src/renderer/model/warm-up-text.ts';

const at = { step: null, done: 1, total: 3, reason: null };

test('while it runs the step is named, counted from one', () => {
  const { line } = warmUpText({ ...at, step: 'embedding model', state: 'running' });
  expect(line).toBe('Warming up: embedding model (2 of 3)');
});

test.each(['failed', 'skipped'] as const)('%s: the reason is there for who asks', (state) => {
  const { line, detail } = warmUpText({ ...at, state, reason: 'Only 90 MB are free.' });
  expect(line).toBe(`Warm-up ${state} (1 of 3)`);
  expect(detail).toContain('Only 90 MB are free.');
});

test('no state says "null"', () => {
  for (const state of ['waiting', 'done'] as const) {
    expect(JSON.stringify(warmUpText({ ...at, state }))).not.toContain('null');
  }
});
