import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { durations, percentileOf } from '../stand-ins/log-figures.ts';
import type { LogEntry } from '../stand-ins/request-log.ts';
import { faintTexts, namelessControls, repeatedIds } from './support/accessibility.ts';
import { test } from './support/app.ts';
import {
  callsOf,
  chooseProvider,
  generate,
  runFigure,
  startRun,
  test as withModels,
} from './support/model-app.ts';
import { nodeService, writeProject } from './support/projects.ts';
import { addProject, chooseArtifacts, chooseTheme } from './support/workbench.ts';

const stripOf = (page: Page) => page.getByRole('region', { name: 'Live indicators' });

async function addServices(page: Page, folder: string, count: number): Promise<void> {
  const files: Record<string, string> = {};
  for (let at = 0; at < count; at++) {
    Object.assign(files, nodeService(`s${at}`, 8091 + at, `services/s${at}/`));
  }
  await addProject(page, await writeProject(join(folder, 'many'), files));
  await chooseArtifacts(page, ['Dockerfile', 'Kubernetes']);
}

test('the strip has the words of the guide and all figures on every panel, and a run its own', async ({
  page,
  app,
}) => {
  const strip = stripOf(page);
  for (const tab of ['Facts', 'Review', 'History', 'Run']) {
    await page.getByRole('tab', { name: tab }).click();
    await expect(strip.getByText('⚡ Async Mode: Enabled', { exact: true })).toBeVisible();
  }
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

  await addServices(page, app.folder, 2);
  await generate(page);
  const [wall, sum] = [await runFigure(page, 'wallMs'), await runFigure(page, 'sumMs')];
  expect(wall).toBeGreaterThan(0);
  expect(sum).toBeGreaterThanOrEqual(wall);
  // Blueprints share one thread, and long files are judged in two more: no more than that is saved.
  expect(sum).toBeLessThan(wall * 3);
  expect(await runFigure(page, 'factor')).toBeCloseTo(sum / wall, 6);

  await page.getByRole('switch', { name: '⚡ Async' }).click();
  await expect(strip.getByText('🔄 Sync Mode', { exact: true })).toBeVisible();
});

test('provider, cache and performance are readable and named, light and dark', async ({ page }) => {
  await page.getByRole('combobox', { name: 'Provider', exact: true }).click();
  await page.getByRole('option', { name: /^OpenAI-compatible/ }).click();
  await page.getByRole('tab', { name: 'Run' }).click();
  for (const theme of ['Light', 'Dark'] as const) {
    await chooseTheme(page, theme);
    await page.getByRole('button', { name: 'Performance' }).click();
    await expect(page.getByRole('dialog', { name: 'Performance' })).toBeVisible();
    expect(await namelessControls(page)).toEqual([]);
    expect(await repeatedIds(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    expect(await faintTexts(page)).toEqual([]);
  }
});

withModels.describe('a provider whose behaviour changes in mid-run', () => {
  withModels.use({
    behaviour: { latencyMs: 150 },
    settings: {
      OPENAI_API_KEY: 'stand-in-key',
      OMEGA_ASYNC_CONCURRENCY: '6',
      OMEGA_RETRY_POLICY_MAX_RETRIES: '0',
      OMEGA_BREAKER_FAILURE_SHARE: '0.1',
      // It would have jobs wait until the provider has rested.
      OMEGA_LOOPS_ENABLE_REACTIVE: 'false',
    },
  });

  const answered = (log: readonly LogEntry[]) =>
    log.filter(({ outcome }) => outcome === 'answered');

  withModels(
    'is named as slow, then as broken, with what to do',
    async ({ page, app, standIn }) => {
      await addServices(page, app.folder, 18);
      await chooseProvider(page, 'OpenAI');
      const header = await startRun(page);
      const reason = (name: string) => page.locator(`[data-slow~="${name}"]`);
      const advice = page.getByRole('list', { name: 'Why it is slow' });
      await expect
        .poll(async () => answered(await callsOf(standIn)).length, { intervals: [50] })
        .toBeGreaterThanOrEqual(12);
      await expect(reason('latency')).toHaveCount(0);
      await standIn.behave({ latencyMs: 2_000 });
      const slowFrom = (await callsOf(standIn)).length;
      await expect(reason('latency')).toBeVisible();
      await expect(advice).toContainText(/Slow answers \(p95 .*\): choose a smaller model/);
      const log = await callsOf(standIn);
      const median = (all: readonly LogEntry[]) => percentileOf(durations(answered(all)), 0.5) ?? 0;
      expect(median(log.slice(slowFrom))).toBeGreaterThan(2.5 * median(log.slice(0, slowFrom - 6)));

      await expect(reason('breaker')).toHaveCount(0);
      await standIn.behave({
        latencyMs: 0,
        faults: { shares: [{ share: 1, fault: { kind: 'status', status: 500 } }] },
      });
      await expect(reason('breaker')).toBeVisible();
      await expect(advice).toContainText('A provider rests after failures: test its connection');
      await expect(header).toHaveAttribute('data-state', 'completed');
      // Once it rests, those that wait are not sent any more.
      const calls = await callsOf(standIn);
      expect(calls.filter(({ status }) => status === 500).length).toBeGreaterThan(0);
      expect(calls.length).toBeLessThan(36);
    },
  );
});
