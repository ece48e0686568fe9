import { chmod, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { test } from './support/app.ts';
import { mountDisk } from './support/disks.ts';
import { startRun } from './support/model-app.ts';
import { nodeService, writeProject } from './support/projects.ts';
import { addProject, chooseArtifacts, openFile } from './support/workbench.ts';

/** Generates the Dockerfile of a project and its ignore file, and opens the review. */
async function propose(page: Page, root: string): Promise<void> {
  await addProject(page, root);
  await chooseArtifacts(page, ['Dockerfile']);
  await startRun(page);
  await page.getByRole('button', { name: /^Review \d/ }).click();
}

async function close(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
}

async function acceptAndOpenWrite(page: Page) {
  await page.getByRole('button', { name: /^Accept all without errors \(/ }).click();
  await page.getByRole('button', { name: /^Write \d+ accepted/ }).click();
  return page.getByRole('dialog');
}

// Files that are there are replaced, so that each test has something to write.
test.use({ env: { OMEGA_TARGET_EXISTING: 'replace' } });

test('what stands in the place of a file is named, and not lost', async ({ page, app }) => {
  await test.step('a folder is a finding that explains itself', async () => {
    const root = await writeProject(join(app.folder, 'taken'), {
      ...nodeService('taken', 8130),
      'Dockerfile/keep': 'mine',
    });
    await propose(page, root);
    await openFile(page, 'Dockerfile');
    const findings = page.getByRole('region', { name: 'Findings' });
    await expect(findings).toContainText('Dockerfile');
    await findings.getByRole('button', { name: 'omega/target', exact: true }).click();
    const reason = page.getByRole('dialog', { name: 'omega/target' });
    await expect(reason).toContainText('What to do: Move away what is there');
    await page.keyboard.press('Escape');
    await expect(reason).toBeHidden();
    // What is condemned is not accepted with the rest, and what is there stays.
    const dialog = await acceptAndOpenWrite(page);
    await dialog.getByRole('button', { name: 'Write 1 file', exact: true }).click();
    await expect(dialog.getByText('written', { exact: true })).toHaveCount(1);
    expect(await readFile(join(root, 'Dockerfile', 'keep'), 'utf8')).toBe('mine');
    await close(page);
  });

  await test.step('a link is not written through: the file goes beside it', async () => {
    const outside = join(app.folder, 'outside.txt');
    await writeFile(outside, 'mine');
    const root = await writeProject(join(app.folder, 'linked'), nodeService('linked', 8131));
    await symlink(outside, join(root, 'Dockerfile'));
    await propose(page, root);
    await openFile(page, 'Dockerfile.omega');
    const dialog = await acceptAndOpenWrite(page);
    await dialog.getByRole('button', { name: /^Write \d+ file/ }).click();
    await expect(dialog.getByText('written', { exact: true })).toHaveCount(2);
    expect(await readFile(outside, 'utf8')).toBe('mine');
    await close(page);
  });

  await test.step('a read-only file is refused by name, before anything is written', async () => {
    const root = await writeProject(join(app.folder, 'kept'), {
      ...nodeService('kept', 8132),
      Dockerfile: 'FROM scratch\n',
    });
    await chmod(join(root, 'Dockerfile'), 0o444);
    await propose(page, root);
    const dialog = await acceptAndOpenWrite(page);
    await dialog.getByRole('switch', { name: /^Overwrite/ }).click();
    await expect(dialog.getByText(/Dockerfile" cannot be written.*change its perm/)).toBeVisible();
    await dialog.getByRole('button', { name: 'Write 1 file', exact: true }).click();
    await expect(dialog.getByText('written', { exact: true })).toHaveCount(1);
    expect(await readFile(join(root, 'Dockerfile'), 'utf8')).toBe('FROM scratch\n');
  });
});

test('a disk that is read-only or full refuses all, and nothing is lost', async ({ page, app }) => {
  const [sealed, full] = ['sealed', 'full'].map((name) => join(app.folder, name)) as [
    string,
    string,
  ];
  const disks = [await mountDisk(sealed, 400), await mountDisk(full, 200)] as const;
  test.skip(disks.includes(null), 'this user may not mount a disk');
  try {
    await test.step('read-only', async () => {
      await writeProject(sealed, nodeService('sealed', 8133));
      const before = await readdir(sealed);
      await propose(page, sealed);
      disks[0]?.makeReadOnly();
      const dialog = await acceptAndOpenWrite(page);
      await expect(dialog.getByText(/read-only disk \(EROFS\); mount it/)).toHaveCount(2);
      await expect(dialog.getByRole('button', { name: 'Write 0 files' })).toBeDisabled();
      expect(await readdir(sealed)).toEqual(before);
      await close(page);
    });
    await test.step('full: the whole write is taken back, and succeeds once there is room', async () => {
      await writeProject(full, nodeService('full', 8134));
      await propose(page, full);
      const dialog = await acceptAndOpenWrite(page);
      await expect(dialog.getByText('will be written', { exact: true })).toHaveCount(2);
      await writeFile(join(full, 'filler'), Buffer.alloc(1_000_000)).catch(() => undefined);
      const before = await readdir(full);
      await dialog.getByRole('button', { name: 'Write 2 files' }).click();
      const alert = dialog.getByRole('alert');
      await expect(alert).toContainText('The disk is full');
      await expect(alert).toContainText(full);
      await expect(alert).not.toContainText('omega-tmp');
      await expect(alert).toContainText('free some space');
      expect(await readdir(full)).toEqual(before);
      await rm(join(full, 'filler'));
      await dialog.getByRole('button', { name: 'Write 2 files' }).click();
      await expect(dialog.getByText('written', { exact: true })).toHaveCount(2);
      expect(await readFile(join(full, 'Dockerfile'), 'utf8')).toContain('FROM node');
    });
  } finally {
    for (const disk of disks) disk?.unmount();
  }
});

test('leaving the page in the middle of a write leaves all of it or nothing', async ({
  page,
  app,
}) => {
  test.setTimeout(120_000);
  const services = 60;
  const files: Record<string, string> = {};
  for (let at = 0; at < services; at++) {
    Object.assign(files, nodeService(`s${at}`, 9000 + at, `s${at}/`));
  }
  const root = await writeProject(join(app.folder, 'left'), files);
  await propose(page, root);
  await expect(page.getByRole('status', { name: 'State of the review' })).toContainText('120 to');
  for (const wait of [0, 30, 100, 250]) {
    const dialog = await acceptAndOpenWriteAgain(page);
    if (dialog === null) break;
    await dialog.getByRole('button', { name: 'Write 120 files' }).click();
    await page.waitForTimeout(wait);
    await page.reload();
    await page.getByRole('tab', { name: 'Review' }).click();
    // The write has settled when its state in the store and the files agree.
    await expect
      .poll(async () => {
        const names = (await readdir(root, { recursive: true })).map(String);
        const made = names.filter((name) => /\/(?:Dockerfile|\.dockerignore)$/.test(name)).length;
        const staged = names.filter((name) => name.includes('omega-tmp')).length;
        const state = await page.getByRole('status', { name: 'State of the review' }).textContent();
        return `${made} made, ${staged} staged, ${state}`;
      })
      .toMatch(/^(?:0 made, 0 staged, 120 accepted|120 made, 0 staged, 120 written)$/);
  }
});

/** The dialog of a write; null where everything is written already. */
async function acceptAndOpenWriteAgain(page: Page) {
  const state = page.getByRole('status', { name: 'State of the review' });
  const text = (await state.textContent()) ?? '';
  if (text.includes('written')) return null;
  if (text.includes('to review')) return acceptAndOpenWrite(page);
  await page.getByRole('button', { name: /^Write \d+ accepted/ }).click();
  return page.getByRole('dialog');
}

test('a scan that is left or cancelled midway leaves the app as it was', async ({ page, app }) => {
  test.setTimeout(120_000);
  const root = await writeProject(join(app.folder, 'large'), nodeService('large', 8140));
  for (let folder = 0; folder < 80; folder++) {
    await mkdir(join(root, `f${folder}`));
    const names = Array.from({ length: 100 }, (_, at) => join(root, `f${folder}`, `m${at}.js`));
    await Promise.all(names.map((name) => writeFile(name, 'process.env.NAME;\n'.repeat(50))));
  }
  const box = page.getByRole('textbox', { name: 'Path of a project to add' });
  await box.fill(root);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'large', level: 2 })).toBeVisible();
  await page.reload();
  await page.getByRole('list', { name: 'Projects' }).getByText('large').click();
  await page.getByRole('button', { name: 'Cancel scan' }).click();
  const alert = page.getByRole('main').getByRole('alert');
  await expect(alert).toContainText('Cancelled');
  await alert.getByRole('button', { name: /again/ }).click();
  await expect(page.getByRole('article', { name: 'large', exact: true })).toBeVisible({
    timeout: 30_000,
  });
  await page.getByRole('button', { name: 'Generate' }).click();
  await page.getByRole('button', { name: 'Cancel run' }).click();
  await expect(
    page.getByRole('main').getByText('Cancelled', { exact: true }).first(),
  ).toBeVisible();
  expect((await readdir(root)).includes('Dockerfile')).toBe(false);
  await page.getByRole('button', { name: 'Generate' }).click();
  await expect(page.getByRole('button', { name: /^Review \d/ })).toBeVisible({ timeout: 30_000 });
});
