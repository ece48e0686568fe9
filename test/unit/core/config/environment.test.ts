import { describe, expect, it } from 'vitest';
import { parseText, readEnvironment, variablesOf } from '#main/core/config/environment.ts';
import { configKeys } from '#shared/config.ts';

describe('variables of the environment', () => {
  it('are named after section and field, and no two settings share one', () => {
    expect(variablesOf('acceleration.slots')).toEqual([
      'OMEGA_ACCELERATION_SLOTS',
      'OMEGA_EMBED_GPU_SLOTS',
    ]);
    const all = configKeys.flatMap(variablesOf);
    expect(new Set(all).size).toBe(all.length);
  });

  it('are read as what the setting takes', () => {
    const values = readEnvironment({
      ASYNC_ENABLED: 'off',
      MAX_CONCURRENT_REQUESTS: ' 12 ',
      OMEGA_RUN_KINDS: 'dockerfile, compose',
      ACCEL_TARGET_LAT_MS: '2.5',
      OMEGA_UI_THEME: '',
    });
    const parsed = [...values].map(([key, { value }]) => [key, value?.parsed]);
    expect(Object.fromEntries(parsed)).toEqual({
      'async.enabled': false,
      'async.concurrency': 12,
      'run.kinds': ['dockerfile', 'compose'],
      'acceleration.targetLatencyMs': 2.5,
    });
  });

  it('that cannot be used are not guessed at', () => {
    expect(parseText('async.concurrency', '4 jobs')).toBeNull();
    expect(parseText('async.concurrency', '1e9')).toBeNull();
    expect(parseText('async.concurrency', '')).toBeNull();
    expect(parseText('async.enabled', 'toString')).toBeNull();
    expect(parseText('run.kinds', 'dockerfile,helmet')).toBeNull();
  });
});
