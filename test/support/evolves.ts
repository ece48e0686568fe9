import { expect } from 'vitest';
import type { Measured } from '#shared/intelligence.ts';
import { openEvolution } from './open-evolution.ts';

type Score = Measured['score'];

/**
 * The evolutionary loop in the whole app, from one seed: what is better is proposed, put in force
 * without another search once that is allowed, and taken back. It takes seconds, so that it is the
 * loop's scenario and the proof of its setting in one.
 */
export async function evolves(): Promise<void> {
  const { call, evolve, settings, asked } = await openEvolution({
    'loops.evolutionBudgetUsd': 50,
  });
  const before = await settings();
  const proposed = await evolve();
  const [proposal] = proposed.actions;
  if (!proposal) throw new Error(`Nothing was proposed: ${proposed.insights}`);
  expect(proposal).toMatchObject({
    ...{ kind: 'setting', state: 'proposed' },
    parameters: { before: { provider: 'openai' }, after: { provider: 'anthropic' } },
  });
  const { scoreBefore, scoreAfter } = proposal.parameters as Record<string, Score>;
  expect(scoreAfter?.low).toBeGreaterThan(scoreBefore?.high ?? 1);
  const found = proposal.parameters.intelligence;
  expect(await call('intelligence.list', {})).toMatchObject([{ id: found, isBetter: true }]);
  expect(await settings()).toEqual(before);

  const spent = asked();
  const nothing = { actions: [], insights: [expect.stringContaining('Nothing has changed')] };
  expect(await evolve()).toMatchObject(nothing);
  await call('config.set', { 'loops.applyBetterStrategies': true });
  const done = await evolve();
  expect(done.actions).toMatchObject([{ state: 'done', parameters: { intelligence: found } }]);
  expect((await settings()).use).toBe('anthropic');
  expect(await evolve()).toMatchObject(nothing);

  await call('loop.revert', { cycle: done.cycleId, action: done.actions[0]?.id ?? '' });
  expect(await settings()).toEqual(before);
  // It was not wanted: nothing is searched for or put in force again.
  expect(await evolve()).toMatchObject(nothing);
  expect(asked()).toBe(spent);
}
