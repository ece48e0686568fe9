import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** What Node compiled and stripped of its types: every process that a test starts would do it anew. */
const compiled = join(import.meta.dirname, 'node_modules/.cache/compiled');

/** Tests that leave nothing behind in their process. */
const tidy = ['test/unit/**/*.test.ts', 'test/integration/api/**/*.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    // No test but those of the keyring may ask for the password of the user's own.
    env: { OMEGA_KEYRING: 'off', NODE_COMPILE_CACHE: compiled },
    // Vitest leaves one processor free; most of these tests wait for processes of their own.
    maxWorkers: '100%',
    // Ten times what the slowest takes: a loaded machine is no fault of what is tested.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: tidy,
          // A process for each file would take longer than its tests.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'isolated', include: ['test/integration/**/*.test.ts'], exclude: tidy },
      },
    ],
  },
});
