import { expect, it } from 'vitest';
import type { SlowReason } from '#shared/calls.ts';
import { configChangeSchema } from '#shared/config.ts';
import { slowAdvice } from '../../../src/renderer/model/slow-reasons.ts';
import { figures } from './samples.ts';

const all = ['cache-off', 'rate-limited', 'latency', 'limit', 'breaker'] as const;
const fixOf = (reason: SlowReason, change: Parameters<typeof figures>[0]) =>
  slowAdvice(figures({ ...change, slow: [reason] }))[0]?.fix?.change;

it('says of every reason what it is and what to do, in the order of the figures', () => {
  const advice = slowAdvice(figures({ slow: all, p95Ms: 9000, queued: 4, allowed: 2, limit: 3 }));
  expect(advice.map(({ reason }) => reason)).toEqual(all);
  for (const { what, todo } of advice) {
    expect(what).not.toBe('');
    expect(todo).not.toBe('');
  }
});

it('offers only changes that the settings take', () => {
  for (const limit of [1, 3, 20, 32]) {
    for (const { fix } of slowAdvice(figures({ slow: all, limit, allowed: limit }))) {
      if (fix) expect(configChangeSchema.safeParse(fix.change).success).toBe(true);
    }
  }
});

it('lowers the slider below where it stands, and never raises it over its end', () => {
  expect(fixOf('rate-limited', { allowed: 2, limit: 8 })).toEqual({ 'async.concurrency': 2 });
  expect(fixOf('rate-limited', { allowed: 8, limit: 8 })).toEqual({ 'async.concurrency': 7 });
  expect(fixOf('rate-limited', { allowed: 1, limit: 1 })).toBeUndefined();
  expect(fixOf('limit', { allowed: 20, limit: 20 })).toEqual({ 'async.concurrency': 32 });
  expect(fixOf('limit', { allowed: 32, limit: 32 })).toBeUndefined();
});

it('does not ask for a higher slider where the provider bears no more', () => {
  expect(fixOf('limit', { allowed: 2, limit: 8 })).toBeUndefined();
});

it('does not send to a slider that sync mode holds, and never both raises and lowers it', () => {
  const sync = { mode: 'sync', allowed: 1, limit: 1 } as const;
  expect(fixOf('limit', sync)).toEqual({ 'async.enabled': true });
  const [refused] = slowAdvice(figures({ ...sync, slow: ['rate-limited'] }));
  expect(refused?.todo).not.toContain('slider');
  const both = slowAdvice(figures({ slow: ['rate-limited', 'limit'], allowed: 3, limit: 3 }));
  expect(both.map(({ reason }) => reason)).toEqual(['rate-limited']);
});
