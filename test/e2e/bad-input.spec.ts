import { chmod, open, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { faintTexts } from './support/accessibility.ts';
import { test } from './support/app.ts';
import { nodeService, writeProject } from './support/projects.ts';
import { addProject, chooseArtifacts } from './support/workbench.ts';

/** The rows that say what could not be read, each with its path and what to do. */
const problems = (page: Page) => page.getByRole('region', { name: 'Could not be read' });
const row = (page: Page, path: string) =>
  problems(page)
    .locator('dl > div')
    .filter({ has: page.getByRole('term').filter({ hasText: path }) });

test('an empty folder says what Omega looks for, and a run over it that there was nothing', async ({
  page,
  app,
}) => {
  const root = await writeProject(join(app.folder, 'empty'), { '.keep': '' });
  await addProject(page, root);
  await expect(page.getByText('No deployable service found')).toBeVisible();
  await expect(page.getByText(/looks for manifests such as package\.json/)).toBeVisible();
  await page.getByRole('button', { name: 'Generate' }).click();
  const failed = page.getByRole('region', { name: 'Projects that failed' });
  await expect(failed).toContainText(root);
  await expect(failed).toContainText('No deployable service was found');
});

test('a path that is no folder is refused beside the field, and what was typed stays', async ({
  page,
  app,
}) => {
  await writeFile(join(app.folder, 'file.txt'), '');
  const box = page.getByRole('textbox', { name: 'Path of a project to add' });
  for (const [path, says] of [
    [join(app.folder, 'nowhere'), /Not found.*nowhere/],
    [join(app.folder, 'file.txt'), /cannot be used.*file\.txt/],
    ['relative/path', /"relative\/path" is not a whole path/],
  ] as const) {
    await box.fill(path);
    await page.keyboard.press('Enter');
    await expect(page.getByText(says)).toBeVisible();
    await expect(box).toHaveValue(path);
  }
});

test('what the scan could not read is named openly, with what to do', async ({ page, app }) => {
  const outside = await writeProject(join(app.folder, 'outside'), { 'package.json': '{}' });
  const root = await writeProject(join(app.folder, 'broken'), {
    ...nodeService('broken', 8101),
    'json/package.json': '{"name": "x",',
    'toml/pyproject.toml': '[project\nname = ',
    'xml/pom.xml': '<project><artifactId>a</project>',
    'yaml/compose.yaml': 'services:\n  a: [\n',
  });
  await writeFile(join(root, 'json', 'binary.py'), Buffer.from([0, 1, 2, 3]));
  await writeProject(root, { 'latin/keep': '' });
  await writeFile(join(root, 'latin', 'package.json'), Buffer.from('{"name":"caf\xe9"}', 'latin1'));
  await writeProject(root, { 'utf16/keep': '' });
  await writeFile(join(root, 'utf16', 'package.json'), Buffer.from('{"name":"x"}', 'utf16le'));
  await writeProject(root, { 'huge/keep': '' });
  const huge = await open(join(root, 'huge', 'package.json'), 'w');
  await huge.truncate(1024 ** 3);
  await huge.close();
  await symlink(root, join(root, 'loop'));
  await symlink('self', join(root, 'self'));
  await symlink(outside, join(root, 'out'));
  await symlink('gone', join(root, 'dead'));

  await addProject(page, root);
  await expect(page.getByRole('article', { name: 'broken', exact: true })).toBeVisible();
  for (const [path, says] of [
    ['json/package.json', /JSON/],
    ['toml/pyproject.toml', /TOML/],
    ['xml/pom.xml', /XML/],
    ['latin/package.json', /save it as UTF-8/],
    ['utf16/package.json', /save it as UTF-8/],
    ['huge/package.json', /larger than/],
    ['self', /leads to itself: remove it/],
    ['out', /link out of the project/],
    ['dead', /leads nowhere: remove it/],
  ] as const) {
    await expect(row(page, path).getByRole('definition').filter({ hasText: says })).toBeVisible();
  }
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await expect.poll(() => faintTexts(page), scheme).toEqual([]);
  }
  // A link within the project is read at its target and is nothing to mend.
  await expect(row(page, 'loop')).toHaveCount(0);
});

test('names with spaces, quotes, line breaks and other alphabets are found, shown and written', async ({
  page,
  app,
}) => {
  const names = ['with space', 'it\'s "quoted"', 'naïve-日本-🚀', 'two\nlines'];
  const files = names.map((name, at) => nodeService(`odd${at}`, 8110 + at, `${name}/`));
  const root = await writeProject(join(app.folder, 'odd names'), Object.assign({}, ...files));
  await addProject(page, root);
  for (const at of names.keys()) {
    await expect(page.getByRole('article', { name: `odd${at}`, exact: true })).toBeVisible();
  }
  await chooseArtifacts(page, ['Dockerfile']);
  await page.getByRole('button', { name: 'Generate' }).click();
  // No Dockerfile can hold a line break in a path: that job says so, and the others go on.
  const failed = page.getByRole('region', { name: 'Jobs that failed' });
  await expect(failed).toContainText(/Dockerfile of odd3.*"two\\nlines".*Rename the folder/);
  await page.getByRole('button', { name: /^Review \d/ }).click();
  await page.getByRole('button', { name: /^Accept all without errors \(/ }).click();
  await page.getByRole('button', { name: /^Write \d+ accepted/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /^Write \d+ file/ }).click();
  await expect(dialog.getByText('written', { exact: true })).toHaveCount(6);
  await expect(dialog.getByText('refused')).toHaveCount(0);
});

test.describe('without permission', () => {
  test.use({ unprivileged: true });

  test('a folder that may not be read is refused with its path; one within is named', async ({
    page,
    app,
  }) => {
    test.skip(process.platform === 'win32', 'permission bits are of POSIX systems');
    const closed = await writeProject(join(app.folder, 'closed'), nodeService('closed', 8120));
    const partly = await writeProject(join(app.folder, 'partly'), {
      ...nodeService('partly', 8121),
      ...nodeService('hidden', 8122, 'hidden/'),
      'secret/package.json': '{}',
    });
    await chmod(join(partly, 'hidden'), 0o000);
    await chmod(join(partly, 'secret', 'package.json'), 0o000);
    await chmod(closed, 0o000);
    try {
      await page.getByRole('textbox', { name: 'Path of a project to add' }).fill(closed);
      await page.keyboard.press('Enter');
      await expect(page.getByText(/Cannot read this.*closed.*permission/i)).toBeVisible();
      await addProject(page, partly);
      await expect(page.getByRole('article', { name: 'partly', exact: true })).toBeVisible();
      for (const path of ['hidden', 'secret/package.json']) {
        await expect(row(page, path)).toContainText('check its permissions');
      }
    } finally {
      for (const path of [closed, join(partly, 'hidden')]) await chmod(path, 0o755);
    }
  });
});
