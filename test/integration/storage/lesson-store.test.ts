import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { systemClock } from '#main/core/clock.ts';
import { Storage } from '#main/storage/storage.ts';
import { openApi, project } from '#test/support/open-api.ts';

async function withProposal() {
  const env = { OMEGA_LEARNING_ENABLED: 'false' };
  const { api, dataFolder, runToEnd } = await openApi({ env });
  const run = await runToEnd({ roots: [project('web')], kinds: ['dockerfile'] });
  await api.dispose();
  const storage = new Storage(dataFolder, systemClock);
  const proposal = storage.proposals.summaries(run.id)[0];
  if (!proposal) throw new Error('nothing was proposed');
  return { dataFolder, storage, proposal };
}

describe('what proposals taught', () => {
  it('keeps the first text that is said to be the blueprint’s, and the words of the project once', async () => {
    const { storage, proposal } = await withProposal();
    const { lessons } = storage;
    lessons.add(proposal.id, { like: 'x' }, null);
    lessons.addProject(proposal.runId, proposal.root, ['web']);
    lessons.addProject(proposal.runId, proposal.root, ['other']);
    lessons.keepMade(proposal.id, 'made');
    lessons.keepMade(proposal.id, 'edited');
    lessons.setTaught(proposal.id, { key: 'k' });
    expect(lessons.get(proposal.id)).toEqual({
      proposalId: proposal.id,
      target: { like: 'x' },
      words: ['web'],
      made: 'made',
      taught: { key: 'k' },
    });
    lessons.setTaught(proposal.id, null);
    expect(lessons.get(proposal.id)?.taught).toBeNull();
    storage.dispose();
  });

  it('goes with the run that is pruned', async () => {
    const { dataFolder, storage, proposal } = await withProposal();
    storage.lessons.add(proposal.id, {}, 'made');
    storage.lessons.addProject(proposal.runId, proposal.root, ['web']);
    storage.runs.prune(0);
    storage.dispose();
    const db = new Sqlite(join(dataFolder, 'omega.db'));
    for (const table of ['lessons', 'lesson_projects']) {
      expect(db.prepare(`SELECT count(*) AS count FROM ${table}`).get()).toEqual({ count: 0 });
    }
    db.close();
  });

  it('does not keep a proposal from before memories were named from being read', async () => {
    const { dataFolder, storage, proposal } = await withProposal();
    const db = new Sqlite(join(dataFolder, 'omega.db'));
    db.exec("UPDATE proposals SET provenance = json_remove(provenance, '$.memories')");
    db.close();
    expect(storage.proposals.summary(proposal.id)?.provenance.memories).toEqual([]);
    storage.dispose();
  });
});
