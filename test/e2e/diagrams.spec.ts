import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import sharp from 'sharp';
import { faintTexts, namelessControls, repeatedIds } from './support/accessibility.ts';
import { test } from './support/app.ts';
import { nodeService, writeProject } from './support/projects.ts';
import { addProject, chooseTheme } from './support/workbench.ts';

const box = (x: number, y: number, name: string) =>
  `<rect x="${x}" y="${y}" width="160" height="64" rx="8" fill="none" stroke="#222"/><text x="${x + 80}" y="${y + 38}" text-anchor="middle" font-family="sans-serif" font-size="16" fill="#222">${name}</text>`;
/** Dark lines on nothing, as most tools export them. */
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360">${box(40, 60, 'web')}${box(420, 60, 'api')}${box(420, 230, 'postgres')}<path d="M200 92H420M500 124V230" stroke="#222" fill="none"/></svg>`;

async function projectWithDiagrams(folder: string): Promise<string> {
  const root = await writeProject(join(folder, 'drawn'), {
    ...nodeService('drawn', 8090),
    'docs/architecture.svg': drawing,
    'docs/broken.png': 'no image at all',
    'docs/logo.png': 'not shown either',
  });
  const tall = sharp(Buffer.from(drawing)).rotate(90).flatten({ background: '#fff' });
  await writeFile(join(root, 'docs/sequence.png'), await tall.png().toBuffer());
  return root;
}

const isDrawn = (page: Page, path: string) =>
  page
    .getByRole('img', { name: path, exact: true })
    .evaluate((image) => image instanceof HTMLImageElement && image.complete && image.naturalWidth);

test('a project shows its diagrams, and a click enlarges one', async ({ page, app }) => {
  await addProject(page, await projectWithDiagrams(app.folder));
  const diagrams = page.getByRole('region', { name: 'Diagrams' });
  await expect(diagrams.getByRole('listitem')).toHaveCount(3);
  await diagrams.scrollIntoViewIfNeeded();
  await expect.poll(() => isDrawn(page, 'docs/architecture.svg')).toBe(320);
  // A picture that is taller than its card was once cut off at both ends.
  for (const path of ['docs/architecture.svg', 'docs/sequence.png']) {
    await expect.poll(() => isDrawn(page, path)).toBeTruthy();
    const card = await diagrams.getByRole('button', { name: `Enlarge ${path}` }).boundingBox();
    const image = await diagrams.getByRole('img', { name: path, exact: true }).boundingBox();
    expect(image?.y).toBeGreaterThanOrEqual(card?.y ?? Number.NaN);
    expect((image?.y ?? 0) + (image?.height ?? 0)).toBeLessThan((card?.y ?? 0) + 117);
  }
  await expect(
    diagrams.getByRole('img', { name: 'docs/broken.png cannot be shown' }),
  ).toBeVisible();
  await expect(diagrams.getByText('logo.png')).toHaveCount(0);

  await diagrams.getByRole('button', { name: 'Enlarge docs/architecture.svg' }).click();
  const dialog = page.getByRole('dialog', { name: 'docs/architecture.svg' });
  await expect
    .poll(() =>
      dialog
        .getByRole('img', { name: 'docs/architecture.svg' })
        .evaluate((image: HTMLImageElement) => image.naturalWidth),
    )
    .toBe(1600);
});

test('diagrams are reached and left by keyboard alone', async ({ page, app }) => {
  await addProject(page, await projectWithDiagrams(app.folder));
  const first = page.getByRole('button', { name: 'Enlarge docs/architecture.svg' });
  await first.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('1 of 3')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('dialog', { name: 'docs/sequence.png' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(dialog.getByRole('alert').getByText(/convert it to one of them/)).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(dialog.getByText('1 of 3')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(first).toBeFocused();
});

test('a rescan shows the picture that is there now', async ({ page, app }) => {
  const root = await projectWithDiagrams(app.folder);
  await addProject(page, root);
  const image = page.getByRole('img', { name: 'docs/architecture.svg', exact: true });
  const before = await image.getAttribute('src');
  await writeFile(join(root, 'docs/architecture.svg'), drawing.replaceAll('postgres', 'mysql'));
  await page.getByRole('button', { name: 'Rescan' }).click();
  await expect(image).not.toHaveAttribute('src', before ?? '');
});

for (const theme of ['Light', 'Dark'] as const) {
  test(`diagrams and their dialog are legible, ${theme.toLowerCase()}`, async ({ page, app }) => {
    await addProject(page, await projectWithDiagrams(app.folder));
    await chooseTheme(page, theme);
    const look = theme.toLowerCase();
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', look);
    await page.getByRole('region', { name: 'Diagrams' }).scrollIntoViewIfNeeded();
    await expect.poll(() => isDrawn(page, 'docs/architecture.svg')).toBe(320);
    await expect.poll(() => faintTexts(page)).toEqual([]);
    await page.getByRole('button', { name: 'Enlarge docs/architecture.svg' }).click();
    await expect(page.getByRole('dialog').locator('img')).toBeVisible();
    expect(await namelessControls(page)).toEqual([]);
    expect(await repeatedIds(page)).toEqual([]);
    await expect.poll(() => faintTexts(page)).toEqual([]);
  });
}
