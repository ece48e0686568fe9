import { describe, expect, test } from 'vitest';
import { exactRecord } from '#main/acceleration/vectors/choice/engine-record.ts';
import { ownIndex, shaped } from '#main/acceleration/vectors/choice/index-setting.ts';
import { whatToDo } from '#main/acceleration/vectors/choice/what-to-do.ts';

const graph = { ...exactRecord, choice: { engine: 'faiss-hnsw' as const }, size: 10_000 };
const now = {
  size: 0,
  removed: 0,
  record: exactRecord,
  setting: 'auto' as const,
  graph: ownIndex,
};
const wide = { ...ownIndex, links: 48 };

describe('what is due', () => {
  test.each([
    ['few vectors', { ...now, size: 3_999 }, 'nothing'],
    ['enough for an index', { ...now, size: 4_000 }, 'measure'],
    ['an index that shrank a little stays', { ...now, record: graph, size: 3_000 }, 'nothing'],
    ['one that shrank below half goes', { ...now, record: graph, size: 1_999 }, 'make exact'],
    ['four times as many are measured again', { ...now, record: graph, size: 40_000 }, 'measure'],
    ['fewer than that are not', { ...now, record: graph, size: 39_999 }, 'nothing'],
    ['many removed', { ...now, record: graph, size: 10_000, removed: 2_501 }, 'compact'],
    ['some removed', { ...now, record: graph, size: 10_000, removed: 2_500 }, 'nothing'],
    ['many of few removed', { ...now, size: 100, removed: 499 }, 'nothing'],
    ['a setting', { ...now, size: 10, setting: 'usearch' as const }, 'measure'],
    [
      'a setting that is met',
      { ...now, record: graph, size: 9_000_000, setting: 'faiss-hnsw' as const },
      'nothing',
    ],
    [
      'exact by setting',
      { ...now, record: graph, size: 10_000, setting: 'exact' as const },
      'make exact',
    ],
    [
      'back to auto, others get their chance',
      { ...now, size: 10_000, record: { ...graph, setting: 'faiss-hnsw' as const } },
      'measure',
    ],
    [
      'a setting that cannot be met is not tried again and again',
      {
        ...now,
        size: 10,
        setting: 'faiss-ivf' as const,
        record: { ...exactRecord, setting: 'faiss-ivf' as const },
      },
      'nothing',
    ],
    ['another graph is asked for', { ...now, record: graph, size: 10_000, graph: wide }, 'measure'],
    [
      'another graph, of the engine that is set',
      { ...now, record: graph, size: 10_000, setting: 'faiss-hnsw' as const, graph: wide },
      'measure',
    ],
    ['a graph is nothing to few vectors', { ...now, size: 3_000, graph: wide }, 'nothing'],
    [
      'a graph is nothing to lists',
      {
        ...now,
        record: { ...graph, choice: { engine: 'faiss-ivf' as const } },
        size: 10_000,
        setting: 'faiss-ivf' as const,
        graph: wide,
      },
      'nothing',
    ],
    [
      'a graph that was asked for and made',
      { ...now, record: { ...graph, graph: wide }, size: 10_000, graph: wide },
      'nothing',
    ],
  ])('%s', (_name, collection, due) => {
    expect(whatToDo(collection)).toBe(due);
  });
});

test('a setting shapes graphs alone, and leaves no graph too thin to hold together', () => {
  const set = { ...ownIndex, links: 2, ef: 40 };
  expect(shaped({ engine: 'faiss-hnsw' }, set)).toEqual({ engine: 'faiss-hnsw', links: 4, ef: 40 });
  expect(shaped({ engine: 'faiss-ivf' }, set)).toEqual({ engine: 'faiss-ivf' });
  expect(shaped({ engine: 'faiss-hnsw' }, ownIndex)).toEqual({ engine: 'faiss-hnsw' });
});
