import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, type Page } from '@playwright/test';
import type { App } from './support/app.ts';
import { callsOf, chooseProvider, generate, runFigure, test } from './support/model-app.ts';
import { nodeService, writeProject } from './support/projects.ts';
import { addProject, chooseArtifacts } from './support/workbench.ts';

test.use({ settings: { OPENAI_API_KEY: 'stand-in-key' } });

const panel = (page: Page) => page.getByRole('region', { name: 'Cache', exact: true });

async function held(page: Page, name: 'entries' | 'bytes' | 'hitRate'): Promise<number> {
  return Number(await panel(page).locator(`[data-cache="${name}"]`).getAttribute('data-value'));
}

/** What the command line says of the same data folder. */
async function statsByCommandLine(app: App): Promise<Record<string, unknown>> {
  const env = { ...process.env, OMEGA_HOME: app.home };
  const args = ['scripts/omega.mjs', 'cache', 'stats', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  return JSON.parse(stdout) as Record<string, unknown>;
}

async function clear(page: Page, what: string): Promise<void> {
  await panel(page).getByRole('button', { name: what, exact: true }).click();
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
}

test('what was answered once is answered from the cache, unless it is off or a refresh is forced', async ({
  page,
  app,
  standIn,
}) => {
  const root = await writeProject(join(app.folder, 'shop'), {
    ...nodeService('a', 8111, 'services/a/'),
    ...nodeService('b', 8112, 'services/b/'),
  });
  await addProject(page, root);
  await chooseArtifacts(page, ['Dockerfile', 'Kubernetes']);
  await chooseProvider(page, 'OpenAI');
  await generate(page);
  expect(await callsOf(standIn)).toHaveLength(4);
  expect(await runFigure(page, 'cached')).toBe(0);

  await generate(page);
  expect(await callsOf(standIn), 'the second run asks nobody').toHaveLength(4);
  expect(await runFigure(page, 'cached')).toBe(4);
  const table = page.getByRole('table', { name: 'Jobs' });
  await expect(table.getByText(', 1 kept')).toHaveCount(4);
  const strip = page.getByRole('region', { name: 'Live indicators' });
  await expect(strip.locator('[data-figure="cacheHits"]')).toHaveAttribute('data-value', '4');
  await expect(strip.locator('[data-figure="cacheMisses"]')).toHaveAttribute('data-value', '4');
  await expect.poll(() => held(page, 'entries')).toBe(4);
  await expect.poll(() => held(page, 'hitRate')).toBe(0.5);
  expect(await statsByCommandLine(app)).toMatchObject({
    entries: await held(page, 'entries'),
    bytes: await held(page, 'bytes'),
  });

  await panel(page)
    .getByRole('checkbox', { name: /^Force refresh next run/ })
    .check();
  await generate(page);
  expect(await callsOf(standIn), 'a forced refresh asks for all').toHaveLength(8);
  await expect(panel(page).getByRole('checkbox', { name: /^Force refresh/ })).not.toBeChecked();
  expect(await held(page, 'entries')).toBe(4);

  await panel(page).getByRole('switch', { name: 'Answer from the cache' }).click();
  await expect(panel(page).getByRole('switch')).not.toBeChecked();
  await generate(page);
  expect(await callsOf(standIn), 'the cache is off').toHaveLength(12);
  await expect(strip.getByText('The cache is off: turn it on')).toBeVisible();
  await strip.getByRole('button', { name: 'Turn on (cache-off)' }).click();
  await expect(panel(page).getByRole('switch')).toBeChecked();
  await expect(strip.getByText('The cache is off: turn it on')).toBeHidden();
});

test('answers are forgotten by project, by provider, and after a restart not at all', async ({
  page,
  app,
  standIn,
}) => {
  for (const name of ['left', 'right']) {
    await addProject(page, await writeProject(join(app.folder, name), nodeService(name, 8113)));
  }
  for (const name of ['left', 'right']) {
    await page.getByRole('checkbox', { name: `Select ${name} for a batch run` }).check();
  }
  await chooseArtifacts(page, ['Dockerfile']);
  await chooseProvider(page, 'OpenAI');
  await generate(page);
  await chooseProvider(page, 'Ollama');
  await generate(page);
  await expect.poll(() => held(page, 'entries')).toBe(4);

  await app.stop();
  await app.start();
  await expect.poll(() => held(page, 'entries')).toBe(4);
  const calls = (await callsOf(standIn)).length;
  await generate(page);
  expect(await callsOf(standIn), 'it survives a restart').toHaveLength(calls);

  // The project that is shown is the one that was added last.
  await clear(page, 'This project');
  await expect.poll(() => held(page, 'entries')).toBe(2);
  await clear(page, 'This provider');
  await expect.poll(() => held(page, 'entries')).toBe(1);
  await generate(page);
  expect(await callsOf(standIn), 'both projects are asked for anew').toHaveLength(calls + 2);
  await clear(page, 'All');
  await expect.poll(() => held(page, 'entries')).toBe(0);
  await expect.poll(() => held(page, 'bytes')).toBe(0);
});
