import { expect } from '@playwright/test';
import { hasModel } from '../support/model.ts';
import { faintTexts, namelessControls, repeatedIds } from './support/accessibility.ts';
import { test } from './support/app.ts';

/** Opening the model and the index takes seconds, on a machine that may be busy. */
const trialMs = 60_000;

test('the runtime says how each of its parts is, and tries those that sleep', async ({ page }) => {
  test.setTimeout(2 * trialMs);
  const machine = page.getByRole('region', { name: 'Machine' });
  await machine.getByRole('button', { name: 'Runtime' }).click();
  const dialog = page.getByRole('dialog', { name: 'Runtime' });
  const parts = dialog.getByRole('region', { name: 'Parts of the runtime' });
  const part = (name: string) => parts.getByRole('listitem').filter({ hasText: name });
  await expect(part('Store').getByText('healthy')).toBeVisible({ timeout: trialMs });
  await expect(dialog.getByRole('region', { name: 'What the app takes' })).toContainText('MB');
  if (hasModel) {
    await dialog.getByRole('button', { name: 'Try all' }).click();
    for (const name of ['Embeddings', 'Search by meaning']) {
      await expect(part(name).getByText('healthy', { exact: true })).toBeVisible({
        timeout: trialMs,
      });
    }
  }
  expect(await namelessControls(page)).toEqual([]);
  expect(await repeatedIds(page)).toEqual([]);
  await expect.poll(() => faintTexts(page)).toEqual([]);
});

test.describe('with a limit that nothing can keep', () => {
  test.use({
    env: { OMEGA_RESOURCES_MAX_RSS_MB: '1', OMEGA_HEALTH_MONITOR_CHECK_INTERVAL_SECS: '0.2' },
  });

  test('it is degraded, at once and in words', async ({ page }) => {
    const machine = page.getByRole('region', { name: 'Machine' });
    await expect(machine.getByText('Degraded')).toBeVisible({ timeout: trialMs });
    await machine.getByRole('button', { name: 'Runtime' }).click();
    const dialog = page.getByRole('dialog', { name: 'Runtime' });
    await expect(dialog.getByText(/more than 1/)).toBeVisible();
    await expect.poll(() => faintTexts(page)).toEqual([]);
  });
});
