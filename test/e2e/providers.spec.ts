import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { callsOf, chooseProvider, generate, test } from './support/model-app.ts';
import { nodeService, writeProject } from './support/projects.ts';
import { addProject, chooseArtifacts } from './support/workbench.ts';

/** The right key of the stand-in, and one that it refuses. */
const [right, wrong] = ['stand-in-key', 'wrong-key-of-a-test'];

test.use({ settings: { OPENAI_API_KEY: '' }, behaviour: { latencyMs: 300 } });

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
  await expect
    .poll(() => readFile(join(app.home, 'config.yaml'), 'utf8'))
    .toContain('gpt-4.1-mini');
  const storage = () => JSON.stringify({ ...localStorage, ...sessionStorage });
  for (const seen of [await page.content(), await page.evaluate(storage)]) {
    for (const key of [right, wrong]) expect(seen).not.toContain(key);
  }

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

test('model, temperature and max tokens of the sidebar arrive at the provider', async ({
  page,
  app,
  standIn,
}) => {
  await addProject(page, await writeProject(join(app.folder, 'shop'), nodeService('shop', 8094)));
  await chooseArtifacts(page, ['Dockerfile']);
  await chooseProvider(page, 'Ollama');
  const model = page.getByRole('combobox', { name: 'Model' });
  await model.click();
  await page.getByRole('option', { name: /^llama3.2:latest/ }).click();
  await sidebar(page).getByText('Parameters', { exact: true }).click();
  for (const [label, text] of [
    ['Temperature', '0.7'],
    ['Max tokens', '1234'],
  ] as const) {
    await sidebar(page).getByRole('textbox', { name: label }).fill(text);
    await page.keyboard.press('Enter');
  }
  await expect
    .poll(() => readFile(join(app.home, 'config.yaml'), 'utf8'))
    .toMatch(/maxTokens: 1234/);
  await generate(page);
  const [call] = await callsOf(standIn);
  expect(call?.request).toMatchObject({
    protocol: 'ollama',
    model: 'llama3.2:latest',
    temperature: 0.7,
    maxTokens: 1234,
  });
});

test.describe('with a key in the environment', () => {
  test.use({ settings: { OPENAI_API_KEY: right } });
  test('its variable is named, and once it is kept it is there without the variable', async ({
    page,
    app,
  }) => {
    await chooseProvider(page, 'OpenAI');
    await expect(sidebar(page).getByText('From the variable OPENAI_API_KEY')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Set key' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Keep it here' }).click();
    await expect(page.getByText('Key kept')).toBeVisible();
    await app.stop();
    await app.start({ OPENAI_API_KEY: '' });
    await expect(sidebar(page).getByText('Kept in an encrypted file')).toBeVisible();
    await testConnection(page);
    await expect(sidebar(page).getByText(/^Answered in .* with 2 models$/)).toBeVisible();
    expect(await page.content()).not.toContain(right);
  });
});
