import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './support/app.ts';
import { nodeService, writeProject } from './support/projects.ts';
import { addProject, chooseArtifacts, editor, openFile } from './support/workbench.ts';

/** No final newline and foreign line ends: an undo must bring exactly these bytes back. */
const handmade = 'FROM node:18\r\nCOPY . .\r\nCMD ["node", "server.js"]';

const digest = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

test('a file is generated, edited, accepted, written, and undone to the byte', async ({
  page,
  app,
}) => {
  const root = await writeProject(join(app.folder, 'shop'), {
    ...nodeService('shop', 8083),
    Dockerfile: handmade,
  });
  const file = join(root, 'Dockerfile');
  const before = await digest(file);
  await addProject(page, root);
  await chooseArtifacts(page, ['Dockerfile']);
  await page.getByRole('button', { name: 'Generate' }).click();
  await expect(page.getByRole('table', { name: 'Jobs' })).toBeVisible();
  await page.getByRole('button', { name: /^Review \d/ }).click();

  await openFile(page, 'Dockerfile');
  await expect(page.getByText('On disk', { exact: true })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Dockerfile on disk' })).toContainText(
    'FROM node:18',
  );
  await editor(page, 'Dockerfile').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\n# checked by hand');
  await expect(page.getByText(/Edited by you/)).toBeVisible();
  expect(await digest(file), 'an edit alone must not touch the disk').toBe(before);

  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await page.getByRole('button', { name: 'Write 1 accepted file' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('status')).toContainText('1 left out until you allow');
  await expect(dialog.getByRole('button', { name: 'Write 0 files' })).toBeDisabled();
  await dialog.getByRole('switch', { name: /^Overwrite/ }).click();
  await dialog.getByRole('button', { name: 'Write 1 file', exact: true }).click();
  await expect(dialog.getByText('written', { exact: true })).toBeVisible();
  const written = await readFile(file, 'utf8');
  // The author's own file, with what makes it safer.
  expect(written).toMatch(/^FROM node:18\r?\n/);
  expect(written).toMatch(/^USER 1000:1000\r?$/m);
  expect(written.trimEnd().endsWith('# checked by hand')).toBe(true);

  await dialog.getByRole('button', { name: 'Undo' }).click();
  await expect(dialog.getByText('1 file put back')).toBeVisible();
  expect(await digest(file)).toBe(before);
});

test('undo takes new files away, and refuses with the diff where a file changed since', async ({
  page,
  app,
}) => {
  const root = await writeProject(join(app.folder, 'fresh'), nodeService('fresh', 8084));
  await addProject(page, root);
  await chooseArtifacts(page, ['Dockerfile']);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: /^Review \d/ }).click();
  await page.getByRole('button', { name: /^Accept all without errors \(/ }).click();
  await page.getByRole('button', { name: /^Write \d+ accepted/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /^Write \d+ file/ }).click();
  await dialog.getByRole('button', { name: 'Done', exact: true }).click();
  const file = join(root, 'Dockerfile');
  expect(existsSync(file)).toBe(true);

  await writeProject(root, { Dockerfile: `${await readFile(file, 'utf8')}# mine now\n` });
  await page.getByRole('tab', { name: 'History' }).click();
  const card = page.getByRole('article', { name: 'Write to fresh' });
  await card.getByRole('button', { name: 'Undo' }).click();
  await expect(card.getByText(/left alone/)).toBeVisible();
  await expect(card.getByText('+# mine now')).toBeVisible();
  expect(await readFile(file, 'utf8')).toContain('# mine now');
});

test('keys move through the files and decide on them', async ({ page, app }) => {
  const root = await writeProject(join(app.folder, 'keys'), nodeService('keys', 8085));
  await addProject(page, root);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: /^Review \d/ }).click();
  const files = page.getByRole('navigation', { name: 'Proposed files' });
  const current = files.locator('[aria-current]');
  await expect(current).toHaveCount(1);
  const first = await current.getAttribute('title');
  await page.keyboard.press('j');
  await expect(current).not.toHaveAttribute('title', first ?? '');
  await page.keyboard.press('k');
  await expect(current).toHaveAttribute('title', first ?? '');
  await page.keyboard.press('a');
  const state = page.getByRole('status', { name: 'State of the review' });
  await expect(state).toContainText('1 accepted');
  await page.keyboard.press('r');
  await expect(state).toContainText('1 rejected');
  // Nothing may be decided behind a dialog.
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('a');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(state).toContainText('1 accepted');
});

test('a batch runs over the ticked projects and says which of them failed', async ({
  page,
  app,
}) => {
  const good = await writeProject(join(app.folder, 'good'), nodeService('good', 8086));
  const gone = await writeProject(join(app.folder, 'gone'), nodeService('gone', 8087));
  await addProject(page, good);
  await addProject(page, gone);
  await rm(gone, { recursive: true });
  for (const name of ['good', 'gone']) {
    await page.getByRole('checkbox', { name: `Select ${name} for a batch run` }).check();
  }
  await expect(page.getByText('2 projects × 3 artifacts')).toBeVisible();
  await page.getByRole('button', { name: 'Generate' }).click();
  const failed = page.getByRole('region', { name: 'Projects that failed' });
  await expect(failed).toContainText(gone);
  await expect(failed).not.toContainText(good);
  await expect(page.getByRole('table', { name: 'Jobs' }).getByText('Done').first()).toBeVisible();
});
