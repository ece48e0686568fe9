import { expect, test } from 'vitest';
import { configDefaults } from '#shared/config.ts';
import { planOf } from '#shared/loop-plan.ts';
import type { LoopAction } from '#shared/loops.ts';
import { changeText } from '../../../src/renderer/model/loop-text.ts';
import { planRequestOf } from '../../../src/renderer/model/run-request.ts';

const action: LoopAction = {
  ...{ id: 'a', kind: 'plan', description: 'x', state: 'proposed' },
  parameters: {
    ...{ root: "/it's/shop", kinds: ['compose', 'kubernetes'], services: ['web', 'api'] },
    existing: 'replace',
  },
};

// Catches a plan that is started with the ticked projects and kinds in place of its own.
test('a plan is started with its own project, kinds and services', () => {
  const plan = planOf(action);
  if (!plan) throw new Error('There is no plan');
  expect(planRequestOf(configDefaults, plan)).toMatchObject({
    ...{ roots: ["/it's/shop"], kinds: ['compose', 'kubernetes'], services: ['web', 'api'] },
    target: { existing: 'replace', flavour: 'standard' },
  });
});

// Catches a button for what was stored by something else, or is no plan.
test('only a proposed plan that is whole can be started', () => {
  expect(planOf({ ...action, state: 'done' })).toBeNull();
  expect(planOf({ ...action, kind: 'setting' })).toBeNull();
  expect(planOf({ ...action, parameters: { ...action.parameters, kinds: ['x'] } })).toBeNull();
});

test('of a memory that was changed its text is shown', () => {
  const parameters = { before: null, after: { text: 'Three share it', confidence: 1 } };
  expect(changeText({ ...action, parameters })).toEqual(['nothing', 'Three share it']);
});
