import { expect, test } from 'vitest';
import type { Hunk } from '#main/generation/memory/hunk.ts';
import type { EditLesson, Read } from '#main/generation/memory/lesson.ts';
import type { AcceptedPlace } from '#main/generation/memory/policy.ts';
import { type Evidence, repeatedChanges } from '#main/loops/transformative/distil.ts';

const unknown = () => false;

function hunk(
  added: string,
  { above = 'WORKDIR /app', needs = [] as string[], at = 5 } = {},
): Hunk {
  const line = (op: ' ' | '+', text: string) => ({ op, text, like: null });
  const lines = [
    line(' ', 'FROM node'),
    line(' ', above),
    line('+', added),
    line(' ', 'USER node'),
  ];
  return { at, lines, needs };
}

/** A lesson of those changes that was accepted in the services, each `project/service`. */
function lesson(services: readonly string[], ...hunks: Hunk[]): Evidence {
  const about = { kind: 'dockerfile', like: { file: 'dockerfile' }, blueprint: '1', hunks };
  const read = { memory: { id: 'm', tags: [] }, lesson: about } as unknown as Read<EditLesson>;
  const places = services.map((name): AcceptedPlace => {
    const [root = '', service = ''] = name.split('/');
    return { proposal: name, root, service: service || null, path: 'Dockerfile' };
  });
  return { read: read as Read<EditLesson>, places };
}

test.each([
  ['three services of one project', ['a/1', 'a/2', 'a/3']],
  ['two services of two projects', ['a/1', 'b/1', 'a/1']],
])('%s are too few', (_, services) => {
  expect(repeatedChanges([lesson(services, hunk('ENV TZ=UTC'))], unknown)).toEqual([]);
});

test('a change is the same whatever stands around it; the lines of most places tell where it goes', () => {
  const found = repeatedChanges(
    [
      lesson(['a/1', 'a/2'], hunk('ENV TZ=UTC')),
      lesson(['b/1'], hunk('ENV TZ=UTC', { above: 'WORKDIR /srv' })),
    ],
    unknown,
  );
  expect(found).toHaveLength(1);
  const texts = found[0]?.hunks.map(({ at, lines }) => [at, ...lines.map(({ text }) => text)]);
  // Only the nearest line on either side: further ones are others in other files.
  expect(texts).toEqual([[6, 'WORKDIR /app', 'ENV TZ=UTC', 'USER node']]);
  expect(found[0]?.places).toHaveLength(3);
});

test('changes that always came together are one policy, one that came alone too is its own', () => {
  const together = [hunk('RUN apk add tzdata', { at: 3 }), hunk('ENV TZ=UTC', { at: 9 })];
  const all = ['a/1', 'a/2', 'b/1'];
  const found = repeatedChanges([lesson(all, ...together)], unknown);
  expect(found.map(({ hunks }) => hunks.length)).toEqual([2]);
  const more = lesson(['c/1'], hunk('ENV TZ=UTC', { at: 9 }));
  const apart = repeatedChanges([lesson(all, ...together), more], unknown);
  expect(apart.map(({ hunks, places }) => [hunks.length, places.length])).toEqual([
    [1, 3],
    [1, 4],
  ]);
});

test('what speaks of one service, has nothing to tell its place by, or is known is no policy', () => {
  const all = ['a/1', 'a/2', 'b/1'];
  const blank = { ...hunk('ENV TZ=UTC'), lines: [{ op: '+' as const, text: 'X', like: null }] };
  const own = hunk('ENV QUEUE=orders', { needs: ['orders'] });
  expect(repeatedChanges([lesson(all, blank, own)], unknown)).toEqual([]);
  const [found] = repeatedChanges([lesson(all, hunk('ENV TZ=UTC'))], unknown);
  const known = new Set(found?.changes);
  const again = repeatedChanges([lesson(all, hunk('ENV TZ=UTC'))], (one) => known.has(one));
  expect(again).toEqual([]);
});
