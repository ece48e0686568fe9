import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { mostAtOnce } from '../stand-ins/log-figures.ts';
import type { SpawnedStandIn } from '../stand-ins/spawn-stand-in.ts';
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
import { addProject, chooseArtifacts } from './support/workbench.ts';

test.use({
  settings: { OPENAI_API_KEY: 'stand-in-key', OMEGA_CACHE_ENABLED: 'false' },
  behaviour: { latencyMs: 300 },
});

/** Two projects of two services each: with Dockerfiles and manifests that is eight jobs. */
const jobs = 8;

async function tickTwoProjects(page: Page, app: App): Promise<void> {
  for (const name of ['left', 'right']) {
    const root = await writeProject(join(app.folder, name), {
      ...nodeService(`${name}-a`, 8101, 'services/a/'),
      ...nodeService(`${name}-b`, 8102, 'services/b/'),
    });
    await addProject(page, root);
  }
  for (const name of ['left', 'right']) {
    await page.getByRole('checkbox', { name: `Select ${name} for a batch run` }).check();
  }
  await chooseArtifacts(page, ['Dockerfile', 'Kubernetes']);
  await chooseProvider(page, 'OpenAI');
}

/** Runs the batch, and tells from the server's log how it was asked. */
async function asked(page: Page, standIn: SpawnedStandIn) {
  await standIn.clearLog();
  await generate(page);
  const calls = await callsOf(standIn);
  return {
    calls: calls.length,
    atOnce: mostAtOnce(calls),
    factor: await runFigure(page, 'factor'),
  };
}

test('modes, presets and slider make the calls that they say, and async is seen to be faster', async ({
  page,
  app,
  standIn,
}) => {
  await tickTwoProjects(page, app);
  const strip = page.getByRole('region', { name: 'Live indicators' });
  const [async, batch] = ['⚡ Async', 'Batch mode'].map((name) =>
    page.getByRole('switch', { name }),
  );

  await test.step('async and batch, each on and off', async () => {
    const wide = await asked(page, standIn);
    expect(wide.calls).toBe(jobs);
    expect(wide.atOnce).toBe(3);
    expect(wide.factor).toBeGreaterThan(1.5);
    await expect(strip.getByText('⚡ Async Mode: Enabled', { exact: true })).toBeVisible();

    await async?.click();
    await expect(strip.getByText('🔄 Sync Mode', { exact: true })).toBeVisible();
    const inOrder = await asked(page, standIn);
    expect(inOrder).toMatchObject({ calls: jobs, atOnce: 1 });
    expect(inOrder.factor).toBeCloseTo(1, 1);

    // Four files of a project share one request of up to five.
    await batch?.click();
    const shared = await asked(page, standIn);
    expect(shared).toMatchObject({ calls: 2, atOnce: 1 });
    // The jobs of a request pass together: in order that saves nothing.
    expect(shared.factor).toBeCloseTo(1, 1);
    await async?.click();
    expect(await asked(page, standIn)).toMatchObject({ calls: 2, atOnce: 2 });
    await batch?.click();
  });

  const slider = page.getByRole('slider', { name: 'Concurrency' });
  await test.step('presets bound the calls at once', async () => {
    await page.getByText('Aggressive 5').click();
    await expect(slider).toHaveAttribute('aria-valuenow', '5');
    expect((await asked(page, standIn)).atOnce).toBe(5);
  });

  await test.step('so does the slider, also of a run that is under way', async () => {
    await page.getByText('Conservative 2').click();
    await expect(slider).toHaveAttribute('aria-valuenow', '2');
    await standIn.behave({ latencyMs: 2_000 });
    await standIn.clearLog();
    const header = await startRun(page);
    await expect.poll(async () => (await callsOf(standIn)).length).toBeGreaterThanOrEqual(2);
    // Six jobs wait, and the strip says for what.
    await expect(page.locator('[data-figure="queued"]')).toHaveAttribute('data-value', /[1-6]/);
    await expect(page.getByText(/wait, 2 at once are allowed/)).toBeVisible();
    const before = await callsOf(standIn);
    expect(mostAtOnce(before), 'as the preset says').toBe(2);
    await slider.focus();
    await page.keyboard.press('End');
    await expect(page.locator('[data-figure="limit"]')).toHaveAttribute('data-value', '32');
    await expect(header).toHaveAttribute('data-state', 'completed', { timeout: 30_000 });
    expect(mostAtOnce(await callsOf(standIn))).toBeGreaterThan(2);
  });
});
