import type { Change } from '@codemirror/merge';
import { expect, it } from 'vitest';
import { textDiff } from '../../../src/renderer/panels/review/editor/text-diff.ts';

/** What the second text is, made of the first and the changes. */
function applied(a: string, b: string, changes: readonly Change[]): string {
  let [text, at] = ['', 0];
  for (const { fromA, toA, fromB, toB } of changes) {
    text += a.slice(at, fromA) + b.slice(fromB, toB);
    at = toA;
  }
  return text + a.slice(at);
}

const services = (lines: readonly string[]) =>
  Array.from(
    { length: 60 },
    (_, at) => `  api-${at}:\n    build: ./api-${at}\n${lines.join('')}`,
  ).join('');

it.each([
  ['', 'a\n'],
  ['a\nb', 'a\nc'],
  ['a\nb\nc\n', 'c\n'],
  ['port: 80\n', 'port: 8080\nmore: 1\n'],
  ['same', 'same'],
])('its changes make %j into %j', (a, b) => {
  expect(applied(a, b, textDiff(a, b))).toBe(b);
});

it('marks whole lines that were added, and of a changed line its own part', () => {
  expect(textDiff('a\nc\n', 'a\nb\nc\n')).toMatchObject([{ fromA: 2, toA: 2, fromB: 2, toB: 4 }]);
  const [change] = textDiff('image: one\nx\n', 'image: two\nx\n');
  expect(change?.fromB).toBeGreaterThanOrEqual(7);
});

it('compares dozens of like services within a frame or two, each by itself', () => {
  const a = services(['    environment:\n', '      PORT: "8080"\n']);
  const b = services([
    '    environment:\n',
    '      PORT: "8080"\n',
    '    restart: unless-stopped\n',
  ]);
  const changes = textDiff(a, b);
  const took = [1, 2, 3, 4, 5].map(() => {
    const before = performance.now();
    textDiff(a, b);
    return performance.now() - before;
  });
  expect(changes).toHaveLength(60);
  expect(applied(a, b, changes)).toBe(b);
  expect(Math.min(...took)).toBeLessThan(60);
});
