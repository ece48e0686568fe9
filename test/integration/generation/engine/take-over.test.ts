import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { pendingJobs, runningRun } from '#test/support/jobs.ts';
import { openApi, project } from '#test/support/open-api.ts';
import { openQueue } from '#test/support/open-queue.ts';
import { smallPorts } from '#test/support/small-ports.ts';

it('a run goes to one of those that take it over, and stays as that one has it', () => {
  const { storage: one, folder } = openQueue(1);
  const { storage: two } = openQueue(1, folder);
  one.runs.save(runningRun('x'), 'dead');
  expect(one.runs.takeOver('x', one.instance.id, 'dead')).toBe(true);
  expect(two.runs.takeOver('x', two.instance.id, 'dead')).toBe(false);
  two.runs.save({ ...runningRun('x'), state: 'failed', endedAt: 2 }, two.instance.id);
  expect(one.runs.get('x')?.state).toBe('running');
  one.runs.save({ ...runningRun('x'), state: 'completed', endedAt: 3 }, one.instance.id);
  expect(two.runs.takeOver('x', two.instance.id, one.instance.id)).toBe(false);
});

it('a job that another owner has claimed since is not ended by the one before', () => {
  const { storage, add } = openQueue(1);
  add('x', pendingJobs('x', 'a', 1));
  const job = storage.jobs.claim('x/a/0', 'first', 'x/a/0', 1);
  expect(job).toMatchObject({ state: 'running', startedAt: 1 });
  expect(storage.jobs.claim('x/a/0', 'second', 'x/a/0', 2)).toBeNull();
  if (!job) throw new Error('It was not claimed.');
  expect(storage.jobs.end({ ...job, state: 'completed', endedAt: 3 }, 'second')).toBe(false);
  expect(storage.jobs.end({ ...job, state: 'completed', endedAt: 3 }, 'first')).toBe(true);
  expect(storage.jobs.list('x')[0]).toMatchObject({ state: 'completed', endedAt: 3 });
});

it('a job that was given back is not counted as one that a process died over', () => {
  const { storage, add } = openQueue(1);
  add('x', pendingJobs('x', 'a', 1));
  for (let time = 0; time < 3; time += 1) {
    const job = storage.jobs.claim('x/a/0', 'me', 'x/a/0', 1);
    if (job) storage.jobs.end({ ...job, state: 'pending', startedAt: null }, 'me');
  }
  storage.jobs.claim('x/a/0', 'me', 'x/a/0', 1);
  expect(storage.jobs.begun('x')).toMatchObject([{ attempts: 1 }]);
});

it('a job whose files were kept when its process died is complete, and what was decided on them stays', async () => {
  const first = await openApi();
  const run = await first.runToEnd({ roots: [project('a', 'unsafe')], kinds: ['dockerfile'] });
  const proposals = await first.call('proposal.list', { runId: run.id });
  await first.call('proposal.decide', { ids: [proposals[0]?.id ?? ''], state: 'accepted' });
  await first.api.dispose();
  // As a power cut leaves it between the files of a job and its end.
  const db = new Sqlite(join(first.dataFolder, 'omega.db'));
  db.exec(`UPDATE runs SET state = 'running', ended_at = NULL;
    UPDATE jobs SET state = 'running', ended_at = NULL, files = 0, errors = 0`);
  db.close();
  const next = await openApi({
    dataFolder: first.dataFolder,
    door: 'web',
    ports: { ...smallPorts, generate: () => expect.fail('it was made again') },
  });
  const again = await next.ended(run.id);
  expect(again.jobs.map(({ state, files, errors }) => [state, files, errors])).toEqual([
    ['completed', 1, 0],
    ['completed', 1, 1],
  ]);
  const kept = await next.call('proposal.list', { runId: run.id });
  expect(kept.map(({ id, state }) => [id, state])).toEqual([
    [proposals[0]?.id, 'accepted'],
    [proposals[1]?.id, 'open'],
  ]);
});
