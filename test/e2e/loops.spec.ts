import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import Sqlite from 'better-sqlite3';
import { faintTexts, namelessControls, repeatedIds } from './support/accessibility.ts';
import { test } from './support/app.ts';

test.use({ env: { OMEGA_LOOPS_LITTLE_MEMORY_MB: '1000000' } });

const action = {
  ...{ id: 'a', kind: 'setting', description: 'Most calls at once to OpenAI', state: 'done' },
  parameters: { before: 4, after: 8 },
};
const output = {
  ...{ results: {}, insights: ['OpenAI bears eight calls at once.'], nextObjectives: [] },
  ...{ actions: [action], quality: 0.93 },
};

const report = '# What your projects have in common\n\n- shop: `Dockerfile:2`\n';

/** Cycles of a process that is gone. */
function keepCycles(home: string): void {
  const db = new Sqlite(join(home, 'omega.db'), { timeout: 5_000 });
  db.prepare(
    `INSERT INTO loop_cycles (id, seq, loop, trigger_by, state, started_at, duration_ms, input,
      output, instance) VALUES ('c1', 1, 'adaptive', 'period', 'succeeded', ?, 166, ?, ?, 'gone')`,
  ).run(Date.now(), '{"data":{},"context":"","objectives":[]}', JSON.stringify(output));
  const written = { ...output, actions: [], insights: [], results: { report } };
  db.prepare(
    `INSERT INTO loop_cycles (id, seq, loop, trigger_by, state, started_at, duration_ms, input,
      output, instance) VALUES ('c2', 2, 'transcendent', 'demand', 'succeeded', ?, 40, ?, ?, 'gone')`,
  ).run(Date.now(), '{"data":{},"context":"","objectives":[]}', JSON.stringify(written));
  db.close();
}

test('the loops are seen with their state, their last cycles and what those changed', async ({
  page,
  app,
}) => {
  keepCycles(app.home);
  const machine = page.getByRole('region', { name: 'Machine' });
  const row = machine.getByRole('button', { name: 'Loops' });
  await expect(row).toContainText(/of 7 on|runs/);
  await row.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Loops' });
  const loops = dialog.getByRole('list', { name: 'Loops' });
  const adaptive = loops.getByRole('listitem', { name: 'Adaptive' });
  await expect(adaptive).toContainText('OpenAI bears eight calls at once.');
  await expect(adaptive).toContainText('4 → 8');
  await expect(adaptive).toContainText('quality 0.93');
  const slowest = loops.getByRole('listitem', { name: 'Transcendent' });
  await slowest.getByRole('switch', { name: 'Transcendent loop' }).press('Space');
  await expect
    .poll(() => readFile(join(app.home, 'config.yaml'), 'utf8').catch(() => ''))
    .toMatch(/loops:\n {2}enableTranscendent: false/);
  await slowest.getByRole('button', { name: 'Read the report' }).press('Enter');
  const read = page.getByRole('dialog', { name: 'What your projects have in common' });
  await expect(read).toContainText('- shop: `Dockerfile:2`');
  expect(await namelessControls(page)).toEqual([]);
  expect(await repeatedIds(page)).toEqual([]);
  await expect.poll(() => faintTexts(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(read).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(row).toBeFocused();
});
