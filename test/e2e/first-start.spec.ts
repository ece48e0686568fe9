import { expect } from '@playwright/test';
import { faintTexts, namelessControls, repeatedIds } from './support/accessibility.ts';
import { test } from './support/app.ts';
import { chooseTheme } from './support/workbench.ts';

test('a first start shows the facts of the sample, with where each was read', async ({ page }) => {
  const projects = page.getByRole('list', { name: 'Projects' });
  await expect(projects.getByText('Sample', { exact: true })).toBeVisible();
  for (const name of ['api', 'web', 'worker']) {
    await expect(page.getByRole('article', { name, exact: true })).toBeVisible();
  }
  const api = page.getByRole('article', { name: 'api', exact: true });
  await expect(api.getByText('python', { exact: true })).toBeVisible();
  await expect(api.getByText(/^api\/[\w./-]+:\d+$/).first()).toBeVisible();
  await expect(api.getByRole('button', { name: 'Copy start command' })).toBeVisible();
});

test('the hint of a first start stays away once dismissed', async ({ page }) => {
  const hint = page.getByRole('region', { name: 'How it works' });
  await expect(hint).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss how it works' }).click();
  await expect(hint).toBeHidden();
  await page.reload();
  await expect(page.getByRole('article', { name: 'web', exact: true })).toBeVisible();
  await expect(hint).toBeHidden();
});

for (const theme of ['Light', 'Dark'] as const) {
  test(`every control has a name and every text contrast, ${theme.toLowerCase()}`, async ({
    page,
  }) => {
    await expect(page.getByRole('article', { name: 'web', exact: true })).toBeVisible();
    await chooseTheme(page, theme);
    await expect(page.locator('html')).toHaveAttribute(
      'data-mantine-color-scheme',
      theme.toLowerCase(),
    );
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    for (const tab of ['Run', 'Review', 'History', 'Facts']) {
      await page.getByRole('tab', { name: tab }).click();
      await page.getByRole('tabpanel').waitFor();
      expect(await namelessControls(page), tab).toEqual([]);
      expect(await repeatedIds(page), tab).toEqual([]);
      await expect.poll(() => faintTexts(page), tab).toEqual([]);
    }
  });
}

test('? lists the shortcuts, and digits change the panel', async ({ page }) => {
  await expect(page.getByRole('article', { name: 'web', exact: true })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('4');
  await expect(page.getByRole('tab', { name: 'History' })).toHaveAttribute('aria-selected', 'true');
});

test('a lost server is said at once, and the page recovers by itself', async ({ page, app }) => {
  await expect(page.getByRole('article', { name: 'web', exact: true })).toBeVisible();
  await app.stop();
  await expect(page.getByRole('alert').getByText('Connection to Omega lost')).toBeVisible();
  await app.start();
  await expect(page.getByText('Connection to Omega lost')).toBeHidden({ timeout: 20_000 });
  await expect(page.getByRole('article', { name: 'web', exact: true })).toBeVisible();
  // What could not be loaded ahead meanwhile is loaded when it is needed.
  await page.getByRole('tab', { name: 'Review' }).click();
  await expect(page.getByRole('tabpanel')).toContainText(/nothing|no files|generate/i);
});
