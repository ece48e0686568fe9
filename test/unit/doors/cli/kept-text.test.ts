import { describe, expect, it } from 'vitest';
import { excerpt, timeText } from '#main/doors/cli/kept-text.ts';

describe('an excerpt', () => {
  it.each([
    ['two\n  lines ', 'two lines'],
    ['\u001b[31mred\u202e', '\\x1b[31mred\\u202e'],
    ['x'.repeat(200), 'x'.repeat(200)],
    ['x'.repeat(201), `${'x'.repeat(200)}…`],
    // A character of two units is not cut in half.
    [`${'x'.repeat(199)}😀😀`, `${'x'.repeat(199)}😀…`],
    [`a${' '.repeat(90_000)}b`, 'a…'],
    ['', ''],
  ])('of %j', (text, shown) => {
    expect(excerpt(text)).toBe(shown);
  });
});

describe('a time', () => {
  it.each([
    [0, '1970-01-01 00:00:00'],
    // Whoever stores an episode says when it was.
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
  ])('%d is %s', (at, shown) => {
    expect(timeText(at)).toBe(shown);
  });
});
