import { expect, type Locator, type Page } from '@playwright/test';
import type { LogEntry } from '../../stand-ins/request-log.ts';
import {
  type SentChange,
  type SpawnedStandIn,
  spawnStandIn,
} from '../../stand-ins/spawn-stand-in.ts';
import { test as base } from './app.ts';

/** Settings of the app as variables, by their names without `OMEGA_`; keys of providers as they are called. */
type Settings = Readonly<Record<string, string>>;

/**
 * Tests that drive the app beside a server of models: `standIn` is a process of its own, and the
 * app's environment has its addresses. `settings` adds variables, `behaviour` is how it begins.
 */
export const test = base.extend<{
  standIn: SpawnedStandIn;
  behaviour: SentChange;
  settings: Settings;
}>({
  behaviour: [{}, { option: true }],
  settings: [{}, { option: true }],
  standIn: async ({ behaviour }, use) => {
    await using standIn = await spawnStandIn(behaviour);
    await use(standIn);
  },
  env: async ({ standIn: { urls }, settings }, use) => {
    await use({
      OMEGA_KEYRING: 'off',
      OMEGA_PROVIDERS_OPENAI_URL: urls.openai,
      OMEGA_PROVIDERS_COMPATIBLE_URL: urls.compatible,
      OMEGA_PROVIDERS_OLLAMA_URL: urls.ollama,
      OMEGA_PROVIDERS_ANTHROPIC_URL: urls.anthropic,
      OMEGA_PROVIDERS_GEMINI_URL: urls.gemini,
      OMEGA_PROVIDERS_WATSONX_URL: urls.watsonx,
      OMEGA_PROVIDERS_WATSONX_IAM_URL: urls.watsonx,
      ...settings,
    });
  },
});

/** Chooses what makes the files in the sidebar. */
export async function chooseProvider(page: Page, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Provider', exact: true }).click();
  await page.getByRole('option', { name: new RegExp(`^${name} (Ready|Needs|Not)`) }).click();
  await expect(page.getByRole('combobox', { name: 'Provider', exact: true })).toHaveValue(name);
}

/** Starts a run and waits until it is on screen; returns its header. */
export async function startRun(page: Page): Promise<Locator> {
  await page.getByRole('tab', { name: 'Run' }).click();
  const header = page.locator('[data-run]');
  const [before = ''] = await header.evaluateAll((all) =>
    all.map((one) => (one as HTMLElement).dataset.run),
  );
  await page.getByRole('button', { name: 'Generate' }).click();
  await expect(header).not.toHaveAttribute('data-run', before);
  return header;
}

/** Starts a run and waits for its end. */
export async function generate(page: Page): Promise<void> {
  const header = await startRun(page);
  await expect(header).toHaveAttribute('data-state', /completed|failed|cancelled/, {
    timeout: 40_000,
  });
}

/** A figure of the run on screen, as it is counted. */
export async function runFigure(page: Page, name: string): Promise<number> {
  return Number(await page.locator(`[data-run-figure="${name}"]`).getAttribute('data-value'));
}

/** Only the requests for text. */
export async function callsOf(standIn: SpawnedStandIn): Promise<readonly LogEntry[]> {
  return (await standIn.log()).filter(({ request }) => request !== null);
}
