import { expect, test } from 'vitest';
import { targetSize } from '#main/acceleration/vision/target-size.ts';

const source = { width: 400, height: 200 };
const plan = { width: null, height: null, fit: 'inside', longEdge: 8192 } as const;

test.each([
  ['no size keeps its own', plan, [400, 200]],
  ['one side brings the other', { ...plan, width: 100 }, [100, 50]],
  ['inside fits both', { ...plan, width: 100, height: 10 }, [20, 10]],
  ['outside covers both', { ...plan, width: 100, height: 100, fit: 'outside' }, [200, 100]],
  ['inside does not enlarge', { ...plan, width: 4000 }, [400, 200]],
  ['cover promises the size', { ...plan, width: 800, height: 800, fit: 'cover' }, [800, 800]],
  ['the longest side holds for all', { ...plan, longEdge: 100 }, [100, 50]],
  [
    'and for what was promised, by shape',
    { ...plan, width: 800, height: 400, fit: 'fill', longEdge: 200 },
    [200, 100],
  ],
  ['a line keeps a pixel', { ...plan, width: 1, height: 1 }, [1, 1]],
] as const)('%s', (_, asked, [width, height]) => {
  expect(targetSize(source, asked)).toEqual({ width, height });
});

test('what is drawn anew at any size may be enlarged', () => {
  expect(targetSize(source, { ...plan, width: 4000 }, { enlarge: true })).toEqual({
    width: 4000,
    height: 2000,
  });
});
