import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** Debian's Chromium where it is installed; otherwise whatever browser Playwright finds. */
const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);

// No test may ask for the password of the user's own keyring.
process.env.OMEGA_KEYRING ??= 'off';
// What Node compiled: each test starts servers of its own, all of the same code.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/compiled');

export default defineConfig({
  testDir: 'test',
  testMatch: ['e2e/**/*.spec.ts', 'desktop/**/*.spec.ts'],
  outputDir: 'test-results',
  timeout: 60_000,
  // What is waited for comes in milliseconds, but not where two browsers and a scan share two processors.
  expect: { timeout: 15_000 },
  workers: 2,
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  use: {
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
    screenshot: 'only-on-failure',
    // Without its film of the page, which takes more of the processor than the page itself.
    trace: { mode: 'retain-on-failure', screenshots: false },
    contextOptions: { reducedMotion: 'reduce' },
  },
});
