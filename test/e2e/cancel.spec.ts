import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './support/app.ts';
import { nodeService, writeProject } from './support/projects.ts';
import { addProject } from './support/workbench.ts';

test('cancel stops the run for good, and the long table stays small', async ({ page, app }) => {
  const files: Record<string, string> = {};
  for (let at = 0; at < 400; at++) {
    Object.assign(files, nodeService(`s${at}`, 9000 + at, `services/s${at}/`));
  }
  const root = await writeProject(join(app.folder, 'many'), files);
  await addProject(page, root);
  await expect(page.getByText(/^400 services/)).toBeVisible({ timeout: 30_000 });
  await page.getByRole('switch', { name: 'Async' }).click();
  await page.getByRole('button', { name: 'Generate' }).click();
  const table = page.getByRole('table', { name: 'Jobs' });
  await expect(table).toBeVisible({ timeout: 30_000 });
  expect(await table.getByRole('row').count()).toBeLessThan(100);
  await page.getByRole('button', { name: 'Cancel run' }).click();
  await expect(page.getByRole('button', { name: 'Generate' })).toBeVisible({ timeout: 20_000 });
  const counts = page.getByLabel('Counts');
  await expect(counts).toContainText(/Cancelled[1-9]/);
  await expect(counts).toContainText('Running0');
  const after = await counts.textContent();
  await page.waitForTimeout(800);
  expect(await counts.textContent()).toBe(after);
  await page.reload();
  await page.getByRole('tab', { name: 'Run' }).click();
  await expect(
    page.getByRole('main').getByText('Cancelled', { exact: true }).first(),
  ).toBeVisible();
});
