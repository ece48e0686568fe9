import { expect, test } from 'vitest';
import { findDiagrams } from '#main/generation/scan/find-diagrams.ts';

const pathsOf = (...files: readonly string[]) => findDiagrams([...files].sort()).map((d) => d.path);

test('what is named for the system comes first, other images of the documents last', () => {
  expect(
    pathsOf(
      'docs/ada.png',
      'docs/diagrams/login.webp',
      'assets/Architecture-v2.PNG',
      'docs/data-flow.svg',
      'network.gif',
    ),
  ).toEqual([
    'assets/Architecture-v2.PNG',
    'docs/data-flow.svg',
    'network.gif',
    'docs/diagrams/login.webp',
    'docs/ada.png',
  ]);
});

test.each([
  'docs/logo.png',
  'docs/architecture-icon.svg',
  'docs/screenshot-1.png',
  'src/assets/system.png',
  'public/hero.jpg',
  'test/fixtures/architecture.png',
  'vendor/lib/architecture.png',
  'docs/architecture.drawio',
  'docs/architecture.png.md',
])('%s is no diagram of the project', (path) => {
  expect(pathsOf(path)).toEqual([]);
});

test('a folder of ten thousand images does not fill the answer', () => {
  const many = Array.from({ length: 10_000 }, (_, n) => `docs/${n}.png`);
  expect(pathsOf('docs/zz-architecture.png', ...many)).toHaveLength(100);
  expect(pathsOf('docs/zz-architecture.png', ...many)[0]).toBe('docs/zz-architecture.png');
});
