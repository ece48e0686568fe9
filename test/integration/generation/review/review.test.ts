import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openApi, project } from '#test/support/open-api.ts';
import { snapshot, tempFolder } from '#test/support/temp-folder.ts';

async function opened(root: string) {
  const api = await openApi();
  const run = await api.runToEnd({ roots: [root], kinds: ['dockerfile', 'kubernetes'] });
  const proposals = await api.call('proposal.list', { runId: run.id });
  const ids = proposals.map(({ id }) => id);
  const apply = async (options: { dryRun?: boolean; overwrite?: boolean } = {}) => {
    const [report] = await api.call('proposal.apply', { runId: run.id, ids, ...options });
    if (!report) throw new Error('No report');
    return report;
  };
  return { ...api, run, proposals, ids, apply };
}

describe('the list of proposals', () => {
  it('carries no texts, which are megabytes in a large run; each is had by its id', async () => {
    const root = project('web', 'api');
    writeFileSync(join(root, 'web', 'Dockerfile'), 'mine');
    const { proposals, call } = await opened(root);
    for (const one of proposals) {
      expect(one).not.toHaveProperty('content');
      expect(one).not.toHaveProperty('base');
      expect(await call('proposal.get', { id: one.id })).toEqual({
        ...one,
        base: one.replaces ? 'mine' : null,
        content: expect.stringMatching(/^FROM scratch\n/),
      });
    }
    expect(proposals.filter(({ replaces }) => replaces).map(({ path }) => path)).toEqual([
      'web/Dockerfile',
    ]);
    const [first] = proposals;
    const decided = await call('proposal.decide', { ids: [first?.id ?? ''], state: 'rejected' });
    expect(decided).toEqual([{ ...first, state: 'rejected' }]);
    await expect(call('proposal.get', { id: 'gone' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('apply and undo', () => {
  it('restore exactly the bytes and bits that were there, and what was not there is gone', async () => {
    const root = project('web', 'api');
    // Bytes that a round trip through text would change.
    writeFileSync(join(root, 'web', 'Dockerfile'), Buffer.from([0xff, 0xfe, 0x0d, 0x0a, 0x00]));
    chmodSync(join(root, 'web', 'Dockerfile'), 0o640);
    const before = snapshot(root);
    const { apply, call } = await opened(root);
    const report = await apply({ overwrite: true });
    expect(report.outcomes.map(({ status }) => status)).toEqual(Array(4).fill('written'));
    const written = snapshot(root);
    expect(written['web/Dockerfile']).toMatch(/^640 FROM scratch/);
    expect(Object.keys(written).filter((name) => name.includes('omega-tmp'))).toEqual([]);
    const undone = await call('checkpoint.undo', { id: report.checkpointId ?? '' });
    expect(undone.outcomes.map(({ status }) => status).sort()).toEqual([
      'removed',
      'removed',
      'removed',
      'restored',
    ]);
    expect(snapshot(root)).toEqual(before);
  });

  it('a dry run says the same and writes nothing', async () => {
    const root = project('web');
    writeFileSync(join(root, 'web', 'Dockerfile'), 'mine');
    const before = snapshot(root);
    const { apply, call } = await opened(root);
    const dry = await apply({ dryRun: true, overwrite: true });
    expect(dry.checkpointId).toBeNull();
    expect(snapshot(root)).toEqual(before);
    expect(await call('checkpoint.list', {})).toEqual([]);
    expect((await apply({ overwrite: true })).outcomes).toEqual(dry.outcomes);
  });

  it('keeps a file that Omega did not write, and replaces its own', async () => {
    const root = project('web');
    writeFileSync(join(root, 'web', 'Dockerfile'), 'mine');
    const first = await opened(root);
    const kept = await first.apply();
    expect(kept.outcomes[0]).toMatchObject({ status: 'skipped', code: 'REFUSED' });
    expect(readFileSync(join(root, 'web', 'Dockerfile'), 'utf8')).toBe('mine');
    // Its own file, by an edit of the same proposal.
    const [own] = first.ids.slice(1);
    await first.call('proposal.edit', { id: own ?? '', content: 'edited\n' });
    expect((await first.apply()).outcomes[1]).toMatchObject({ status: 'written' });
    expect(readFileSync(join(root, 'k8s', 'deep', 'web.yaml'), 'utf8')).toBe('edited\n');
  });

  it('refuses a file that changed since it was proposed, whatever is allowed', async () => {
    const root = project('web');
    const { apply } = await opened(root);
    writeFileSync(join(root, 'web', 'Dockerfile'), 'newer');
    const report = await apply({ overwrite: true });
    expect(report.outcomes[0]).toMatchObject({ status: 'refused', code: 'CONFLICT' });
    expect(report.outcomes[1]).toMatchObject({ status: 'written' });
    expect(readFileSync(join(root, 'web', 'Dockerfile'), 'utf8')).toBe('newer');
  });

  it('refuses links, read-only files and folders in the way, and names them', async () => {
    const root = project('web', 'api', 'job');
    const outside = join(tempFolder(), 'outside');
    writeFileSync(outside, 'outside');
    symlinkSync(outside, join(root, 'web', 'Dockerfile'));
    mkdirSync(join(root, 'api', 'Dockerfile'));
    writeFileSync(join(root, 'job', 'Dockerfile'), 'read-only');
    chmodSync(join(root, 'job', 'Dockerfile'), 0o444);
    symlinkSync(tempFolder(), join(root, 'k8s'));
    const { apply, proposals } = await opened(root);
    const report = await apply({ overwrite: true });
    const codes = Object.fromEntries(report.outcomes.map(({ path, code }) => [path, code]));
    expect(codes).toMatchObject({
      'web/Dockerfile': 'REFUSED',
      'api/Dockerfile': 'REFUSED',
      'job/Dockerfile': 'NOT_WRITABLE',
      'k8s/deep/web.yaml': 'REFUSED',
    });
    expect(readFileSync(outside, 'utf8')).toBe('outside');
    const web = proposals.find(({ path }) => path === 'web/Dockerfile');
    expect(web?.findings[0]).toMatchObject({ rule: 'omega/target', severity: 'error' });
  });

  it('does not write what its validation condemns, until a person has edited it', async () => {
    const root = project('unsafe');
    const { apply, call, ids } = await opened(root);
    expect((await apply()).outcomes[0]).toMatchObject({ status: 'refused', code: 'REFUSED' });
    const edited = await call('proposal.edit', { id: ids[0] ?? '', content: 'FROM x # BAD\n' });
    expect(edited.provenance.origin.type).toBe('edit');
    expect(edited.findings).toHaveLength(1);
    expect((await apply()).outcomes[0]).toMatchObject({ status: 'written' });
  });

  it('undo refuses, with the diff, a file that changed or was removed since, and does the rest', async () => {
    const root = project('web', 'api');
    const { apply, call } = await opened(root);
    const { checkpointId } = await apply();
    const id = checkpointId ?? '';
    writeFileSync(join(root, 'web', 'Dockerfile'), 'FROM scratch\nmine\n');
    rmSync(join(root, 'api', 'Dockerfile'));
    const report = await call('checkpoint.undo', { id });
    const web = report.outcomes.find(({ path }) => path === 'web/Dockerfile');
    expect(web).toMatchObject({ status: 'refused', code: 'CONFLICT' });
    expect(web?.diff).toContain('+mine');
    expect(Object.keys(snapshot(root)).sort()).toEqual(['api', 'web', 'web/Dockerfile']);
    // Taken back by hand, the rest can be undone; then there is nothing more to undo.
    rmSync(join(root, 'web', 'Dockerfile'));
    await call('checkpoint.undo', { id });
    await expect(call('checkpoint.undo', { id })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('undo leaves a folder in which the user has put something', async () => {
    const root = project('web');
    const { apply, call } = await opened(root);
    const { checkpointId } = await apply();
    writeFileSync(join(root, 'k8s', 'mine.txt'), 'mine');
    await call('checkpoint.undo', { id: checkpointId ?? '' });
    expect(Object.keys(snapshot(root)).sort()).toEqual(['k8s', 'k8s/mine.txt', 'web']);
  });

  it('a rejected proposal leaves the bytes as they are', async () => {
    const root = project('web');
    const before = snapshot(root);
    const { apply, call, ids } = await opened(root);
    await call('proposal.decide', { ids, state: 'rejected' });
    expect((await apply()).outcomes.map(({ status }) => status)).toEqual(['skipped', 'skipped']);
    expect(snapshot(root)).toEqual(before);
  });

  it('without ids writes what was accepted, and nothing else', async () => {
    const root = project('web');
    const { call, ids, run } = await opened(root);
    await call('proposal.decide', { ids: ids.slice(0, 1), state: 'accepted' });
    const [report] = await call('proposal.apply', { runId: run.id });
    expect(report?.outcomes.map(({ path }) => path)).toEqual(['web/Dockerfile']);
    const states = (await call('proposal.list', { runId: run.id })).map(({ state }) => state);
    expect(states).toEqual(['applied', 'open']);
  });

  it('a new run finds its own files unchanged', async () => {
    const root = project('web');
    const { runToEnd, call } = await openApi();
    const request = { roots: [root], kinds: ['dockerfile' as const] };
    const first = await runToEnd(request);
    const ids = (await call('proposal.list', { runId: first.id })).map(({ id }) => id);
    await call('proposal.apply', { runId: first.id, ids });
    const again = await runToEnd(request);
    const states = (await call('proposal.list', { runId: again.id })).map(({ state }) => state);
    expect(states).toEqual(['unchanged']);
    const [report] = await call('proposal.apply', {
      runId: again.id,
      ids: (await call('proposal.list', { runId: again.id })).map(({ id }) => id),
    });
    expect(report).toMatchObject({ checkpointId: null, outcomes: [{ status: 'unchanged' }] });
  });
});
