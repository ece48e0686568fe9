import { describe, expect, it } from 'vitest';
import { readEnvironment } from '#main/core/config/environment.ts';
import { profileWarnings } from '#main/core/config/profile-warnings.ts';
import { readFileValues } from '#main/core/config/read-file-values.ts';
import { resolveConfig } from '#main/core/config/resolve-config.ts';

function warnings(file: object, env: Record<string, string> = {}) {
  const { values } = readFileValues(file, new Map());
  return profileWarnings(resolveConfig(values, readEnvironment(env))).map(({ field }) => field);
}

describe('the profiles', () => {
  it('let development be', () => {
    expect(warnings({ healthMonitor: { enabled: false } })).toEqual([]);
  });

  it('warn in production of sections that nobody looked at', () => {
    const looked = { resources: { maxRssMb: 900 }, memory: { autoConsolidate: true } };
    expect(
      warnings({ ...looked, runtime: { profile: 'production' } }, { MAX_CONCURRENT_REQUESTS: '8' }),
    ).toEqual(['healthMonitor', 'retryPolicy']);
  });

  it('warn in production of health checks that are off', () => {
    expect(
      warnings({ healthMonitor: { enabled: false } }, { OMEGA_RUNTIME_PROFILE: 'production' }),
    ).toContain('healthMonitor.enabled');
  });
});
