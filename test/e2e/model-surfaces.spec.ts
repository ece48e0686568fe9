import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { faintTexts, namelessControls, repeatedIds } from './support/accessibility.ts';
import { chooseProvider, startRun, test } from './support/model-app.ts';
import { nodeService, writeProject } from './support/projects.ts';
import { addProject, chooseArtifacts, chooseTheme } from './support/workbench.ts';

test.use({
  settings: { OMEGA_ASYNC_CONCURRENCY: '2', OPENAI_API_KEY: '' },
  behaviour: { latencyMs: 300, tokensPerSecond: 40 },
});

/** No control without a name, no id twice, and no text that is hard to read. */
async function expectReadable(page: Page, what: string): Promise<void> {
  expect(await namelessControls(page), what).toEqual([]);
  expect(await repeatedIds(page), what).toEqual([]);
  await expect.poll(() => faintTexts(page), what).toEqual([]);
}

for (const theme of ['Light', 'Dark'] as const) {
  test(`what models bring to the screen is readable and named, ${theme.toLowerCase()}`, async ({
    page,
    app,
  }) => {
    test.slow();
    await chooseTheme(page, theme);
    const services = [0, 1, 2, 3, 4, 5].map((at) =>
      nodeService(`s${at}`, 9000 + at, `services/s${at}/`),
    );
    await addProject(
      page,
      await writeProject(join(app.folder, 'many'), Object.assign({}, ...services)),
    );
    await chooseArtifacts(page, ['Kubernetes']);
    const sidebar = page.getByRole('complementary', { name: 'Controls' });
    await chooseProvider(page, 'OpenAI');
    await expect(page.getByLabel('Key of OpenAI')).toBeVisible();
    await sidebar.getByText('Parameters', { exact: true }).click();
    await expectReadable(page, 'a provider that needs a key');

    await chooseProvider(page, 'Ollama');
    await sidebar.getByRole('button', { name: 'Show what will be sent' }).click();
    const dialog = page.getByRole('dialog', { name: 'What will be sent' });
    await expect(dialog.getByRole('textbox', { name: 'Prompt' })).toBeVisible();
    expect(await namelessControls(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();

    const header = await startRun(page);
    await page.getByRole('tab', { name: 'Review' }).click();
    await expect(page.getByRole('img', { name: 'Being written' }).first()).toBeVisible();
    await expectReadable(page, 'files that are being written');
    await page.getByRole('tab', { name: 'Run' }).click();
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(header).toHaveAttribute('data-state', 'paused');
    await expectReadable(page, 'a paused run');
  });
}
