import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './support/app.ts';
import { nodeService, writeProject } from './support/projects.ts';

test('a project is added by path, shown, and taken off the list', async ({ page, app }) => {
  // A name that would be markup, were it not shown as text.
  const name = 'shop <img src=x onerror=alert(1)> & co';
  const root = await writeProject(join(app.folder, name), nodeService('shop', 8081));
  let asked = false;
  page.on('dialog', (dialog) => {
    asked = true;
    void dialog.dismiss();
  });
  await page.getByRole('textbox', { name: 'Path of a project to add' }).fill(root);
  await page.getByRole('button', { name: 'Add project' }).click();
  await expect(page.getByRole('heading', { name })).toBeVisible();
  const service = page.getByRole('article', { name: 'shop', exact: true });
  await expect(service.getByText('8081', { exact: true })).toBeVisible();
  await page.reload();
  await page.getByRole('list', { name: 'Projects' }).getByText(name).click();
  await expect(service).toBeVisible();
  await page.getByRole('button', { name: `Remove ${name} from the list` }).click({ force: true });
  await expect(page.getByRole('list', { name: 'Projects' }).getByText(name)).toBeHidden();
  expect(asked).toBe(false);
});

test('a path that is not there is refused with what to do', async ({ page, app }) => {
  await page
    .getByRole('textbox', { name: 'Path of a project to add' })
    .fill(join(app.folder, 'not-there'));
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Not found: /)).toBeVisible();
});

test('a project is added by browsing folders', async ({ page, app }) => {
  const root = await writeProject(join(app.folder, 'browsed'), nodeService('browsed', 8082));
  await page.getByRole('button', { name: 'Browse folders' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a project folder' });
  const up = dialog.getByRole('button', { name: 'Up one folder' });
  const path = dialog.locator('.mono');
  // Until the folder is read there is no path, and no way up.
  await expect(path).toHaveText(/^\//);
  for (let shown = await path.textContent(); shown !== '/'; shown = await path.textContent()) {
    await up.click();
    await expect(path).not.toHaveText(shown ?? '');
  }
  for (const part of root.split('/').filter(Boolean)) {
    await dialog.getByRole('button', { name: part, exact: true }).click();
  }
  await expect(dialog.locator('.mono')).toHaveText(root);
  await dialog.getByRole('button', { name: 'Add this folder' }).click();
  await expect(page.getByRole('article', { name: 'browsed', exact: true })).toBeVisible();
});
