import { expect, test } from 'vitest';
import { nextRoots, type ProjectState } from '#main/loops/deliberative/project-states.ts';
import { sharedDrift } from '#main/loops/deliberative/shared-drift.ts';
import type { LoopCycle } from '#shared/loops.ts';
import { found } from '../../../support/loops.ts';

const state = (root: string, at: number, drifted: string[] = []): ProjectState => ({
  ...{ root, at, drifted, found: drifted.length > 0 ? 'f' : null, failed: null },
});

const cycle = (id: string, projects: ProjectState[]): LoopCycle => ({
  ...{ id, loop: 'deliberative', trigger: 'period', cause: null, state: 'succeeded' },
  ...{ startedAt: 0, durationMs: 1, input: { data: {}, context: '', objectives: [] } },
  ...{ output: found({ results: { projects } }), error: null },
});

const three = ['a', 'b', 'c'].map((root) => state(root, 1, ['port compose']));

// Catches an escalation at each cycle for the same, and one for what only two projects have.
test('what drifts in three projects goes up, once', () => {
  const two = cycle('1', three.slice(1));
  const all = cycle('2', three);
  expect(sharedDrift.input(two, [two])).toBeNull();
  expect(sharedDrift.input(all, [all, two])?.data).toEqual({
    drifts: [{ about: 'port', kind: 'compose', roots: ['a', 'b', 'c'] }],
  });
  const later = cycle('3', three);
  expect(sharedDrift.input(later, [later, all, two])).toBeNull();
});

// Catches a project that is never reached because others come first at each cycle.
test('projects never looked at come before those looked at longest ago; those asked for first', () => {
  const states = new Map([state('a', 30), state('b', 10), state('c', 20)].map((s) => [s.root, s]));
  const roots = ['a', 'b', 'c', 'd'];
  expect(nextRoots(roots, states, { asked: [], most: 3 })).toEqual(['d', 'b', 'c']);
  expect(nextRoots(roots, states, { asked: ['a'], most: 2 })).toEqual(['a', 'd']);
});
