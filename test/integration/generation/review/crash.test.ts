import { spawnSync } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openApi, project } from '#test/support/open-api.ts';
import { snapshot, tempFolder } from '#test/support/temp-folder.ts';

const child = join(import.meta.dirname, 'crash-child.ts');

function crash(dataFolder: string, action: 'apply' | 'undo' | 'recover', id: string, step: number) {
  return spawnSync(process.execPath, [child, dataFolder, action, id, String(step)], {
    encoding: 'utf8',
  });
}

/** A project with a file to replace and one to make two folders deep, and a run over it. */
async function prepared() {
  const root = project('web');
  writeFileSync(join(root, 'web', 'Dockerfile'), 'mine\n');
  const dataFolder = tempFolder();
  const { api, runToEnd, call } = await openApi({ dataFolder });
  const run = await runToEnd({ roots: [root], kinds: ['dockerfile', 'kubernetes'] });
  return { root, dataFolder, api, call, run };
}

/** Puts a project and the store back to a copy of them. */
function keeper(...folders: readonly string[]): () => void {
  const copies = folders.map((folder) => {
    const copy = tempFolder();
    cpSync(folder, copy, { recursive: true });
    return [folder, copy] as const;
  });
  return () => {
    for (const [folder, copy] of copies) {
      rmSync(folder, { recursive: true });
      cpSync(copy, folder, { recursive: true });
    }
  };
}

function integrity(dataFolder: string): unknown {
  const db = new Sqlite(join(dataFolder, 'omega.db'));
  try {
    const broken = db.pragma('foreign_key_check');
    return [db.pragma('integrity_check', { simple: true }), broken];
  } finally {
    db.close();
  }
}

describe('a process that is killed', () => {
  it('at any step of a write leaves nothing of it after the next start', async () => {
    const { root, dataFolder, api, run } = await prepared();
    await api.dispose();
    const before = snapshot(root);
    const putBack = keeper(root, dataFolder);
    const steps = Number(crash(dataFolder, 'apply', run.id, 0).stdout);
    expect(steps).toBeGreaterThan(8);
    for (let step = 1; step <= steps; step += 1) {
      putBack();
      expect(crash(dataFolder, 'apply', run.id, step).signal, `step ${step}`).toBe('SIGKILL');
      const next = await openApi({ dataFolder });
      expect(snapshot(root), `step ${step}`).toEqual(before);
      expect(await next.call('checkpoint.list', {})).toEqual([]);
      // Before the first durable step nothing was begun, so there is nothing to tell.
      const { notices } = await next.call('app.info', {});
      expect(notices, `step ${step}`).toHaveLength(step === 1 ? 0 : 1);
      await next.api.dispose();
      expect(integrity(dataFolder)).toEqual(['ok', []]);
    }
  }, 120_000);

  it('at any step of an undo has it carried on at the next start', async () => {
    const { root, dataFolder, api, call, run } = await prepared();
    const before = snapshot(root);
    const ids = (await call('proposal.list', { runId: run.id })).map(({ id }) => id);
    const [report] = await call('proposal.apply', { runId: run.id, ids, overwrite: true });
    const id = report?.checkpointId ?? '';
    await api.dispose();
    const written = snapshot(root);
    const putBack = keeper(root, dataFolder);
    const steps = Number(crash(dataFolder, 'undo', id, 0).stdout);
    expect(steps).toBeGreaterThan(6);
    for (let step = 1; step <= steps; step += 1) {
      putBack();
      expect(crash(dataFolder, 'undo', id, step).signal, `step ${step}`).toBe('SIGKILL');
      const next = await openApi({ dataFolder });
      expect(snapshot(root), `step ${step}`).toEqual(step === 1 ? written : before);
      const [checkpoint] = await next.call('checkpoint.list', {});
      expect(checkpoint?.undoneAt === null, `step ${step}`).toBe(step === 1);
      await next.api.dispose();
    }
  }, 120_000);

  it('in the middle of its own recovery is recovered from again', async () => {
    const { root, dataFolder, api, run } = await prepared();
    await api.dispose();
    const before = snapshot(root);
    const putBackAll = keeper(root, dataFolder);
    const steps = Number(crash(dataFolder, 'apply', run.id, 0).stdout);
    putBackAll();
    // The last step is the commit: every file has been written by then.
    crash(dataFolder, 'apply', run.id, steps);
    expect(snapshot(root)).not.toEqual(before);
    const putBack = keeper(root, dataFolder);
    const recovery = Number(crash(dataFolder, 'recover', '-', 0).stdout);
    expect(recovery).toBeGreaterThan(4);
    for (let step = 1; step <= recovery; step += 1) {
      putBack();
      expect(crash(dataFolder, 'recover', '-', step).signal, `step ${step}`).toBe('SIGKILL');
      const next = await openApi({ dataFolder });
      expect(snapshot(root), `step ${step}`).toEqual(before);
      await next.api.dispose();
    }
  }, 120_000);
});
