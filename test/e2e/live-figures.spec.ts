import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { answersPerSecond, durations, percentileOf, tally } from '../stand-ins/log-figures.ts';
import { type LogEntry, logNow } from '../stand-ins/request-log.ts';
import { spawnStandIn } from '../stand-ins/spawn-stand-in.ts';
import { test as base } from './support/app.ts';
import { nodeService, writeProject } from './support/projects.ts';
import { addProject, chooseArtifacts } from './support/workbench.ts';

const test = base.extend<{ standIn: Awaited<ReturnType<typeof spawnStandIn>> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this.
  standIn: async ({}, use) => {
    await using standIn = await spawnStandIn({ latencyMs: 3000 });
    await use(standIn);
  },
  env: async ({ standIn }, use) => {
    const url = standIn.urls.openai;
    await use({ OPENAI_API_KEY: 'stand-in-key', OMEGA_PROVIDERS_OPENAI_URL: url });
  },
});

/** Dollars for tokens in and out, of one million each. */
type Price = readonly [input: number, output: number];

/** What the strip should show, by the stand-in's log. */
function expected(calls: readonly LogEntry[], now: number, [input, output]: Price) {
  const { answered, running, inputTokens, outputTokens } = tally(calls);
  const ended = calls.filter(({ endedAt }) => endedAt !== null);
  return {
    inFlight: running,
    cacheMisses: answered + running,
    perSecond: answersPerSecond(calls, now - 10_000, now),
    p50Ms: percentileOf(durations(ended), 0.5) ?? 0,
    inputTokens,
    outputTokens,
    costUsd: (inputTokens * input + outputTokens * output) / 1e6,
  };
}

/** What a figure may differ by besides: one answer at the edge of ten seconds, a frame of time. */
const slackOf = (name: string): number =>
  name === 'perSecond' ? 0.1 : name.endsWith('Ms') ? 20 : 0;

const shown = (page: Page): Promise<Record<string, number>> =>
  page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('[data-figure]')].map(({ dataset }) => [
        dataset.figure,
        Number(dataset.value),
      ]),
    ),
  );

test('every figure is what the provider itself saw, three times while a batch runs', async ({
  page,
  app,
  standIn,
}) => {
  test.setTimeout(120_000);
  await chooseArtifacts(page, ['Dockerfile']);
  await page.getByRole('combobox', { name: 'Provider', exact: true }).click();
  await page.getByRole('option', { name: /^OpenAI\s*Ready/ }).click();
  await addProject(page, await writeProject(join(app.folder, 'first'), nodeService('first', 8099)));
  await page.getByRole('button', { name: 'Generate' }).click();
  await expect(page.getByRole('table', { name: 'Jobs' }).getByText('Done')).toBeVisible();
  const start = await shown(page);
  for (const name of ['one', 'two', 'three']) {
    const services = [...'abcdefgh'].map((id) => nodeService(id, 8100, `services/${id}/`));
    await addProject(
      page,
      await writeProject(join(app.folder, name), Object.assign({}, ...services)),
    );
    await page.getByRole('checkbox', { name: `Select ${name} for a batch run` }).check();
  }
  await page.getByText('Aggressive 5').click();
  const sidebar = page.getByRole('complementary', { name: 'Controls' });
  const hint = sidebar.getByText(/ in, .* out per million tokens/);
  const price = (await hint.innerText())
    .match(/\$([\d.]+) in, \$([\d.]+)/)
    ?.slice(1)
    .map(Number);
  const calls = async () => (await standIn.log()).filter(({ request }) => request !== null);
  await page.getByRole('button', { name: 'Generate' }).click();
  const answered = async () => tally(await calls()).answered;
  for (const atLeast of [6, 11, 22]) {
    await expect
      .poll(answered, { timeout: 60_000, intervals: [50] })
      .toBeGreaterThanOrEqual(atLeast);
    // The strip hears of a change within a tenth of a second; the next one is seconds away.
    await page.waitForTimeout(400);
    const of = price as unknown as Price;
    const before = expected(await calls(), logNow(), of);
    const seen = await shown(page);
    const after = expected(await calls(), logNow(), of);
    // The slowest of few calls is the app's own start as much as the provider's answer.
    expect.soft(seen.p95Ms, 'p95 is no less than p50').toBeGreaterThanOrEqual(seen.p50Ms ?? 0);
    for (const [name, first] of Object.entries(before)) {
      const last = after[name as keyof typeof after] ?? first;
      const [low, high] = [Math.min(first, last), Math.max(first, last)];
      expect
        .soft(seen[name], `${name} after ${atLeast}`)
        .toBeGreaterThanOrEqual(low * 0.95 - slackOf(name));
      expect
        .soft(seen[name], `${name} after ${atLeast}`)
        .toBeLessThanOrEqual(high * 1.05 + slackOf(name));
    }
  }
  await expect(page.getByRole('button', { name: 'Generate' })).toBeVisible({ timeout: 60_000 });
  // The saving is one of jobs, which do more than call: it is compared with the jobs' own times.
  const ofRun = async (name: string) =>
    Number(await page.locator(`[data-run-figure="${name}"]`).getAttribute('data-value'));
  const [sum, wall] = [await ofRun('sumMs'), await ofRun('wallMs')];
  const end = await shown(page);
  const syncMs = (end.syncMs ?? 0) - (start.syncMs ?? 0);
  const savedMs = (end.savedMs ?? 0) - (start.savedMs ?? 0);
  expect(Math.abs(syncMs - sum) / sum).toBeLessThan(0.05);
  expect(Math.abs(savedMs - (sum - wall)) / (sum - wall)).toBeLessThan(0.05);
  expect(sum / wall, 'five at once take about a fifth of the time').toBeGreaterThan(3.5);
});
