import { expect, it } from 'vitest';
import { textsOf } from '#main/generation/blueprints/left-notes.ts';

const said = (texts: readonly string[]) => textsOf(texts.map((text) => ({ line: 1, text })));

it('tells the same of many services in one sentence, of few in one each, and else as it is', () => {
  const names = Array.from({ length: 8 }, (_, at) => `api-${at}`);
  expect(
    said([
      ...names.map((name) => `${name}: it comes back.`),
      'web: Docker sees it.',
      'web: Docker sees it.',
      'version is gone: Compose ignores it.',
    ]),
  ).toEqual([
    'api-0, api-1, api-2, api-3, api-4, api-5 and 2 more: it comes back.',
    'web: Docker sees it.',
    'version is gone: Compose ignores it.',
  ]);
  expect(said(['a: it is so.', 'b: it is so.'])).toEqual(['a: it is so.', 'b: it is so.']);
});
