import { basename } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';

const artifacts = ['Dockerfile', 'Compose', 'Kubernetes'] as const;

/** Adds a folder by its path and waits until its facts are shown. */
export async function addProject(page: Page, root: string): Promise<void> {
  const box = page.getByRole('textbox', { name: 'Path of a project to add' });
  await box.fill(root);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: basename(root), level: 2 })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Rescan' })).toBeVisible();
  await box.blur();
}

/** Chooses the colours of the app; the control waits for the settings first. */
export async function chooseTheme(page: Page, theme: 'Light' | 'Dark'): Promise<void> {
  const themes = page.getByRole('radiogroup', { name: 'Theme' });
  await expect(themes.getByRole('radio', { name: theme })).toBeEnabled();
  // Its radio lies under its label.
  await themes.getByText(theme).click({ force: true });
}

/** Chooses exactly these artifacts with the chips of the sidebar. */
export async function chooseArtifacts(
  page: Page,
  wanted: readonly (typeof artifacts)[number][],
): Promise<void> {
  const chips = page.getByRole('complementary', { name: 'Controls' });
  // What is wanted first: the last chip that is on cannot be turned off.
  for (const on of [true, false]) {
    for (const name of artifacts.filter((one) => wanted.includes(one) === on)) {
      const chip = page.getByRole('checkbox', { name, exact: true });
      if ((await chip.isChecked()) !== on) await chips.getByText(name, { exact: true }).click();
      await expect(chip).toBeChecked({ checked: on });
    }
  }
}

/** Opens a proposed file by its path. */
export async function openFile(page: Page, path: string): Promise<void> {
  const files = page.getByRole('navigation', { name: 'Proposed files' });
  await files.locator(`button[title="${path}"]`).click();
  await expect(page.getByRole('region', { name: path, exact: true })).toBeVisible();
}

/** The text field that holds the proposal for a path. */
export function editor(page: Page, path: string): Locator {
  return page.getByRole('textbox', { name: `Proposal for ${path}` });
}
