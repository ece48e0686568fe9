import { join } from 'node:path';
import { expect } from '@playwright/test';
import { callsOf, chooseProvider, startRun, test } from './support/model-app.ts';
import { nodeService, writeProject } from './support/projects.ts';
import { addProject, chooseArtifacts, openFile } from './support/workbench.ts';

test.use({
  settings: {
    OPENAI_API_KEY: 'stand-in-key',
    OMEGA_ASYNC_ENABLED: 'false',
    OMEGA_PROVIDERS_REPAIR_ROUNDS: '0',
    OMEGA_LOOPS_ENABLE_REACTIVE: 'false',
  },
  behaviour: { answer: 'malformed-dockerfile' },
});

/** Catches a price that costs are not reckoned by, a budget that does not stop, and a swap that loses a file. */
test('a price of one’s own counts to the budget, which pauses and is raised; files are swapped both ways', async ({
  page,
  app,
  standIn,
}) => {
  const services = ['a', 'b', 'c'].map((name, at) => nodeService(name, 8200 + at, `${name}/`));
  const root = await writeProject(join(app.folder, 'shop'), Object.assign({}, ...services));
  await addProject(page, root);
  await chooseArtifacts(page, ['Dockerfile']);
  await chooseProvider(page, 'OpenAI');
  const sidebar = page.getByRole('complementary', { name: 'Controls' });

  await sidebar.getByRole('button', { name: 'Prices' }).click();
  const prices = page.getByRole('dialog', { name: 'Prices' });
  const row = prices.locator('[data-price="gpt-4.1"]');
  await expect(row).toContainText('Built in');
  await row.getByRole('button', { name: 'Edit the price of gpt-4.1' }).click();
  await row.getByRole('textbox', { name: /^Input price/ }).fill('2000');
  await row.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText('Yours');
  await page.keyboard.press('Escape');
  await sidebar.getByText('Parameters', { exact: true }).click();
  await sidebar.getByRole('textbox', { name: 'Budget per run (US$)' }).fill('1');
  await page.keyboard.press('Tab');

  const header = await startRun(page);
  await expect(header).toHaveAttribute('data-state', 'paused');
  const paused = page.getByRole('region', { name: 'Paused' });
  await expect(paused).toContainText('budget of $1.00');
  const before = (await callsOf(standIn)).length;
  expect(before).toBeLessThan(services.length);
  // The narrowest window that the desktop gives: labels of the counts must not lie over each other.
  await page.setViewportSize({ width: 720, height: 600 });
  const labels = page.locator('[aria-label="Counts"] dt, [aria-label="What models took"] dt');
  const tooWide = () =>
    labels.evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).length);
  expect(await tooWide()).toBe(0);
  await page.setViewportSize({ width: 1280, height: 720 });
  await paused.getByRole('textbox', { name: 'Budget of this run (US$)' }).fill('1000');
  await paused.getByRole('button', { name: 'Resume' }).click();
  await expect(header).toHaveAttribute('data-state', 'completed');
  expect((await callsOf(standIn)).length).toBe(services.length);

  await page.getByRole('tab', { name: 'Review' }).click();
  await openFile(page, 'a/Dockerfile');
  const file = page.getByRole('region', { name: 'a/Dockerfile', exact: true });
  const bar = page.getByRole('region', { name: 'Another file for this path' });
  await expect(file).toContainText('FORM node');
  await bar.getByRole('button', { name: "Take the blueprint's file" }).click();
  await expect(file).not.toContainText('FORM node');
  await expect(file).toContainText('FROM node');
  await bar.getByRole('button', { name: "Take the model's file back" }).click();
  await expect(file).toContainText('FORM node');
});
