import { describe, expect, it } from 'vitest';
import { taughtOf } from '../../../src/renderer/model/taught.ts';

const edit = (id: string, forgotten?: true) =>
  ({ id, effect: 'edit', summary: `+ ${id}`, ...(forgotten ? { forgotten } : {}) }) as const;
const accepted = {
  id: 'a',
  effect: 'accepted',
  summary: 'Files like this were accepted.',
} as const;

describe('what a person taught', () => {
  it('is counted, one alone without a plural', () => {
    expect(taughtOf([edit('x')]).title).toBe('Uses 1 thing you taught it');
    expect(taughtOf([edit('x'), edit('y')]).title).toBe('Uses 2 things you taught it');
  });

  it('counts no acceptance as a thing that is in the text', () => {
    expect(taughtOf([accepted])).toEqual({ title: null, edits: [], accepted: accepted.summary });
    expect(taughtOf([])).toEqual({ title: null, edits: [], accepted: null });
  });

  it('says what was forgotten since, which is in the text still', () => {
    expect(taughtOf([edit('x', true), edit('y')]).title).toBe(
      'Uses 2 things you taught it, 1 forgotten since',
    );
  });
});
