import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskFiles } from '#main/generation/review/project-files.ts';
import { openApi, project } from '#test/support/open-api.ts';
import { smallPorts } from '#test/support/small-ports.ts';
import { snapshot, tempFolder } from '#test/support/temp-folder.ts';
import { makeReadOnly, tinyDisk } from '#test/support/tiny-disk.ts';

const big = { ...smallPorts, generate: withBulk(smallPorts.generate) };

/** Files of 40 KB, of which a disk of 100 KB takes two. */
function withBulk(generate: typeof smallPorts.generate): typeof smallPorts.generate {
  return async (...input) =>
    (await generate(...input)).map((artifact) => ({ ...artifact, content: 'x'.repeat(40_000) }));
}

describe('a full disk', () => {
  it('undoes the whole write, over all projects, and says so', async ({ skip }) => {
    const disk = tinyDisk(100);
    if (disk === null) return skip('this user may not mount a disk');
    for (const name of ['web', 'api', 'job']) mkdirSync(join(disk, name));
    writeFileSync(join(disk, 'web', 'Dockerfile'), 'mine');
    const roomy = project('other');
    const before = [snapshot(disk), snapshot(roomy)];
    const { runToEnd, call } = await openApi({ ports: big });
    const run = await runToEnd({ roots: [roomy, disk], kinds: ['dockerfile'] });
    const ids = (await call('proposal.list', { runId: run.id })).map(({ id }) => id);
    await expect(
      call('proposal.apply', { runId: run.id, ids, overwrite: true }),
    ).rejects.toMatchObject({
      code: 'NO_SPACE',
      retryable: true,
      // The file that people know, not the name under which it is staged.
      message: expect.stringMatching(/\/Dockerfile" is full/),
    });
    expect([snapshot(disk), snapshot(roomy)]).toEqual(before);
    expect(await call('checkpoint.list', {})).toEqual([]);
    const states = (await call('proposal.list', { runId: run.id })).map(({ state }) => state);
    expect(states).toEqual(['open', 'open', 'open', 'open']);
  });

  it('is seen by the write itself: no file is cut short', async ({ skip }) => {
    const disk = tinyDisk(64);
    if (disk === null) return skip('this user may not mount a disk');
    writeFileSync(join(disk, 'file'), 'old');
    const staging = diskFiles.stage(join(disk, '.temp'), Buffer.alloc(200_000), null);
    await expect(staging).rejects.toMatchObject({ code: 'NO_SPACE' });
    expect(snapshot(disk)).toEqual({ file: '644 old' });
  });

  it('of the data folder is a clear error, and the app goes on when there is room', async ({
    skip,
  }) => {
    // The store has to fit while it is empty: some 430 KB, and more with each migration.
    const kilobytes = 4_000;
    const disk = tinyDisk(kilobytes);
    if (disk === null) return skip('this user may not mount a disk');
    const dataFolder = join(disk, 'data');
    const { api } = await openApi({ dataFolder });
    writeFileSync(join(disk, 'filler'), Buffer.alloc(1)); // The file is there before the disk is full.
    try {
      writeFileSync(join(disk, 'filler'), Buffer.alloc(kilobytes * 1_024));
    } catch {
      // Full now.
    }
    const answers = [];
    for (let count = 1; count <= 64; count += 1) {
      answers.push(await api.call('project.add', { root: tempFolder() }));
    }
    expect(await api.call('config.set', { 'async.concurrency': 9 })).toMatchObject({
      error: { code: 'NO_SPACE' },
    });
    const failed = answers.find((answer) => !answer.ok);
    expect(failed).toMatchObject({ error: { code: 'NO_SPACE' } });
    writeFileSync(join(disk, 'filler'), '');
    expect(await api.call('config.set', { 'async.concurrency': 7 })).toMatchObject({
      ok: true,
      data: { config: { async: { concurrency: 7 } } },
    });
  });
});

describe('a read-only target', () => {
  it('refuses each file by name and touches nothing', async ({ skip }) => {
    const disk = tinyDisk(100);
    if (disk === null) return skip('this user may not mount a disk');
    mkdirSync(join(disk, 'web'));
    writeFileSync(join(disk, 'web', 'Dockerfile'), 'mine');
    makeReadOnly(disk);
    const { runToEnd, call } = await openApi();
    const run = await runToEnd({ roots: [disk], kinds: ['dockerfile', 'kubernetes'] });
    const ids = (await call('proposal.list', { runId: run.id })).map(({ id }) => id);
    const [report] = await call('proposal.apply', { runId: run.id, ids, overwrite: true });
    expect(report?.outcomes.map(({ code }) => code)).toEqual(['NOT_WRITABLE', 'NOT_WRITABLE']);
    expect(readFileSync(join(disk, 'web', 'Dockerfile'), 'utf8')).toBe('mine');
  });
});
