import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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
  // A file has about 1,000 tokens: it would take fifty seconds.
  behaviour: { latencyMs: 200, tokensPerSecond: 20, answer: 'long' },
  // To take a picture of the page for it is a long task.
  trace: 'off',
});

async function addServices(page: Page, app: App, services: number): Promise<void> {
  const files: Record<string, string> = {};
  for (let at = 0; at < services; at++) {
    Object.assign(files, nodeService(`s${at}`, 9000 + at, `services/s${at}/`));
    const data = Array.from({ length: 400 }, (_, key) => `  key-${key}: "${at}"\n`);
    files[`k8s/s${at}.yaml`] = `apiVersion: v1\nkind: ConfigMap\ndata:\n${data.join('')}`;
  }
  await addProject(page, await writeProject(join(app.folder, 'many'), files));
  await chooseArtifacts(page, ['Kubernetes']);
  await chooseProvider(page, 'Ollama');
}

const files = 'nav[aria-label="Proposed files"]';
const change = `${files} button[data-state]:has([aria-label="Changed file"])`;
const stream = `${files} button:not([data-state])`;

test('twenty are written at once before the eyes; cancel closes every connection; no task of the page is long', async ({
  page,
  app,
  standIn,
}, testInfo) => {
  // Some wait while the first are written, so that files can be opened in mid-stream.
  await addServices(page, app, wide + 16);
  const running = async () =>
    (await callsOf(standIn)).filter(({ outcome }) => outcome === 'running').length;

  await test.step('cancel', async () => {
    const header = await startRun(page);
    await expect.poll(running).toBe(wide);
    await page.getByRole('button', { name: 'Cancel run' }).click();
    await expect(header).toHaveAttribute('data-state', 'cancelled');
    await expect.poll(running).toBe(0);
    const calls = await callsOf(standIn);
    expect(calls, 'nothing more is asked').toHaveLength(wide);
    expect(calls.every(({ outcome }) => outcome === 'aborted')).toBe(true);
    await expect(page.locator('[data-figure="inFlight"]')).toHaveAttribute('data-value', '0');
    await standIn.clearLog();
  });

  const header = await startRun(page);
  const lengths: number[] = [];
  const watching = await mainThreadTasks(page, async () => {
    await page.locator('[role=tab]', { hasText: 'Review' }).click();
    await page.locator(stream).nth(1).click();
    // Only what is seen is drawn; the end of the text stays in sight.
    const last = page.locator('.cm-lineNumbers .cm-gutterElement').last();
    await expect
      .poll(async () => {
        lengths.push(Number(await last.innerText()));
        return new Set(lengths).size;
      })
      .toBeGreaterThan(4);
  });
  expect(lengths, 'it grows').toEqual(lengths.toSorted((a, b) => a - b));
  // The next ones wait until the first are there, and then take their time, until files are open.
  await standIn.behave({ tokensPerSecond: 2_000, held: true });
  await page.locator(change).nth(2).waitFor();
  await standIn.behave({ tokensPerSecond: 20, held: false });
  await expect.poll(running).toBeGreaterThan(0);
  await page.locator(stream).first().waitFor();

  const open = async (at: number) => {
    await page.locator(change).nth(at).click();
    await page.locator('.cm-merge-b .cm-content').waitFor();
    await sleep(300);
  };
  let meanwhile = 0;
  const opening = await mainThreadTasks(page, async () => {
    await open(0);
    meanwhile = await running();
    await page.locator(stream).first().click();
    await page.locator('.cm-content[aria-label$="as it is written"]').waitFor();
    for (const at of [1, 2, 0]) await open(at);
  });
  await standIn.behave({ tokensPerSecond: 500 });
  expect(meanwhile, 'files were opened in mid-stream').toBeGreaterThan(0);

  const ending = await mainThreadTasks(page, async () => {
    await page.locator('[aria-label="A run is going on"]').waitFor({ state: 'detached' });
    await sleep(500);
  });
  const figures = JSON.stringify({ watching, opening, ending });
  testInfo.annotations.push({ type: 'tasks of the page in ms', description: figures });
  for (const { longestCpuMs } of [watching, opening, ending]) {
    expect(longestCpuMs, figures).toBeLessThanOrEqual(longTaskMs);
  }

  const path = 'k8s/s1.yaml';
  await page.locator(files).evaluate((list) => list.scrollTo(0, 0));
  await openFile(page, path);
  await expect(editor(page, path)).toContainText('kind: Deployment');
  const shown = (await editor(page, path).innerText()).split('\n').map((line) => line.trimEnd());
  expect(shown).toEqual(expect.arrayContaining(validFile(path).split('\n').slice(0, 20)));
  expect(mostAtOnce(await callsOf(standIn))).toBe(wide);
  await page.getByRole('tab', { name: 'Run' }).click();
  await expect(header).toHaveAttribute('data-state', 'completed');
});

test.describe('a few at once', () => {
  const jobs = 12;
  test.use({
    settings: { OMEGA_ASYNC_CONCURRENCY: '2' },
    behaviour: { latencyMs: 1_000, tokensPerSecond: null },
  });
  test('a paused run asks nothing until it is resumed, and then does the rest', async ({
    page,
    app,
    standIn,
  }) => {
    await addServices(page, app, jobs);
    const header = await startRun(page);
    await expect.poll(async () => (await callsOf(standIn)).length).toBeGreaterThanOrEqual(2);
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(header).toHaveAttribute('data-state', 'paused');
    const paused = (await callsOf(standIn)).length;
    expect(paused).toBeLessThan(jobs);
    const settled = (await callsOf(standIn)).every(({ endedAt }) => endedAt !== null);
    expect(settled, 'those under way have ended').toBe(true);
    await page.waitForTimeout(1_000);
    expect(await callsOf(standIn), 'nothing is asked while it is paused').toHaveLength(paused);
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect(header).toHaveAttribute('data-state', 'completed', { timeout: 30_000 });
    const prompts = (await callsOf(standIn)).map(({ request }) => request?.prompt);
    expect(prompts).toHaveLength(jobs);
    expect(new Set(prompts).size, 'no job is done twice').toBe(jobs);
  });
});
