import { describe, expect, it } from 'vitest';
import { isConfigKey } from '#shared/config.ts';
import { type LoopView, loopTypes } from '#shared/loops.ts';
import {
  changeText,
  dueText,
  loopsText,
  settingsOf,
  spanText,
} from '../../../src/renderer/model/loop-text.ts';

const view: LoopView = {
  ...{ loop: 'adaptive', state: 'ready', reason: null, reverts: true, last: null },
  ...{ periodMs: 300_000, dueAt: 1_000_000 },
};

describe('what is said of loops', () => {
  it('names settings that there are', () => {
    for (const loop of loopTypes) {
      const { enable, period } = settingsOf(loop);
      expect([enable, period].every((key) => key === null || isConfigKey(key))).toBe(true);
    }
    expect(settingsOf('reactive').period).toBeNull();
  });

  it('says when a loop looks next, and nothing where it does not', () => {
    expect(dueText(view, 1_000_000 - 240_000)).toBe('next in 4 min');
    expect(dueText(view, 2_000_000)).toBe('due now');
    expect(dueText({ ...view, state: 'off' }, 0)).toBe('');
    expect(dueText({ ...view, dueAt: null }, 0)).toBe('');
    expect(dueText({ ...view, periodMs: null }, 0)).toContain('requests');
    const spans = [1_500, 300_000, 6 * 3_600_000, 60 * 86_400_000].map(spanText);
    expect(spans).toEqual(['1.5 s', '5 min', '6 h', '60 days']);
  });

  it('says which loop runs, or how many are on', () => {
    expect(loopsText([view, { ...view, state: 'held' }, { ...view, state: 'off' }])).toBe(
      '2 of 3 on',
    );
    expect(loopsText([view, { ...view, state: 'running' }])).toBe('Adaptive runs');
  });

  it('says what an action changed only where it knows both', () => {
    const action = { ...{ id: 'a', kind: 'setting', description: 'x' }, state: 'done' as const };
    const of = (parameters: Parameters<typeof changeText>[0]['parameters']) =>
      changeText({ ...action, parameters });
    expect(of({ before: 4, after: { most: 8 } })).toEqual(['4', '{"most":8}']);
    expect(of({ before: 4 })).toBeNull();
  });
});
