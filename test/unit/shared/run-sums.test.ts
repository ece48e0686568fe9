import { describe, expect, it } from 'vitest';
import { savingsOf } from '#shared/run-savings.ts';
import { costText, type JobUsage, usageOf } from '#shared/run-usage.ts';
import { job } from '../renderer/samples.ts';

const span = (startedAt: number | null, endedAt: number | null, workMs: number | null = null) => ({
  state: endedAt === null ? ('running' as const) : ('completed' as const),
  startedAt,
  endedAt,
  workMs,
});

describe('savingsOf', () => {
  it('counts time in which several jobs ran once, and time in which none ran not at all', () => {
    const jobs = [span(0, 10), span(5, 15), span(6, 8), span(100, 110)];
    expect(savingsOf(jobs)).toEqual({ wallMs: 25, sumMs: 32, factor: 32 / 25 });
  });

  it('does not depend on the order of the jobs, and saves nothing one after the other', () => {
    expect(savingsOf([span(10, 20), span(0, 10)])).toEqual({ wallMs: 20, sumMs: 20, factor: 1 });
  });

  it('takes of each job what it would take alone, which its waits for the others are not', () => {
    const jobs = [span(0, 10, 10), span(0, 20, 10), span(0, 30, 10)];
    expect(savingsOf(jobs)).toEqual({ wallMs: 30, sumMs: 30, factor: 1 });
  });

  it('leaves out what runs or waits, and says nothing where nothing ended', () => {
    expect(savingsOf([span(0, null), span(null, null)])).toBeNull();
    expect(savingsOf([span(0, 4), span(1, null)])).toMatchObject({ wallMs: 4, sumMs: 4 });
  });

  it('counts nothing of jobs that failed or were cancelled', () => {
    const failed = { ...span(0, 9), state: 'failed' as const };
    expect(savingsOf([failed])).toBeNull();
    expect(savingsOf([failed, span(0, 4)])).toMatchObject({ wallMs: 4, sumMs: 4 });
  });

  it('stays finite where jobs took no time and where the clock went back', () => {
    expect(savingsOf([span(5, 5)])?.factor).toBe(1);
    expect(savingsOf([span(10, 4)])).toMatchObject({ wallMs: 0, sumMs: 0 });
  });
});

describe('usageOf', () => {
  const usage = (change: Partial<JobUsage>) => ({
    usage: {
      calls: 1,
      cached: 0,
      inputTokens: 10,
      outputTokens: 5,
      costUsd: 0.5,
      repairs: 0,
      ...change,
    },
  });

  it('adds up the jobs that asked, and keeps an unknown price apart', () => {
    const sum = usageOf([usage({ repairs: 2 }), usage({ costUsd: null }), job()]);
    expect(sum).toEqual({
      calls: 2,
      cached: 0,
      inputTokens: 20,
      outputTokens: 10,
      costUsd: 0.5,
      unpriced: 1,
      repairs: 2,
    });
    expect(sum && costText(sum)).toBe('$0.50 + 1 unpriced');
  });

  it('is nothing where no model was asked', () => {
    expect(usageOf([job(), job()])).toBeNull();
  });

  it('calls a price unknown, not nought, where none is known', () => {
    const sum = usageOf([usage({ costUsd: null })]);
    expect(sum && costText(sum)).toBe('unknown');
  });
});
