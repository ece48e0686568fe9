import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts', 'test/integration/**/*.test.ts'],
    pool: 'forks',
    // No test but those of the keyring may ask for the password of the user's own.
    env: { OMEGA_KEYRING: 'off' },
    // Vitest leaves one processor free; most of these tests wait for processes of their own.
    maxWorkers: '100%',
    // Ten times what the slowest takes: a loaded machine is no fault of what is tested.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
