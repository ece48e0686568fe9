import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { CallFigures } from '#shared/calls.ts';
import type { LogEntry } from '../stand-ins/request-log.ts';
import type { App } from './support/app.ts';
import {
  callsOf,
  chooseProvider,
  generate,
  runFigure,
  startRun,
  test,
} from './support/model-app.ts';
import { nodeService, writeProject } from './support/projects.ts';
import { figuresAt, lagMs, listenToFigures, rangeOf, readStrip } from './support/strip.ts';
import { addProject, chooseArtifacts } from './support/workbench.ts';

test.use({ settings: { OPENAI_API_KEY: 'stand-in-key', OMEGA_ASYNC_CONCURRENCY: '6' } });

/** Of the first model that the stand-in's OpenAI has. */
const price = { input: 2, output: 8 };
const tolerance = 0.05;
/**
 * Besides, in ms: the slowest of some dozen answers waits as long for this machine, which runs a
 * browser, the app and the server on few processors, as the app needs to come to read it.
 */
const tailMs = 600;

/** Figures that count something of which half a piece cannot be. */
const whole: ReadonlySet<string> = new Set(['inFlight', 'calls', 'rateLimited', 'cacheMisses']);

async function addServices(page: Page, app: App, count: number): Promise<void> {
  const files: Record<string, string> = {};
  for (let at = 0; at < count; at++) {
    Object.assign(files, nodeService(`s${at}`, 9000 + at, `services/s${at}/`));
  }
  await addProject(page, await writeProject(join(app.folder, 'many'), files));
  await chooseProvider(page, 'OpenAI');
}

/** Each figure of the strip that lies outside of what the log says of the moments before it was read. */
function wrongFigures(
  strip: Readonly<Record<string, number>>,
  log: readonly LogEntry[],
  from: number,
  to: number,
): readonly string[] {
  return rangeOf(log, from, to, price).flatMap(({ name, least, most }) => {
    const value = strip[name];
    if (value === undefined) return [];
    const slack = whole.has(name) ? 0 : tolerance;
    const late = name === 'p95Ms' || name === 'p99Ms' ? tailMs : 0;
    const isRight = value >= least * (1 - slack) && value <= most * (1 + slack) + late;
    return isRight ? [] : [`${name} ${value}, by the log ${least} to ${most}`];
  });
}

test('every figure equals what the log of the server says, three times in mid-run and at the end', async ({
  page,
  app,
  standIn,
}) => {
  test.slow();
  await addServices(page, app, 30);
  await chooseArtifacts(page, ['Compose']);
  // What is loaded with the first calls would count as their time, which the server does not see.
  await generate(page);
  await chooseArtifacts(page, ['Dockerfile', 'Kubernetes']);
  await standIn.behave({
    latencyMs: 1_500,
    jitterMs: 300,
    faults: {
      shares: [{ share: 0.1, fault: { kind: 'rate-limit', retryAfterMs: 100, as: 'ms-header' } }],
    },
  });
  await listenToFigures(page);
  const { strip: start } = await readStrip(page);
  const header = await startRun(page);
  const readings = [];
  for (const done of [12, 26, 40]) {
    await expect
      .poll(
        async () => (await callsOf(standIn)).filter((one) => one.outcome === 'answered').length,
        {
          intervals: [50],
        },
      )
      .toBeGreaterThanOrEqual(done);
    readings.push(await readStrip(page));
  }
  await expect(header).toHaveAttribute('data-state', 'completed', { timeout: 40_000 });
  const strip = page.getByRole('region', { name: 'Live indicators' });
  await expect(strip.locator('[data-figure="inFlight"]')).toHaveAttribute('data-value', '0');
  await page.waitForTimeout(lagMs);
  const last = await readStrip(page);

  const log = await callsOf(standIn);
  const refused = log.filter(({ status }) => status === 429).length;
  expect(refused, 'the run met refusals').toBeGreaterThan(0);
  for (const { at, strip, told, slow } of readings) {
    expect(wrongFigures(strip, log, at - lagMs, at)).toEqual([]);
    // What the log cannot know must be what the app itself counted then.
    for (const name of ['queued', 'allowed', 'limit', 'cacheHits', 'savedMs', 'syncMs'] as const) {
      const own = told.map((figures) => (figures as CallFigures)[name]);
      expect(own, name).toContain(strip[name]);
    }
    expect(strip.inFlight).toBeLessThanOrEqual(6);
    expect(strip.limit).toBe(6);
    const refusedBefore = figuresAt(log, at - lagMs, price).rateLimited > 0;
    if (refusedBefore) expect(slow).toContain('rate-limited');
  }
  const { perSecond: _, ...exactly } = last.strip;
  expect(wrongFigures(exactly, log, last.at, last.at)).toEqual([]);
  expect(last.strip).toMatchObject({ queued: 0, cacheHits: 0, cacheMisses: 61 });
  expect(last.strip.inputTokens).toBe(figuresAt(log, last.at, price).inputTokens);
  expect(last.strip.outputTokens).toBe(figuresAt(log, last.at, price).outputTokens);
  // The saving is one of jobs, which do more than call: it is compared with the jobs' own times.
  const [sum, wall] = [await runFigure(page, 'sumMs'), await runFigure(page, 'wallMs')];
  const grown = (name: string) => (last.strip[name] ?? 0) - (start[name] ?? 0);
  expect(Math.abs(grown('syncMs') - sum) / sum).toBeLessThan(tolerance);
  expect(Math.abs(grown('savedMs') - (sum - wall)) / (sum - wall)).toBeLessThan(tolerance);
  await page.getByRole('button', { name: 'Performance' }).click();
  const counter = (name: string) => page.locator(`[data-counter="${name}"]`);
  await expect(counter('calls')).toHaveAttribute('data-value', '61');
  await expect(counter('rateLimited')).toHaveAttribute('data-value', String(refused));
  await expect(counter('retries')).toHaveAttribute('data-value', String(refused));
});
