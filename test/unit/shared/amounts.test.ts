import { expect, it } from 'vitest';
import { formatBytes, formatCount, formatShare, formatUsd } from '#shared/amounts.ts';
import {
  busySeconds,
  callColumns,
  latencyColumns,
} from '../../../src/renderer/model/chart-data.ts';

it('shortens amounts without making something nothing', () => {
  expect([0, 940, 12_400, 400_000, 999_960, 3_100_000].map(formatCount)).toEqual([
    '0',
    '940',
    '12.4k',
    '400k',
    '1M',
    '3.1M',
  ]);
  expect([0, 0.00001, 0.0012, 0.126, 1234.5].map(formatUsd)).toEqual([
    '$0.00',
    '< $0.0001',
    '$0.0012',
    '$0.13',
    '$1,234.50',
  ]);
  expect([812, 4096, 256e6].map(formatBytes)).toEqual(['812 B', '4.1 KB', '256.0 MB']);
  expect([null, 0, 0.164].map(formatShare)).toEqual(['–', '0 %', '16 %']);
});

it('draws a second without answers as a gap, and lists only seconds in which something was', () => {
  const second = { answered: 0, inFlight: 0, allowed: 3, p50Ms: null, p95Ms: null };
  const seconds = [
    { ...second, at: 1000 },
    { ...second, at: 2000, answered: 2, inFlight: 1, p50Ms: 5, p95Ms: 9 },
    { ...second, at: 3000, inFlight: 1 },
  ];
  expect(latencyColumns(seconds)).toEqual([
    [1, 2, 3],
    [null, 5, null],
    [null, 9, null],
  ]);
  expect(callColumns(seconds)[1]).toEqual([0, 2, 0]);
  expect(busySeconds(seconds).map(({ at }) => at)).toEqual([3000, 2000]);
});
