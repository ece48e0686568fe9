import { expect, test } from 'vitest';
import { DeathBreaker } from '#main/acceleration/compute/death-breaker.ts';

const policy = { limit: 3, windowMs: 60_000, restMs: 30_000, backoffMs: 100 };

test('restarts wait longer each time, the third death in a minute rests', () => {
  let now = 0;
  const breaker = new DeathBreaker(policy, () => now);
  expect(breaker.backoffMs()).toBe(0);
  breaker.died();
  expect([breaker.backoffMs(), breaker.refusesForMs()]).toEqual([100, 0]);
  now = 1000;
  breaker.died();
  expect([breaker.backoffMs(), breaker.refusesForMs()]).toEqual([200, 0]);
  now = 2000;
  breaker.died();
  expect(breaker.refusesForMs()).toBe(30_000);
});

test('after the rest one start is tried; its death opens the breaker at once', () => {
  let now = 0;
  const breaker = new DeathBreaker(policy, () => now);
  for (now of [0, 1, 2]) breaker.died();
  now = 30_002;
  expect(breaker.refusesForMs()).toBe(0);
  breaker.died();
  expect(breaker.refusesForMs()).toBe(30_000);
  now = 200_000;
  expect([breaker.refusesForMs(), breaker.backoffMs()]).toEqual([0, 0]);
});
