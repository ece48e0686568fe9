import { join } from 'node:path';
import { expect } from '@playwright/test';
import { faintTexts, namelessControls, repeatedIds } from './support/accessibility.ts';
import { test } from './support/app.ts';
import { nodeService, writeProject } from './support/projects.ts';
import { addProject, chooseArtifacts, chooseTheme, editor, openFile } from './support/workbench.ts';

test('findings follow an edit, and lead to their line', async ({ page, app }) => {
  const root = await writeProject(join(app.folder, 'edits'), nodeService('edits', 8088));
  await addProject(page, root);
  await chooseArtifacts(page, ['Dockerfile']);
  await page.getByRole('button', { name: 'Generate' }).click();
  await page.getByRole('button', { name: /^Review \d/ }).click();
  await openFile(page, 'Dockerfile');
  const text = editor(page, 'Dockerfile');
  await text.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('FROM node:22\nNONSENSE here\n');
  const findings = page.getByRole('region', { name: 'Findings' });
  const finding = findings.getByRole('button', { name: /Line 2.*NONSENSE/ }).first();
  await expect(finding).toBeVisible();
  await expect(page.locator('.cm-lint-marker-error').first()).toBeVisible();
  await page.keyboard.press('Control+Home');
  await finding.click();
  await expect(text).toBeFocused();
  await expect(page.locator('.cm-activeLine')).toHaveText('NONSENSE here');

  // What is broken is not taken by "accept all", and an edit outlives a reload.
  await page.getByRole('button', { name: /^Accept all without errors/ }).click();
  await expect(page.getByRole('status', { name: 'State of the review' })).toContainText(
    '1 to review',
  );
  await page.reload();
  await page.getByRole('tab', { name: 'Review' }).click();
  await openFile(page, 'Dockerfile');
  await expect(text).toContainText('NONSENSE here');
});

test('an edit that was just typed is in what is accepted', async ({ page, app }) => {
  const root = await writeProject(join(app.folder, 'quick'), nodeService('quick', 8089));
  await addProject(page, root);
  await chooseArtifacts(page, ['Dockerfile']);
  await page.getByRole('button', { name: 'Generate' }).click();
  await page.getByRole('button', { name: /^Review \d/ }).click();
  await openFile(page, 'Dockerfile');
  await editor(page, 'Dockerfile').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText('# last word');
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(page.getByRole('status', { name: 'State of the review' })).toContainText(
    '1 accepted',
  );
  await page.reload();
  await page.getByRole('tab', { name: 'Review' }).click();
  await openFile(page, 'Dockerfile');
  // The editor draws what is seen, and the end of the file may not be.
  await editor(page, 'Dockerfile').click();
  await page.keyboard.press('Control+End');
  await expect(editor(page, 'Dockerfile')).toContainText('# last word');
});

for (const theme of ['Light', 'Dark'] as const) {
  test(`a run under review is readable and named, ${theme.toLowerCase()}`, async ({
    page,
    app,
  }) => {
    const root = await writeProject(join(app.folder, 'look'), {
      ...nodeService('look', 8090),
      Dockerfile: 'FROM node:18\nCOPY . .\nCMD ["node", "server.js"]\n',
    });
    await chooseTheme(page, theme);
    await addProject(page, root);
    await page.getByRole('button', { name: 'Generate' }).click();
    await page.getByRole('button', { name: /^Review \d/ }).waitFor();
    for (const tab of ['Run', 'Review']) {
      await page.getByRole('tab', { name: tab }).click();
      if (tab === 'Review') await openFile(page, 'Dockerfile');
      expect(await namelessControls(page), tab).toEqual([]);
      expect(await repeatedIds(page), tab).toEqual([]);
      await expect.poll(() => faintTexts(page), tab).toEqual([]);
    }
  });
}
