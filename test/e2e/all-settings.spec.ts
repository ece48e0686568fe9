import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { faintTexts, namelessControls, repeatedIds } from './support/accessibility.ts';
import { test } from './support/app.ts';

test.use({ env: { OMEGA_BREAKER_REST_MS: '4000' } });

test('every setting can be found, changed and set back, and says what fixes it', async ({
  page,
  app,
}) => {
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  const search = dialog.getByRole('textbox', { name: 'Search the settings' });
  await search.fill('consolidation interval');
  const interval = dialog.getByRole('textbox', { name: /memory\.consolidationIntervalSecs/ });
  await expect(interval).toHaveValue('3,600');
  await interval.fill('60');
  await interval.press('Enter');
  const file = join(app.home, 'config.yaml');
  await expect
    .poll(() => readFile(file, 'utf8').catch(() => ''))
    .toMatch(/memory:\n {2}consolidationIntervalSecs: 60/);
  await dialog.getByRole('button', { name: /consolidationIntervalSecs back to 3600/ }).click();
  await expect(interval).toHaveValue('3,600');
  await search.fill('OMEGA_BREAKER_REST_MS');
  await expect(dialog.getByRole('textbox', { name: /breaker\.restMs/ })).toBeDisabled();
  await expect(dialog.getByText('OMEGA_BREAKER_REST_MS')).toBeVisible();
  await search.fill('no such words');
  await expect(dialog.getByText('No setting has all of these words.')).toBeVisible();
  await search.fill('');
  await expect(dialog.getByRole('region', { name: 'Health checks' })).toBeVisible();
  expect(await namelessControls(page)).toEqual([]);
  expect(await repeatedIds(page)).toEqual([]);
  await expect.poll(() => faintTexts(page)).toEqual([]);
});
