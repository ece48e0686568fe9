import { expect } from '@playwright/test';
import { faintTexts } from './support/accessibility.ts';
import { test } from './support/app.ts';
import { chooseTheme } from './support/workbench.ts';

for (const theme of ['Light', 'Dark'] as const) {
  test(`the sidebar says how the warm-up ended, and why, ${theme.toLowerCase()}`, async ({
    page,
  }) => {
    await chooseTheme(page, theme);
    // With the model it ends as done, without it as failed, on a small machine as skipped.
    const status = page
      .getByRole('status')
      .filter({ hasText: /^Warm(ed up|-up (failed|skipped))/ });
    await expect(status).toBeVisible({ timeout: 45_000 });
    await expect(page.locator('html')).toHaveAttribute(
      'data-mantine-color-scheme',
      theme.toLowerCase(),
    );
    await expect.poll(() => faintTexts(page)).toEqual([]);
    await status.hover();
    await expect(page.getByRole('tooltip')).toContainText(/first calls|setup\.mjs|memory/);
    // Who comes after its events is told as well.
    await page.reload();
    await expect(status).toBeVisible();
  });
}
