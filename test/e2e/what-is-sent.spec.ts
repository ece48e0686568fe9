import { join } from 'node:path';
import { expect } from '@playwright/test';
import { hasModel } from '../support/model.ts';
import { callsOf, chooseProvider, generate, test } from './support/model-app.ts';
import { nodeService, writeProject } from './support/projects.ts';
import { addProject, chooseArtifacts, openFile } from './support/workbench.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

/** Put together here, so that no scanner takes this source for a leak. */
const secrets = {
  inSource: ['AKIA', 'Q3EGZX7KPLM2WNVT'].join(''),
  inEnv: ['pw', 'x7Rk29', 'LmQz81Tn'].join('-'),
};

test('what is shown is what the provider then receives, to the byte, without the secrets', async ({
  page,
  app,
  standIn,
}) => {
  const root = await writeProject(join(app.folder, 'shop'), {
    ...nodeService('shop', 8121),
    'config.js': `exports.accessKeyId = '${secrets.inSource}';\nexports.password = '${secrets.inEnv}';\nexports.old = '${secrets.inEnv}';\n`,
    '.env': `DATABASE_PASSWORD=${secrets.inEnv}\n`,
  });
  await addProject(page, root);
  await chooseArtifacts(page, ['Dockerfile']);
  await chooseProvider(page, 'Ollama');
  await page
    .getByRole('complementary', { name: 'Controls' })
    .getByRole('button', { name: 'Show what will be sent' })
    .click();
  const dialog = page.getByRole('dialog', { name: 'What will be sent' });
  const blackedOut = dialog.getByRole('region', { name: 'What was blacked out' });
  await expect(blackedOut).toContainText('config.js:1');
  await expect(blackedOut).toContainText('config.js:2');
  await expect(blackedOut).toContainText('.env:1');
  const carried = dialog.getByRole('region', { name: 'Files that it carries' });
  await expect(carried).toContainText('server.js');

  const copied = async (what: string) => {
    await dialog.getByRole('button', { name: `Copy ${what}` }).click();
    await expect(dialog.getByRole('button', { name: `Copy ${what}` })).toBeVisible();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  await dialog.getByRole('textbox', { name: 'Prompt' }).waitFor();
  const prompt = await copied('the prompt');
  await dialog.getByText('Rules (system)', { exact: true }).click();
  const system = await copied('the rules');
  expect(system).not.toBe(prompt);
  expect(await callsOf(standIn), 'nothing was sent to show it').toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await generate(page);
  const [call] = await callsOf(standIn);
  expect(call?.request?.prompt).toBe(prompt);
  expect(call?.request?.system).toBe(system);
  for (const secret of Object.values(secrets)) {
    expect(JSON.stringify(await standIn.log())).not.toContain(secret);
  }
});

// Catches a dialog that takes near answers unseen, and a review that hides whence a file came.
test('a near answer is used when its files were seen and taken, and no sooner', async ({
  page,
  app,
  standIn,
}) => {
  test.skip(!hasModel, 'the embedding model could not be fetched');
  const root = await writeProject(join(app.folder, 'shop'), nodeService('shop', 8131));
  await addProject(page, root);
  await chooseArtifacts(page, ['Dockerfile']);
  await chooseProvider(page, 'Ollama');
  await generate(page);
  const before = (await callsOf(standIn)).length;
  await writeProject(root, nodeService('shop', 8132));

  const controls = page.getByRole('complementary', { name: 'Controls' });
  await controls.getByRole('button', { name: 'Show what will be sent' }).click();
  const dialog = page.getByRole('dialog', { name: 'What will be sent' });
  const near = dialog.getByRole('region', { name: 'Near answers' });
  await expect(near).toContainText('for shop');
  await expect(near).toContainText('port 8131, here 8132');
  await expect(near.getByRole('button', { name: 'Use this answer' })).toBeHidden();
  await near.getByRole('button', { name: 'Show its files' }).click();
  await expect(near.getByRole('textbox', { name: 'Dockerfile' })).toContainText('FROM');
  await near.getByRole('button', { name: 'Use this answer' }).click();
  const accepted = dialog.getByRole('region', { name: 'Accepted answer' });
  await expect(accepted).toContainText('you accepted');
  await accepted.getByRole('button', { name: 'Ask the model instead' }).click();
  await near.getByRole('button', { name: 'Show its files' }).click();
  await near.getByRole('button', { name: 'Use this answer' }).click();
  await expect(accepted).toBeVisible();
  await page.keyboard.press('Escape');

  await generate(page);
  expect(await callsOf(standIn), 'nobody was asked').toHaveLength(before);
  await page.getByRole('tab', { name: 'Review' }).click();
  await openFile(page, 'Dockerfile');
  await expect(page.getByText('you accepted its answer for shop of')).toBeVisible();
});
