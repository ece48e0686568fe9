import { describe, expect, it } from 'vitest';
import { noUsage } from '#main/generation/ai/usage.ts';
import { savingsOf } from '#shared/run-savings.ts';
import { costText, type JobUsage, usageOf } from '#shared/run-usage.ts';
import { job } from '../renderer/samples.ts';

const span = (startedAt: number | null, endedAt: number | null, chunk: string | null = null) => ({
  state: 'completed' as const,
  usage: null,
  startedAt,
  endedAt,
  chunk,
});

describe('savingsOf', () => {
  it('counts time in which several jobs ran once, and time in which none ran not at all', () => {
    const jobs = [span(0, 10), span(5, 15), span(6, 8), span(100, 110)];
    expect(savingsOf(jobs)).toEqual({ wallMs: 25, sumMs: 32, factor: 32 / 25 });
  });

  it('counts the one request of several jobs once: batch mode in order saves nothing by itself', () => {
    const inOrder = [span(0, 10, 'a'), span(0, 12, 'a'), span(12, 20, 'b'), span(12, 21, 'b')];
    expect(savingsOf(inOrder)).toEqual({ wallMs: 21, sumMs: 21, factor: 1 });
    expect(savingsOf([span(0, 10, 'a'), span(0, 10, 'b')])?.factor).toBe(2);
  });

  it('does not depend on the order of the jobs, and saves nothing one after the other', () => {
    expect(savingsOf([span(10, 20), span(0, 10)])).toEqual({ wallMs: 20, sumMs: 20, factor: 1 });
  });

  it('leaves out what runs or waits, and says nothing where nothing ended', () => {
    expect(savingsOf([span(0, null), span(null, null)])).toBeNull();
    expect(savingsOf([span(0, 4), span(1, null)])).toMatchObject({ wallMs: 4, sumMs: 4 });
  });

  it('does not count waits for a turn: a wide run at a provider that takes one at a time saves nothing', () => {
    const waited = (waitedMs: number) => ({ usage: { ...noUsage, waitedMs } });
    const jobs = [
      span(0, 10),
      { ...span(0, 20), ...waited(10) },
      { ...span(0, 30), ...waited(20) },
    ];
    expect(savingsOf(jobs)).toEqual({ wallMs: 30, sumMs: 30, factor: 1 });
  });

  it('does not count what failed or was cancelled as saved', () => {
    const states = ['failed', 'cancelled'] as const;
    expect(savingsOf(states.map((state) => ({ ...span(0, 10), state })))).toBeNull();
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
      waitedMs: 0,
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
