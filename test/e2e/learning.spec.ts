import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { faintTexts, namelessControls } from './support/accessibility.ts';
import { type App, test } from './support/app.ts';
import { nodeService, writeProject } from './support/projects.ts';
import { addProject, chooseArtifacts, editor, openFile } from './support/workbench.ts';

/** Generates the Dockerfile of a new project and opens it for review. */
async function review(page: Page, app: App, name: string, port: number): Promise<void> {
  const root = await writeProject(join(app.folder, name), nodeService(name, port));
  await addProject(page, root);
  await chooseArtifacts(page, ['Dockerfile']);
  await page.getByRole('button', { name: 'Generate' }).click();
  await page.getByRole('button', { name: /^Review \d/ }).click();
  await openFile(page, 'Dockerfile');
}

test('an edit comes back in a like service, says so, and can be forgotten', async ({
  page,
  app,
}) => {
  await review(page, app, 'orders', 8201);
  await expect(page.getByText(/you taught it/)).toHaveCount(0);
  await editor(page, 'Dockerfile').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText('STOPSIGNAL SIGQUIT\n');
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(page.getByRole('status', { name: 'State of the review' })).toContainText(
    '1 accepted',
  );

  await review(page, app, 'billing', 8202);
  await expect(editor(page, 'Dockerfile')).toContainText('STOPSIGNAL SIGQUIT');
  const taught = page.getByText('Uses 1 thing you taught it', { exact: true });
  await taught.click();
  expect(await namelessControls(page)).toEqual([]);
  await expect.poll(() => faintTexts(page)).toEqual([]);
  await page.getByRole('button', { name: 'Forget + STOPSIGNAL SIGQUIT' }).click();
  await expect(page.getByText('Uses 1 thing you taught it, 1 forgotten since')).toBeVisible();
  await expect(editor(page, 'Dockerfile')).toContainText('STOPSIGNAL SIGQUIT');

  await review(page, app, 'carts', 8203);
  await expect(page.getByText(/you taught it/)).toHaveCount(0);
  await expect(editor(page, 'Dockerfile')).not.toContainText('STOPSIGNAL');
});
