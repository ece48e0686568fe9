import { describe, expect, it } from 'vitest';
import { countOutcomes, countUndone } from '../../../src/renderer/model/outcomes.ts';

describe('countOutcomes', () => {
  it('adds up over projects', () => {
    const outcome = (status: 'written' | 'refused') => ({
      path: 'p',
      status,
      code: null,
      reason: null,
    });
    expect(
      countOutcomes([
        { checkpointId: 'a', root: '/a', outcomes: [outcome('written'), outcome('refused')] },
        { checkpointId: 'b', root: '/b', outcomes: [outcome('written')] },
      ]),
    ).toEqual({ written: 2, unchanged: 0, skipped: 0, refused: 1 });
  });
});

describe('countUndone', () => {
  it('does not count a refused file as put back', () => {
    const of = (status: 'restored' | 'removed' | 'refused') => ({
      path: 'p',
      status,
      code: null,
      reason: null,
      diff: null,
    });
    expect(
      countUndone({ checkpointId: 'c', outcomes: [of('restored'), of('removed'), of('refused')] }),
    ).toEqual({ undone: 2, refused: 1 });
  });
});
