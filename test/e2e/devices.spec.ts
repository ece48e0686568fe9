import { expect, type Page } from '@playwright/test';
import { hasModel } from '../support/model.ts';
import { faintTexts, namelessControls, repeatedIds } from './support/accessibility.ts';
import { test } from './support/app.ts';

/** Each trial starts a process, on a machine that may be busy. */
const trialMs = 45_000;

async function openDevices(page: Page) {
  await page.getByRole('button', { name: 'Devices' }).click();
  const dialog = page.getByRole('dialog', { name: 'Devices' });
  const tried = dialog.getByRole('region', { name: 'Devices that were tried' });
  await expect(tried.getByRole('listitem').getByText('CPU')).toBeVisible({ timeout: trialMs });
  return { dialog, tried };
}

test('devices are tried only when asked for, and each says why it does not open', async ({
  page,
}) => {
  test.setTimeout(2 * trialMs);
  const machine = page.getByRole('region', { name: 'Machine' });
  await expect(machine.getByText('Not tried yet')).toBeVisible();
  const { dialog, tried } = await openDevices(page);
  for (const item of await tried.getByRole('listitem').all()) {
    const works = await item.getByRole('img', { name: 'Works', exact: true }).isVisible();
    expect(works || (await item.locator('p').textContent())).toBeTruthy();
  }
  expect(await namelessControls(page)).toEqual([]);
  expect(await repeatedIds(page)).toEqual([]);
  await expect.poll(() => faintTexts(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(machine.getByText('Not tried yet')).toBeHidden();
  await expect(machine.getByRole('button', { name: 'Devices' })).toBeFocused();
});

test('the test shows the device that really computed, and the counters move', async ({ page }) => {
  test.skip(!hasModel, 'The model could not be fetched.');
  test.setTimeout(3 * trialMs);
  const { dialog } = await openDevices(page);
  const counted = dialog.getByRole('region', { name: 'Since the app started' });
  const total = async () => {
    const values = await counted.locator('dd').allTextContents();
    return Number(values[0]) + Number(values[1]);
  };
  expect(await total()).toBe(0);
  await dialog.getByRole('button', { name: 'Test', exact: true }).click();
  const result = dialog.getByRole('region', { name: 'Test', exact: true });
  await expect(result.getByText(/short texts a second, computed on (CPU|GPU)/)).toBeVisible({
    timeout: trialMs,
  });
  await expect.poll(total, { timeout: trialMs }).toBeGreaterThan(0);
});

test('without the model it says how to get it, and there is nothing to test', async ({ page }) => {
  test.skip(hasModel, 'The model is there.');
  test.setTimeout(2 * trialMs);
  const { dialog, tried } = await openDevices(page);
  await expect(tried.getByText(/run: node scripts\/setup\.mjs/).first()).toBeVisible();
  await expect(dialog.getByText('No device computes embeddings')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Test', exact: true })).toBeDisabled();
});
