import { expect, it } from 'vitest';
import { retryAfterMs } from '#main/providers/transport/retry-after.ts';

const now = Date.UTC(2026, 0, 2, 3, 4, 5);
const read = (headers: Readonly<Record<string, string>>) =>
  retryAfterMs((name) => headers[name] ?? null, now);

// A wait that is read wrongly hammers a provider, or waits for ever.
it.each([
  ['seconds', { 'retry-after': '2' }, 2000],
  ['a fraction of a second', { 'retry-after': '0.25' }, 250],
  ['zero', { 'retry-after': '0' }, 0],
  ['blanks around it', { 'retry-after': ' 3 ' }, 3000],
  ['a date', { 'retry-after': 'Fri, 02 Jan 2026 03:04:15 GMT' }, 10_000],
  ['a date that has passed', { 'retry-after': 'Fri, 02 Jan 2026 03:00:00 GMT' }, 0],
  ['milliseconds before seconds', { 'retry-after-ms': '137', 'retry-after': '9' }, 137],
  ['more than a day', { 'retry-after': '99999999' }, 86_400_000],
  ['nothing', {}, null],
  ['a negative number', { 'retry-after': '-5' }, null],
  ['a word', { 'retry-after': 'soon' }, null],
  ['a number that is none', { 'retry-after-ms': '1e9' }, null],
  ['an endless number', { 'retry-after': '9'.repeat(400) }, null],
])('reads %s', (_, headers, expected) => {
  expect(read(headers as Record<string, string>)).toBe(expected);
});
