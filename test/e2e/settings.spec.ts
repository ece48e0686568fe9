import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './support/app.ts';
import { chooseTheme } from './support/workbench.ts';

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
  await expect(slider).toHaveAttribute('aria-valuenow', '6');
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
    '6',
  );
  // And the first page hears of the change without a reload.
  await expect(async).toBeChecked();
  await other.close();
});

test('a preset moves the slider, and batch mode brings its size; both are kept', async ({
  page,
  app,
}) => {
  const slider = page.getByRole('slider', { name: 'Concurrency' });
  await page.getByText('Aggressive 5').click();
  await expect(slider).toHaveAttribute('aria-valuenow', '5');
  await expect(page.getByRole('radio', { name: 'Aggressive 5' })).toBeChecked();
  await page.getByRole('switch', { name: 'Batch mode' }).click();
  const size = page.getByRole('textbox', { name: 'Files in a request' });
  await size.fill('9');
  await page.keyboard.press('Enter');
  // A page that is left at once takes what it has not sent yet along.
  await expect.poll(() => readFile(join(app.home, 'config.yaml'), 'utf8')).toContain('size: 9');
  await page.reload();
  await expect(slider).toHaveAttribute('aria-valuenow', '5');
  await expect(page.getByRole('switch', { name: 'Batch mode' })).toBeChecked();
  await expect(size).toHaveValue('9');
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
  await chooseTheme(page, 'Dark');
  const root = page.locator('html');
  await expect(root).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.reload();
  await expect(root).toHaveAttribute('data-mantine-color-scheme', 'dark');
});

test('an edit of the file moves the controls; a wrong one is named until it is mended', async ({
  page,
  app,
}) => {
  const slider = page.getByRole('slider', { name: 'Concurrency' });
  await expect(slider).toBeVisible();
  const file = join(app.home, 'config.yaml');
  await writeFile(file, 'async:\n  concurrency: 12\n');
  await expect(slider).toHaveAttribute('aria-valuenow', '12');
  await writeFile(file, 'async:\n  concurrency: many\n');
  const notice = page.getByText('async.concurrency: It takes a whole number from 1 to 32.');
  await expect(notice).toBeVisible();
  await expect(slider).toHaveAttribute('aria-valuenow', '12');
  await writeFile(file, 'async:\n  concurrency: 3\n');
  await expect(slider).toHaveAttribute('aria-valuenow', '3');
  await expect(notice).toBeHidden();
});

test.describe('where the environment sets a value', () => {
  test.use({ env: { MAX_CONCURRENT_REQUESTS: '6' } });
  test('its control shows it and says why it cannot be moved', async ({ page }) => {
    await expect(page.getByText('Set by the variable MAX_CONCURRENT_REQUESTS')).toBeVisible();
    await expect(page.getByText('6 jobs', { exact: true })).toBeVisible();
    // A slider that cannot be moved has no thumb to move.
    await expect(page.getByRole('slider', { name: 'Concurrency' })).toHaveCount(0);
  });
});
