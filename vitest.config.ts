import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts', 'test/integration/**/*.test.ts'],
    pool: 'forks',
    // Vitest leaves one processor free; most of these tests wait for processes of their own.
    maxWorkers: '100%',
    // Ten times what the slowest takes: a loaded machine is no fault of what is tested.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
