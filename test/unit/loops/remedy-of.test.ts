import { describe, expect, it } from 'vitest';
import type { JobTrouble } from '#main/generation/engine/job-reactions.ts';
import { remedyOf } from '#main/loops/reactive/remedy-of.ts';
import type { ErrorCode } from '#shared/error.ts';

const trouble = (code: ErrorCode | null, change: Partial<JobTrouble> = {}): JobTrouble => ({
  ...{ runId: 'r', jobId: 'j', kind: 'dockerfile', service: 's', provider: 'openai' },
  error: code && { code, message: 'It failed.', retryable: true },
  ...{ rules: [], others: [], again: 0, worked: false },
  can: ['again', 'reroute', 'blueprint', 'stop'],
  ...change,
});

describe('what is done about a job', () => {
  it('takes what costs nothing first, then a provider that the settings name', () => {
    expect(remedyOf(trouble(null, { others: ['ollama'] }), 0)).toEqual({ do: 'blueprint' });
    const noBlueprint = trouble(null, { others: ['ollama'], can: ['reroute'] });
    expect(remedyOf(noBlueprint, 0)).toEqual({ do: 'reroute', provider: 'ollama' });
    expect(remedyOf(trouble(null, { can: ['reroute'] }), 0)).toEqual({ do: 'leave' });
  });

  it('waits for a provider that worked and broke, for as long as it says, twice at most', () => {
    const broke = trouble('CIRCUIT_OPEN', { worked: true });
    expect(remedyOf(broke, 0)).toEqual({ do: 'again', afterMs: 2_000 });
    const error = { ...broke.error, details: { retryAfterMs: 9e9 } } as JobTrouble['error'];
    expect(remedyOf({ ...broke, error }, 0)).toEqual({ do: 'again', afterMs: 60_000 });
    expect(remedyOf({ ...broke, again: 2 }, 0)).toEqual({ do: 'leave' });
    expect(remedyOf(trouble('CIRCUIT_OPEN'), 0)).toEqual({ do: 'leave' });
    expect(remedyOf(trouble('UNAUTHORIZED', { worked: true }), 0)).toEqual({ do: 'leave' });
  });

  it('stops a run at the third job that fails alike, and never for what is wrong with one job', () => {
    expect(remedyOf(trouble('UNAUTHORIZED'), 1)).toEqual({ do: 'leave' });
    expect(remedyOf(trouble('UNAUTHORIZED'), 2)).toMatchObject({ do: 'stop' });
    expect(remedyOf(trouble('INVALID_INPUT'), 9)).toEqual({ do: 'leave' });
    expect(remedyOf(trouble('INTERNAL'), 9)).toEqual({ do: 'leave' });
  });
});
