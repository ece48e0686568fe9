import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import Sqlite from 'better-sqlite3';
import type { Intelligence } from '#shared/intelligence.ts';
import { made, trialsOf } from '#test/support/intelligences.ts';
import { faintTexts, namelessControls, repeatedIds } from './support/accessibility.ts';
import { test } from './support/app.ts';

// Holds a setting that the second of the kept tunings would move.
test.use({ env: { OMEGA_AGENTDB_QUANTISATION: 'f32' } });

const rounded = (quantisation: string) => ({
  ...{ engine: 'usearch', links: 24, ef: 64 },
  quantisation,
});
const graph: Intelligence = made({ id: 'i1', point: rounded('f32'), name: 'the graph' });
const held: Intelligence = made({ id: 'i2', point: rounded('bf16'), name: 'rounded' });

/** Tunings of a process that is gone: to measure some takes longer than a test may. */
function keep(home: string): void {
  const db = new Sqlite(join(home, 'omega.db'), { timeout: 5_000 });
  const add = db.prepare(
    `INSERT INTO intelligences (id, seq, domain, state, record, instance)
     VALUES (?, ?, 'vector-search', 'ready', ?, 'gone')`,
  );
  const addTrial = db.prepare(
    'INSERT INTO intelligence_trials (intelligence_id, at, trial) VALUES (?, ?, ?)',
  );
  for (const [at, one] of [graph, held].entries()) add.run(one.id, at + 1, JSON.stringify(one));
  for (const one of trialsOf([300, null, 412])) addTrial.run('i1', one.at, JSON.stringify(one));
  db.close();
}

const settings = (home: string) => readFile(join(home, 'config.yaml'), 'utf8').catch(() => '');

async function open(page: Page) {
  const machine = page.getByRole('region', { name: 'Machine' });
  const row = machine.getByRole('button', { name: 'Tuning' });
  await row.press('Enter');
  return { row, dialog: page.getByRole('dialog', { name: 'Tuning' }) };
}

test('a tuning is compared, applied and rolled back, and what cannot be says why', async ({
  page,
  app,
}) => {
  keep(app.home);
  const { row, dialog } = await open(page);
  const tunings = dialog.getByRole('list', { name: 'Tunings' });
  const one = tunings.getByRole('listitem', { name: 'the graph' });
  await expect(one).toContainText('Clearly better: 1.37 times what was in force.');
  await expect(one).toContainText(
    '412 queries/s (95 %: 405 to 419, measured 6 times), 99.5 % right',
  );
  await one.getByText('Details').click();
  await expect(one.getByRole('img')).toHaveAccessibleName(/^3 measurements, 1 failed.*412/);
  await one.getByRole('button', { name: 'Apply the graph' }).click();
  await expect(one.getByText('In force', { exact: true })).toBeVisible();
  await expect(one.getByRole('list', { name: 'Settings moved' })).toContainText(
    'agentdb.hnswEf: 0 → 64',
  );
  expect(await settings(app.home)).toMatch(/hnswEf: 64/);
  await expect(row).toContainText('1 in force');

  const other = tunings.getByRole('listitem', { name: 'rounded' });
  await other.getByRole('button', { name: 'Apply rounded' }).click();
  const notice = other.getByRole('alert');
  await expect(notice).toContainText('A setting cannot be written');
  await expect(notice).toContainText('OMEGA_AGENTDB_QUANTISATION');

  await one.getByRole('button', { name: 'Roll back' }).click();
  await page
    .getByRole('dialog', { name: 'Roll back' })
    .getByRole('button', { name: 'Roll back' })
    .click();
  await expect(one).toContainText('Was in force until');
  await expect.poll(() => settings(app.home)).not.toMatch(/hnswEf: 64/);

  // Nothing is stored here, so that there is nothing to tune.
  await dialog.getByRole('button', { name: 'Start tuning' }).click();
  await expect(dialog.getByRole('alert').first()).toContainText('too little to measure with');
  await expect(tunings.getByRole('listitem', { name: 'tuned vector-search' })).toContainText(
    'Failed',
  );
  expect(await namelessControls(page)).toEqual([]);
  expect(await repeatedIds(page)).toEqual([]);
  await expect.poll(() => faintTexts(page)).toEqual([]);
});
