import { describe, expect, it } from 'vitest';
import {
  eventKinds,
  isJournaledPattern,
  journaledKinds,
  journaledPatternSchema,
  kindsOf,
} from '#shared/event-kinds.ts';

describe('kinds of events', () => {
  it('stand for themselves, a noun for all of its own and no more', () => {
    expect([...kindsOf(['system.started'])]).toEqual(['system.started']);
    expect([...kindsOf(['vector.*', 'error'])]).toEqual([
      'vector.stored',
      'vector.deleted',
      'error',
    ]);
    expect([...kindsOf(['vector', 'vec.*', 'vector.', '*', '.*', ''])]).toEqual([]);
    expect(kindsOf([...eventKinds]).size).toBe(eventKinds.length);
  });

  // Asked for, such a kind would be answered with an empty list for ever.
  it('that the journal does not keep are refused', () => {
    expect(['scan.progress', 'scan.*', 'memroy.*', '*'].filter(isJournaledPattern)).toEqual([]);
    expect(isJournaledPattern('config.*')).toBe(true);
    expect(journaledPatternSchema.safeParse('job.updated').error?.issues[0]?.message).toContain(
      'memory.*',
    );
    expect(journaledKinds.has('breaker.changed')).toBe(true);
  });
});
