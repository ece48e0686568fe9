import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { spawnStandIn } from '../stand-ins/spawn-stand-in.ts';
import { test as base } from './support/app.ts';
import { nodeService, writeProject } from './support/projects.ts';
import { addProject, chooseArtifacts } from './support/workbench.ts';

/** The right key of the stand-in, and one that it refuses. */
const [right, wrong] = ['stand-in-key', 'wrong-key-of-a-test'];

/** The app beside a stand-in that speaks as OpenAI and Ollama do. */
const test = base.extend<{ standIn: Awaited<ReturnType<typeof spawnStandIn>> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this.
  standIn: async ({}, use) => {
    await using standIn = await spawnStandIn({ latencyMs: 300 });
    await use(standIn);
  },
  env: async ({ standIn }, use) => {
    await use({
      OPENAI_API_KEY: '',
      OMEGA_PROVIDERS_OPENAI_URL: standIn.urls.openai,
      OMEGA_PROVIDERS_OLLAMA_URL: standIn.urls.ollama,
    });
  },
});

const sidebar = (page: Page) => page.getByRole('complementary', { name: 'Controls' });

async function choose(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: 'Provider', exact: true }).click();
  await page.getByRole('option', { name }).click();
}

async function setKey(page: Page, key: string): Promise<void> {
  const box = page.getByLabel('Key of OpenAI');
  await box.fill(key);
  await page.keyboard.press('Enter');
  await expect(box).toBeHidden();
}

async function testConnection(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Test connection' }).click();
}

test('a wrong key is named as such, a right one brings the models, and no key is ever shown', async ({
  page,
  app,
}) => {
  await choose(page, /^OpenAI\s*Needs a key/);
  await expect(page.getByRole('button', { name: 'Test connection' })).toBeDisabled();
  await setKey(page, wrong);
  await testConnection(page);
  await expect(
    sidebar(page)
      .getByText(/refuses the key \(401\)/)
      .first(),
  ).toBeVisible();

  await page.getByRole('button', { name: 'Replace key' }).click();
  await setKey(page, right);
  await testConnection(page);
  await expect(sidebar(page).getByText(/^Answered in .* with 2 models$/)).toBeVisible();
  await page.getByRole('combobox', { name: 'Model' }).click();
  await page.getByRole('option', { name: /^gpt-4.1-mini/ }).click();
  await expect(sidebar(page).getByText(/per million tokens/)).toBeVisible();
  expect(await readFile(join(app.home, 'config.yaml'), 'utf8')).toContain('gpt-4.1-mini');
  for (const key of [right, wrong]) expect(await page.content()).not.toContain(key);

  await page.getByRole('button', { name: 'Delete key' }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(sidebar(page).getByText('No key yet')).toBeVisible();
});

test('a provider that does not answer is marked, and says what to do', async ({
  page,
  standIn,
}) => {
  await standIn.close();
  await page.getByRole('combobox', { name: 'Provider', exact: true }).click();
  await expect(page.getByRole('option', { name: /^Ollama\s*Not reachable/ })).toBeVisible();
  await page.getByRole('option', { name: /^Ollama/ }).click();
  await testConnection(page);
  await expect(
    sidebar(page)
      .getByText(/^No answer: /)
      .first(),
  ).toBeVisible();
});

test('what will be sent is shown before anything is, without the secrets of the source', async ({
  page,
  app,
  standIn,
}) => {
  const secret = `AKIA${'Q3EGZX7KPLM2WNVT'}`;
  const root = await writeProject(join(app.folder, 'shop'), {
    ...nodeService('shop', 8093),
    'config.js': `module.exports = { accessKeyId: '${secret}' };\n`,
  });
  await addProject(page, root);
  await choose(page, /^Ollama/);
  await standIn.clearLog();
  await sidebar(page).getByRole('button', { name: 'Show what will be sent' }).click();
  const dialog = page.getByRole('dialog', { name: 'What will be sent' });
  await expect(dialog.getByRole('region', { name: 'Files that it carries' })).toContainText(
    'server.js',
  );
  await expect(dialog.locator('[data-preview="tokens"]')).toBeVisible();
  await expect(dialog.getByRole('region', { name: 'What was blacked out' })).toContainText(
    'config.js:1',
  );
  expect(await dialog.textContent()).not.toContain(secret);
  const asked = (await standIn.log()).filter(({ request }) => request !== null);
  expect(asked).toEqual([]);
});

test('a run of a model is answered from the cache the second time, and asked anew on demand', async ({
  page,
  app,
  standIn,
}) => {
  const root = await writeProject(join(app.folder, 'shop'), nodeService('shop', 8094));
  await addProject(page, root);
  await chooseArtifacts(page, ['Dockerfile']);
  await choose(page, /^Ollama/);
  const asked = async () => (await standIn.log()).filter(({ request }) => request !== null).length;
  const cached = page.locator('[data-run-figure="cached"]');
  const generate = async () => {
    await page.getByRole('button', { name: 'Generate' }).click();
    await expect(page.getByRole('table', { name: 'Jobs' }).getByText('Done')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Generate' })).toBeEnabled();
  };
  await generate();
  await expect(cached).toHaveAttribute('data-value', '0');
  const first = await asked();
  expect(first).toBeGreaterThan(0);
  await generate();
  await expect(cached).not.toHaveAttribute('data-value', '0');
  expect(await asked()).toBe(first);
  const cache = page.getByRole('region', { name: '💾 Cache' });
  await expect(cache.locator('[data-cache="entries"]')).not.toHaveAttribute('data-value', '0');

  await cache.getByRole('checkbox', { name: /^Force refresh next run/ }).check();
  await generate();
  expect(await asked()).toBeGreaterThan(first);
  await expect(cache.getByRole('checkbox', { name: /^Force refresh/ })).not.toBeChecked();

  await cache.getByRole('button', { name: 'All' }).click();
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(cache.locator('[data-cache="entries"]')).toHaveAttribute('data-value', '0');
});
