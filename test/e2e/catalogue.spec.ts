import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './support/app.ts';
import { nodeService, writeProject } from './support/projects.ts';
import { addProject, editor, openFile } from './support/workbench.ts';

const printed = `NAMESPACE  POD                   NAME  CPU(cores)  MEMORY(bytes)
shop       shop-6d5f9c7b8d-abcde shop  310m        730Mi`;

test('every kind is made for the chosen cluster and cloud, sized by figures that were pasted', async ({
  page,
  app,
}) => {
  test.slow();
  await addProject(page, await writeProject(join(app.folder, 'shop'), nodeService('shop', 8083)));
  const controls = page.getByRole('complementary', { name: 'Controls' });
  const choose = async (label: string, option: string) => {
    await controls.getByRole('combobox', { name: label }).click();
    await page.getByRole('option', { name: option }).click();
  };
  await controls.getByRole('button', { name: 'All kinds' }).click();
  await choose('Cluster', 'GKE');
  await choose('Cloud', 'Google Cloud');

  await controls.getByRole('button', { name: 'Paste…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('nothing that was measured');
  await dialog.getByRole('button', { name: 'Use' }).click();
  await expect(dialog.getByRole('alert')).toContainText('no figure of CPU or memory');
  await dialog.getByRole('textbox').fill(printed);
  await dialog.getByRole('button', { name: 'Use' }).click();
  await expect(dialog.getByRole('row', { name: /^shop 310 m 730 Mi/ })).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('button', { name: 'Generate' }).click();
  const header = page.locator('[data-run]');
  await expect(header).toHaveAttribute('data-state', 'completed', { timeout: 90_000 });
  await expect(page.locator('dl, section').getByText('Errors').locator('..')).toContainText('0');
  await page.getByRole('button', { name: /^Review \d/ }).click();
  const filter = page.getByRole('searchbox', { name: 'Filter the files by path' });
  await filter.fill('k8s');
  await openFile(page, 'k8s/shop.yaml');
  const manifest = editor(page, 'k8s/shop.yaml');
  await expect(manifest).toContainText('Google service account');
  await manifest.click();
  // Only lines in sight are drawn.
  await expect
    .poll(async () => {
      await page.keyboard.press('PageDown');
      return manifest.innerText();
    })
    .toMatch(/measured/i);
  await filter.fill('terraform');
  await openFile(page, 'terraform/gcp/services.tf');
  await expect(editor(page, 'terraform/gcp/services.tf')).toContainText('shop');
});
