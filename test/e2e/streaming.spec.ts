import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { validFile } from '../stand-ins/answers/valid-file.ts';
import { mostAtOnce } from '../stand-ins/log-figures.ts';
import type { App } from './support/app.ts';
import { mainThreadTasks } from './support/main-thread.ts';
import { callsOf, chooseProvider, startRun, test } from './support/model-app.ts';
import { nodeService, writeProject } from './support/projects.ts';
import { addProject, chooseArtifacts, editor, openFile } from './support/workbench.ts';

const wide = 20;
/** Longest task, in ms, that nobody notices. */
const longTaskMs = 50;

test.use({
  settings: { OMEGA_ASYNC_CONCURRENCY: String(wide) },
  // A manifest has about 300 tokens: it comes in seven seconds.
  behaviour: { latencyMs: 200, tokensPerSecond: 40 },
});

async function addServices(page: Page, app: App): Promise<void> {
  const files: Record<string, string> = {};
  for (let at = 0; at < wide; at++) {
    Object.assign(files, nodeService(`s${at}`, 9000 + at, `services/s${at}/`));
  }
  await addProject(page, await writeProject(join(app.folder, 'many'), files));
  await chooseArtifacts(page, ['Kubernetes']);
  await chooseProvider(page, 'Ollama');
}

test('twenty files are written at once before the eyes, and no task of the page is long', async ({
  page,
  app,
  standIn,
}, testInfo) => {
  await addServices(page, app);
  test.slow();
  const control = await mainThreadTasks(page, () => page.waitForTimeout(5_000));
  await startRun(page);
  await page.getByRole('tab', { name: 'Review' }).click();
  const files = page.getByRole('navigation', { name: 'Proposed files' });
  await expect(files.getByRole('img', { name: 'Being written' }).first()).toBeVisible();
  const path = (await files.locator('button').first().getAttribute('title')) ?? '';
  await openFile(page, path);
  const text = page.getByRole('region', { name: path, exact: true }).locator('.cm-content');
  await expect(text).toBeVisible();
  const lengths: number[] = [];
  const busy = await mainThreadTasks(page, async () => {
    for (let at = 0; at < 6; at++) {
      lengths.push((await text.innerText()).length);
      await page.waitForTimeout(300);
    }
    const active = page.getByRole('img', { name: 'A run is going on' });
    await expect(active).toHaveCount(0, { timeout: 30_000 });
  });
  await openFile(page, path);
  await expect(editor(page, path)).toContainText('kind: Deployment');
  const shown = (await editor(page, path).innerText()).split('\n').map((line) => line.trimEnd());
  expect(shown).toEqual(expect.arrayContaining(validFile(path).split('\n').slice(0, 20)));
  expect(lengths, 'it grows').toEqual(lengths.toSorted((a, b) => a - b));
  expect(new Set(lengths).size).toBeGreaterThan(3);
  expect(mostAtOnce(await callsOf(standIn))).toBe(wide);
  const figures = JSON.stringify({ control, busy });
  testInfo.annotations.push({ type: 'tasks of the page in ms', description: figures });
  expect(busy.longestCpuMs, figures).toBeLessThanOrEqual(longTaskMs);
});

test('cancel closes every connection, and nothing more is asked', async ({
  page,
  app,
  standIn,
}) => {
  await addServices(page, app);
  const header = await startRun(page);
  const running = async () =>
    (await callsOf(standIn)).filter(({ outcome }) => outcome === 'running').length;
  await expect.poll(running).toBe(wide);
  await page.getByRole('button', { name: 'Cancel run' }).click();
  await expect(header).toHaveAttribute('data-state', 'cancelled');
  await expect.poll(running).toBe(0);
  const calls = await callsOf(standIn);
  expect(calls).toHaveLength(wide);
  expect(calls.every(({ outcome }) => outcome === 'aborted')).toBe(true);
  await expect(page.locator('[data-figure="inFlight"]')).toHaveAttribute('data-value', '0');
});

test.describe('a few at once', () => {
  test.use({
    settings: { OMEGA_ASYNC_CONCURRENCY: '2' },
    behaviour: { latencyMs: 700, tokensPerSecond: null },
  });
  test('a paused run asks nothing until it is resumed, and then does the rest', async ({
    page,
    app,
    standIn,
  }) => {
    await addServices(page, app);
    const header = await startRun(page);
    await expect.poll(async () => (await callsOf(standIn)).length).toBeGreaterThanOrEqual(2);
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(header).toHaveAttribute('data-state', 'paused');
    const paused = (await callsOf(standIn)).length;
    expect(paused).toBeLessThan(wide);
    const settled = (await callsOf(standIn)).every(({ endedAt }) => endedAt !== null);
    expect(settled, 'those under way have ended').toBe(true);
    await page.waitForTimeout(1_000);
    expect(await callsOf(standIn), 'nothing is asked while it is paused').toHaveLength(paused);
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect(header).toHaveAttribute('data-state', 'completed', { timeout: 30_000 });
    const prompts = (await callsOf(standIn)).map(({ request }) => request?.prompt);
    expect(prompts).toHaveLength(wide);
    expect(new Set(prompts).size, 'no job is done twice').toBe(wide);
  });
});
