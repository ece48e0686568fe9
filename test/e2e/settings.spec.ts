import { expect } from '@playwright/test';
import { test } from './support/app.ts';

test('async and concurrency act on change and are kept by the server', async ({
  page,
  app,
  browser,
}) => {
  const slider = page.getByRole('slider', { name: 'Concurrency' });
  const async = page.getByRole('switch', { name: 'Async' });
  await expect(async).toBeChecked();
  await slider.focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuenow', '7');
  await async.click();
  await expect(page.getByText('Turn Async on to run several jobs at once.')).toBeVisible();

  // Another browser has no local storage of this one: what it shows comes from the server.
  const other = await browser.newPage();
  await other.goto(app.address);
  const second = other.getByRole('switch', { name: 'Async' });
  await expect(second).not.toBeChecked();
  await second.click();
  await expect(other.getByRole('slider', { name: 'Concurrency' })).toHaveAttribute(
    'aria-valuenow',
    '7',
  );
  // And the first page hears of the change without a reload.
  await expect(async).toBeChecked();
  await other.close();
});

test('artifacts are chosen by their chips; the last one cannot be taken away', async ({ page }) => {
  const chip = (name: string) => page.getByRole('checkbox', { name, exact: true });
  await expect(chip('Kubernetes')).toBeChecked();
  await page.getByText('Kubernetes', { exact: true }).click();
  await page.getByText('Compose', { exact: true }).click();
  await expect(chip('Dockerfile')).toBeDisabled();
  await page.reload();
  await expect(chip('Compose')).not.toBeChecked();
  await expect(chip('Kubernetes')).not.toBeChecked();
  await expect(chip('Dockerfile')).toBeChecked();
});

test('the theme is kept over a reload', async ({ page }) => {
  await page.getByRole('radiogroup', { name: 'Theme' }).getByText('Dark').click({ force: true });
  const root = page.locator('html');
  await expect(root).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.reload();
  await expect(root).toHaveAttribute('data-mantine-color-scheme', 'dark');
});
