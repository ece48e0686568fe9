import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { durations, mostAtOnce } from '../stand-ins/log-figures.ts';
import type { SpawnedStandIn } from '../stand-ins/spawn-stand-in.ts';
import type { App } from './support/app.ts';
import { watchLateness } from './support/lateness.ts';
import {
  callsOf,
  chooseProvider,
  generate,
  runFigure,
  startRun,
  test,
} from './support/model-app.ts';
import { nodeService, writeProject } from './support/projects.ts';
import { figuresAt, type Known, readStrip } from './support/strip.ts';
import { addProject, chooseArtifacts } from './support/workbench.ts';

const limit = 8;
test.use({ settings: { OPENAI_API_KEY: 'stand-in-key', OMEGA_ASYNC_CONCURRENCY: String(limit) } });

/** Of the first model that the stand-in's OpenAI has. */
const price = { input: 2, output: 8 };
const tolerance = 0.05;
const services = 10;
/** Longest that anything is waited for, in ms, on a machine that has far more to do than it can. */
const timeout = 40_000;
/**
 * Answers take seconds, each its own: what an app is late that shares two processors with a browser
 * and a server is then far below a twentieth.
 */
const latency = { latencyMs: 4_000, jitterMs: 4_000 };
const refusal = { kind: 'rate-limit', retryAfterMs: 100, as: 'ms-header' } as const;

async function addServices(page: Page, app: App): Promise<void> {
  const files: Record<string, string> = {};
  for (let at = 0; at < services; at++) {
    Object.assign(files, nodeService(`s${at}`, 9000 + at, `services/s${at}/`));
  }
  await addProject(page, await writeProject(join(app.folder, 'many'), files));
  await chooseProvider(page, 'OpenAI');
}

/** Calls whose own lateness a figure may hold: one for a percentile, all for a sum of times. */
const callsIn = (name: string, calls: number): number =>
  ({ p50Ms: 1, p95Ms: 1, p99Ms: 1, syncMs: calls, savedMs: calls })[name] ?? 0;

/**
 * What of the strip is not what the log says of the same moment. The app reads an answer as late as
 * the machine lets any process come to its turn (`lateMs`, measured beside it): on a quiet one that
 * is next to nothing, and the twentieth is all that there is.
 */
async function wrongNow(page: Page, standIn: SpawnedStandIn, known: Known, lateMs: number) {
  const { at, strip, slow } = await readStrip(page);
  const calls = await callsOf(standIn);
  const log = figuresAt(calls, at, known);
  const wrong = Object.entries({ ...log.counts, ...log.amounts }).flatMap(([name, value]) => {
    const slack = name in log.counts ? 0 : tolerance * value;
    const over = (strip[name] ?? Number.NaN) - value;
    const isRight = over >= -slack && over <= slack + lateMs * callsIn(name, calls.length);
    return isRight ? [] : [`${name} ${strip[name]}, by the log ${value}`];
  });
  return slow === log.slow ? wrong : [...wrong, `slow for ${slow}, by the log ${log.slow}`];
}

const answeredBy = async (standIn: SpawnedStandIn): Promise<number> =>
  (await callsOf(standIn)).filter(({ outcome }) => outcome === 'answered').length;

test('every figure equals what the log of the server says, three times in mid-run and at the end', async ({
  page,
  app,
  standIn,
}) => {
  test.slow();
  await addServices(page, app);
  await chooseArtifacts(page, ['Compose']);
  // What is loaded with the first call would count as its time, which the server does not see.
  await generate(page);
  await generate(page);
  await chooseArtifacts(page, ['Dockerfile', 'Kubernetes']);
  await standIn.behave(latency);
  const start = await readStrip(page);
  const known = { price, limit, start, jobs: 2 * services, before: 2 };
  const late = watchLateness();
  const header = await startRun(page);
  const allowed = [];
  for (const done of [5, 9, 13]) {
    await expect
      .poll(() => answeredBy(standIn), { intervals: [50], timeout })
      .toBeGreaterThanOrEqual(1 + done);
    await standIn.behave({ held: true });
    await expect
      .poll(() => wrongNow(page, standIn, known, late.worstMs()), { intervals: [100], timeout })
      .toEqual([]);
    const { strip } = await readStrip(page);
    allowed.push(strip.allowed);
    // After the first look a burst of refusals narrows what is allowed.
    const script = done === 5 ? Array(4).fill(refusal) : [];
    await standIn.behave({ held: false, faults: { script } });
  }
  expect(allowed[0]).toBe(limit);
  expect(allowed[1]).toBeLessThan(limit);
  await standIn.behave({ latencyMs: 0, jitterMs: 0 });
  await expect(header).toHaveAttribute('data-state', 'completed', { timeout });
  late.stop();
  test.info().annotations.push({ type: 'late', description: `${late.worstMs()} ms` });
  const log = await callsOf(standIn);
  const refused = log.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(4);
  expect(mostAtOnce(log)).toBe(limit);
  // The run itself says what its jobs took, and would have taken one after the other.
  const ofRun = log.filter(({ beganAt }) => beganAt > start.at);
  const alone = durations(ofRun).reduce((all, ms) => all + ms, 0);
  const sumMs = await runFigure(page, 'sumMs');
  expect(sumMs - alone).toBeGreaterThan(-tolerance * alone);
  expect(sumMs - alone).toBeLessThan(tolerance * alone + late.worstMs() * ofRun.length);
  await page.getByRole('button', { name: 'Performance' }).click();
  const counter = (name: string) => page.locator(`[data-counter="${name}"]`);
  await expect(counter('calls')).toHaveAttribute('data-value', String(1 + known.jobs));
  await expect(counter('rateLimited')).toHaveAttribute('data-value', '4');
  await expect(counter('retries')).toHaveAttribute('data-value', '4');
});
