import { describe, expect, it } from 'vitest';
import {
  countOutcomes,
  countUndone,
  dryRunText,
  outcomeGroups,
} from '../../../src/renderer/model/outcomes.ts';

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

describe('a dry run', () => {
  const outcome = (status: 'written' | 'skipped', code: 'REFUSED' | null = null) => ({
    ...{ path: status, status, code, reason: null },
  });

  it('tells what it leaves out of what was accepted, and not what was rejected', () => {
    const outcomes = [outcome('written'), outcome('skipped', 'REFUSED'), outcome('skipped')];
    expect(dryRunText([{ checkpointId: null, root: '/a', outcomes }])).toBe(
      '1 file will be written, 1 left out until you allow to overwrite files of yours.',
    );
  });

  it('shows what is not written before hundreds that are', () => {
    const outcomes = [...Array(90).fill(outcome('written')), outcome('skipped')];
    const groups = outcomeGroups(outcomes);
    expect(groups[0]?.[0]?.status).toBe('skipped');
    expect(groups.flat()).toHaveLength(91);
    expect(Math.max(...groups.map(({ length }) => length))).toBeLessThan(50);
  });
});
