import { describe, expect, it } from 'vitest';
import { usualCapability } from '#shared/intelligence.ts';
import { made, measured, trialsOf } from '#test/support/intelligences.ts';
import {
  figuresText,
  movedIn,
  pointText,
  scoreText,
} from '../../../src/renderer/model/measured-text.ts';
import { domainTexts } from '../../../src/renderer/model/tuning-names.ts';
import {
  intervalsOf,
  progressOf,
  trialColumns,
} from '../../../src/renderer/model/tuning-progress.ts';
import { canApply, tuningText, verdictOf } from '../../../src/renderer/model/tuning-text.ts';

const graph = { engine: 'usearch', ef: 64 };
const one = made({ id: 'i1', name: 'x', point: graph });
const applied = { at: 0, moves: [], undone: null, checkedAt: null };

describe('what is said of tunings', () => {
  it('has a text for every domain', () => {
    expect(Object.keys(domainTexts)).toEqual(Object.keys(usualCapability));
  });

  it('calls better only what was measured to be', () => {
    expect(verdictOf(one)).toEqual({
      tone: 'good',
      text: 'Clearly better: 1.37 times what was in force.',
    });
    expect(verdictOf({ ...one, isBetter: false })?.text).toContain('in force stays');
    const once = { ...measured(600, graph), repeats: 1 };
    expect(verdictOf({ ...one, isBetter: false, best: once })?.text).toContain('Give it longer');
    expect(verdictOf({ ...one, before: null })?.text).toContain('could not be measured');
    // A worth below zero has no ratio that says anything.
    expect(verdictOf({ ...one, before: measured(-3, graph) })?.text).not.toContain('times');
    expect(verdictOf({ ...one, state: 'searching' })).toBeNull();
  });

  it('says of one that was refused how far the best came', () => {
    const verdict = verdictOf({ ...one, state: 'refused', isBetter: false });
    expect(verdict?.text).toContain('70 % of the work');
    expect(verdict?.text).toContain('the best does 99.5 %');
    expect(verdictOf({ ...one, state: 'refused', best: null })?.tone).toBe('bad');
  });

  it('gives a score with its interval', () => {
    expect(scoreText(measured(4_310.4, graph), 'queries/s')).toBe(
      '4,310 queries/s (95 %: 4,303 to 4,317, measured 6 times)',
    );
    const once = { ...measured(57.12, graph), repeats: 1 };
    expect(scoreText(once, 'requests/s')).toBe('57.1 requests/s (measured once)');
  });

  it('says in words what was counted, and names what it has no words for', () => {
    const one = { ...measured(300, graph), figures: { recallAt10: 0.99512, odd: 2 } };
    expect(figuresText(one)).toBe('recall of ten 0.995, odd 2');
    expect(pointText(one)).toBe('engine usearch, ef 64');
  });

  it('lists what differs, with what only one of the two has', () => {
    expect(movedIn(measured(1, { engine: 'exact', links: 16 }), measured(1, graph))).toEqual([
      { name: 'engine', before: 'exact', after: 'usearch' },
      { name: 'links', before: '16', after: null },
      { name: 'ef', before: null, after: '64' },
    ]);
  });

  it('offers to apply only what is ready, is not in force and would change something', () => {
    expect(canApply(one)).toBe(true);
    expect(canApply({ ...one, applied })).toBe(false);
    expect(canApply({ ...one, applied: { ...applied, undone: { at: 1, reason: '' } } })).toBe(true);
    expect(canApply({ ...one, state: 'refused' })).toBe(false);
    expect(canApply({ ...one, before: one.best })).toBe(false);
  });

  it('is short in the sidebar', () => {
    const inForce = { ...one, applied };
    expect(tuningText([])).toBe('Never tuned');
    expect(tuningText([one])).toBe('None in force');
    expect(tuningText([one, inForce])).toBe('1 in force');
    expect(tuningText([inForce, { ...one, state: 'searching' }])).toBe('Measures vector search');
  });
});

describe('how far a tuning is', () => {
  const going = { ...one, createdAt: 1_000, state: 'searching' as const };
  const { seconds, evaluations } = going.spec.budget;

  it('goes by time or by measurements, whichever is nearer to its end, and never beyond', () => {
    const half = { id: 'i1', evaluations: evaluations / 2, best: 412.3 };
    expect(progressOf(going, half, 1_000).share).toBe(0.5);
    expect(progressOf(going, half, 1_000 + seconds * 750).share).toBe(0.75);
    expect(progressOf(going, half, 1_000 + seconds * 9_000).share).toBe(1);
    expect(progressOf(going, half, 13_000).text).toBe(
      '12.0 s of 2 min 00 s: 30 settings measured, best score so far 412',
    );
  });

  it('says nothing of another search', () => {
    const other = { id: 'i0', evaluations: 50, best: 9 };
    expect(progressOf(going, other, 1_000)).toEqual(progressOf(going, null, 1_000));
    expect(progressOf(going, null, 500).share).toBe(0);
  });

  it('draws the best so far through what failed', () => {
    expect(trialColumns(trialsOf([null, 3, 2, null, 5]))).toEqual([
      [1, 2, 3, 4, 5],
      [null, 3, 2, null, 5],
      [null, 3, 3, 3, 5],
    ]);
  });

  it('lays intervals on one scale that begins at nothing', () => {
    const [low, high] = intervalsOf([measured(43, graph), measured(93, graph)]);
    expect(high).toEqual({ mean: 93, low: 86, high: 100 });
    expect(low).toEqual({ mean: 43, low: 36, high: 50 });
    const once = { ...measured(50, graph), repeats: 1 };
    expect(intervalsOf([once])[0]?.mean).toBe(100);
    expect(intervalsOf([measured(-50, graph)])[0]).toEqual({ mean: 0, low: 0, high: 0 });
  });
});
