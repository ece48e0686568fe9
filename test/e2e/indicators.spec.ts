import { join } from 'node:path';
import { expect } from '@playwright/test';
import { faintTexts, namelessControls, repeatedIds } from './support/accessibility.ts';
import { test } from './support/app.ts';
import { nodeService, writeProject } from './support/projects.ts';
import { addProject, chooseArtifacts } from './support/workbench.ts';

test('the mode is told in the words of the guide, on every panel, and follows its toggle', async ({
  page,
}) => {
  const strip = page.getByRole('region', { name: 'Live indicators' });
  for (const tab of ['Facts', 'Run', 'Review', 'History']) {
    await page.getByRole('tab', { name: tab }).click();
    await expect(strip.getByText('⚡ Async Mode: Enabled', { exact: true })).toBeVisible();
  }
  await page.getByRole('switch', { name: '⚡ Async' }).click();
  await expect(strip.getByText('🔄 Sync Mode', { exact: true })).toBeVisible();
});

test('the strip has all figures with their raw values, and keeps its height on the panels of a run', async ({
  page,
}) => {
  await page.getByRole('tab', { name: 'Run' }).click();
  const strip = page.getByRole('region', { name: 'Live indicators' });
  const names = await strip
    .locator('[data-figure]')
    .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.figure));
  expect(names).toEqual(
    expect.arrayContaining([
      ...['mode', 'inFlight', 'queued', 'allowed', 'limit', 'perSecond', 'p50Ms', 'p95Ms'],
      ...['p99Ms', 'inputTokens', 'outputTokens', 'costUsd', 'cacheHits', 'savedMs', 'syncMs'],
    ]),
  );
  expect(new Set(names).size).toBe(names.length);
  const height = (await strip.boundingBox())?.height;
  await page.getByRole('tab', { name: 'Review' }).click();
  expect((await strip.boundingBox())?.height).toBe(height);
});

test('a run tells what it took and what it would have taken one job after the other', async ({
  page,
  app,
}) => {
  const root = await writeProject(join(app.folder, 'many'), {
    ...nodeService('a', 8091, 'services/a/'),
    ...nodeService('b', 8092, 'services/b/'),
  });
  await addProject(page, root);
  await chooseArtifacts(page, ['Dockerfile', 'Kubernetes']);
  await page.getByRole('button', { name: 'Generate' }).click();
  await expect(page.getByText(/^This run:/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Generate' })).toBeVisible();
  const value = async (name: string) =>
    Number(await page.locator(`[data-run-figure="${name}"]`).getAttribute('data-value'));
  const [wall, sum] = [await value('wallMs'), await value('sumMs')];
  expect(sum).toBeGreaterThanOrEqual(wall);
  expect(await value('factor')).toBeCloseTo(wall === 0 ? 1 : sum / wall, 6);
});

for (const theme of ['Light', 'Dark'] as const) {
  test(`provider, cache and performance are readable and named, ${theme.toLowerCase()}`, async ({
    page,
  }) => {
    await page.getByRole('radiogroup', { name: 'Theme' }).getByText(theme).click({ force: true });
    await page.getByRole('combobox', { name: 'Provider', exact: true }).click();
    await page.getByRole('option', { name: /^OpenAI-compatible/ }).click();
    await page.getByRole('tab', { name: 'Run' }).click();
    await page.getByRole('button', { name: 'Performance' }).click();
    await expect(page.getByRole('dialog', { name: 'Performance' })).toBeVisible();
    expect(await namelessControls(page)).toEqual([]);
    expect(await repeatedIds(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    expect(await faintTexts(page)).toEqual([]);
  });
}
