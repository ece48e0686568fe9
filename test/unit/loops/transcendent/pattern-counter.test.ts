import { expect, test } from 'vitest';
import { leastSupport, PatternCounter } from '#main/loops/transcendent/pattern-counter.ts';
import type { Trait, TraitedProject } from '#main/loops/transcendent/trait.ts';
import { seeded } from '../../../support/seeded.ts';

const trait = (group: Trait['group'], value: string, path = 'a', line = 1): Trait => ({
  ...{ group, value, path, line },
});
const project = (root: string, language: string, ...traits: Trait[]): TraitedProject => ({
  ...{ root, languages: [language] },
  traits: [trait('language', language), ...traits],
});
const minePatterns = (projects: readonly TraitedProject[]) => {
  const counter = new PatternCounter();
  for (const one of projects) counter.add(one);
  return counter.patterns();
};
const shared = (projects: readonly TraitedProject[]) =>
  minePatterns(projects).map(({ traits, support }) => [
    ...traits.map(({ value }) => value),
    support,
  ]);

test('three projects make a pattern, or more than half of fewer; one never does', () => {
  expect([1, 2, 3, 4, 5, 6, 50].map(leastSupport)).toEqual([2, 2, 2, 3, 3, 3, 3]);
});

// Catches counting sightings in place of projects, and places that depend on the order of reading.
test('a project counts once, by the first of its places', () => {
  const port = (line: number, path = 'b') => trait('port', '8080', path, line);
  const projects = [
    project('x', 'go', port(9), port(2), port(1, 'c')),
    project('y', 'rust', port(5)),
    project('z', 'php'),
  ];
  const [pattern] = minePatterns(projects);
  expect(pattern).toMatchObject({ support: 2, of: 3, without: ['z'] });
  expect(pattern?.traits[0]?.places).toEqual([
    { root: 'x', path: 'b', line: 2 },
    { root: 'y', path: 'b', line: 5 },
  ]);
});

// Catches a report that tells npm as a discovery beside JavaScript.
test('what exactly the projects of a language have makes one pattern with it; habits do not', () => {
  const npm = trait('package-manager', 'npm');
  const late = trait('finding', 'dockerfile/no-user');
  const projects = [
    ...['a', 'b', 'c'].map((root) => project(root, 'javascript', npm, late)),
    project('d', 'go'),
    project('e', 'go'),
  ];
  expect(shared(projects)).toEqual([
    ['dockerfile/no-user', 3],
    ['javascript', 'npm', 3],
  ]);
});

test('lift is how much more common it is in a language than over all', () => {
  const port = trait('port', '3000');
  const projects = [
    ...['a', 'b', 'c'].map((root) => project(root, 'javascript', port)),
    project('d', 'javascript'),
    ...['e', 'f', 'g', 'h'].map((root) => project(root, 'go')),
  ];
  const pattern = minePatterns(projects).find(({ traits }) => traits[0]?.value === '3000');
  expect(pattern).toMatchObject({ language: 'javascript', lift: 0.75 / (3 / 8), languages: 1 });
});

// Catches any count that is off: compared with a plain count, over random projects in random order.
test('every trait that enough projects have is in a pattern with its support, and no other', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const random = seeded(seed);
    const pick = (most: number) => Math.floor(random() * most);
    const projects = Array.from({ length: 2 + pick(9) }, (_, at) =>
      project(
        `p${at}`,
        ['go', 'php', 'rust'][pick(3)] ?? 'go',
        ...Array.from({ length: pick(12) }, () =>
          trait(random() < 0.5 ? 'port' : 'finding', `v${pick(6)}`, `f${pick(3)}`, 1 + pick(9)),
        ),
      ),
    );
    const counts = new Map<string, number>();
    for (const { traits } of projects) {
      for (const key of new Set(traits.map(({ group, value }) => `${group} ${value}`))) {
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    const least = leastSupport(projects.length);
    const expected = [...counts].filter(([, count]) => count >= least).toSorted();
    const patterns = minePatterns(projects);
    const mined = patterns.flatMap(({ traits, support }) =>
      traits.map(({ group, value, places }) => {
        expect(places.length).toBe(support);
        return [`${group} ${value}`, support] as const;
      }),
    );
    expect(mined.toSorted()).toEqual(expected);
    const shuffled = projects
      .map((one) => ({ ...one, traits: one.traits.toReversed() }))
      .toReversed();
    expect(minePatterns(shuffled)).toEqual(patterns);
  }
});
