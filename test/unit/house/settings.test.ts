import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type ConfigSection, configSchema } from '#shared/config.ts';
import { provenSections } from '#test/support/prove-settings.ts';

const top = join(import.meta.dirname, '../..');

/** Sections that do something elsewhere than in the runtime or the api, and the tests that show it. */
const elsewhere: Partial<Record<ConfigSection, string>> = {
  acceleration: 'integration/acceleration/hot-reload.test.ts',
  ui: 'e2e/settings.spec.ts',
};

it('every section of the configuration has its proofs, so that no setting does nothing', () => {
  const files = globSync('integration/**/*.test.ts', { cwd: top });
  const proven = files.flatMap((path) => provenSections(join(top, path)));
  expect(new Set(proven).size).toBe(proven.length);
  const shown = [...proven, ...Object.keys(elsewhere)];
  expect(shown.sort()).toEqual(Object.keys(configSchema.shape).sort());
  for (const path of Object.values(elsewhere)) expect(existsSync(join(top, path)), path).toBe(true);
});
