import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OmegaError } from '#shared/error.ts';
import { diffLines } from '../../../src/renderer/model/diff-lines.ts';
import { toErrorData } from '../../../src/renderer/model/error-advice.ts';
import { baseName, formatAgo, formatDuration, plural } from '../../../src/renderer/model/format.ts';

describe('formatDuration', () => {
  it('never shows 60 s or 60 min, and rounds across the borders', () => {
    expect(formatDuration(999)).toBe('999 ms');
    expect(formatDuration(4230)).toBe('4.2 s');
    expect(formatDuration(59_949)).toBe('59.9 s');
    expect(formatDuration(59_960)).toBe('1 min 00 s');
    expect(formatDuration(185_000)).toBe('3 min 05 s');
    expect(formatDuration(3_599_900)).toBe('1 h 00 min');
    expect(formatDuration(-5)).toBe('0 ms');
  });
});

describe('formatAgo, plural, baseName', () => {
  it('reads well at the borders', () => {
    expect(formatAgo(0, 59_999)).toBe('just now');
    expect(formatAgo(0, 60_000)).toBe('1 min ago');
    expect(formatAgo(0, 3_600_000)).toBe('1 h ago');
    expect(formatAgo(0, 172_800_000)).toBe('2 d ago');
    expect(formatAgo(10, 0)).toBe('just now');
    expect(plural(1, 'file')).toBe('1 file');
    expect(plural(1200, 'file')).toBe('1,200 files');
  });

  it('names the last folder on every system, and the root by itself', () => {
    expect(baseName('/srv/shop/')).toBe('shop');
    expect(baseName('C:\\work\\shop')).toBe('shop');
    expect(baseName('/')).toBe('/');
  });
});

describe('diffLines', () => {
  it('keeps every character of the diff', () => {
    fc.assert(
      fc.property(fc.string(), (diff) => {
        expect(
          diffLines(diff)
            .map((line) => line.text)
            .join('\n'),
        ).toBe(diff);
      }),
    );
  });

  it('tells heads from changes', () => {
    const kinds = diffLines('--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n z').map((line) => line.kind);
    expect(kinds).toEqual(['hunk', 'hunk', 'hunk', 'removed', 'added', 'same']);
  });
});

describe('toErrorData', () => {
  it('keeps code, message and retryable of ours, and never fails on what is not', () => {
    const ours = new OmegaError('TIMEOUT', 'Too slow.', { retryable: true });
    expect(toErrorData(ours)).toEqual({ code: 'TIMEOUT', message: 'Too slow.', retryable: true });
    expect(toErrorData('x')).toMatchObject({ code: 'INTERNAL', message: 'x' });
    expect(toErrorData(undefined).code).toBe('INTERNAL');
  });
});
