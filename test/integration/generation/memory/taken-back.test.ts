import { describe, expect, it } from 'vitest';
import { learningApi, swap } from '#test/support/learning-api.ts';
import { listenOn, nodeProject } from '#test/support/node-project.ts';

const envTimeZone = swap('ENV NODE_ENV=production\n', 'ENV NODE_ENV=production\nENV TZ=UTC\n');

describe('what was learned', () => {
  it('from a written file is gone after its undo', async () => {
    const { first, call, stored } = await learningApi();
    const proposal = await first(nodeProject('orders'));
    await call('proposal.edit', { id: proposal.id, content: envTimeZone(proposal.content) });
    const [report] = await call('proposal.apply', { runId: proposal.runId, ids: [proposal.id] });
    const carried = await first(nodeProject('billing'));
    expect(carried.content).toContain('TZ=UTC');
    await call('checkpoint.undo', { id: report?.checkpointId ?? '' });
    const plain = await first(nodeProject('billing'));
    expect(plain.content).not.toContain('TZ=UTC');
    expect(stored.all('edit')).toEqual([]);
  });

  it('from several is still there after one of them was undone', async () => {
    const { teach, first, call } = await learningApi();
    const other = await first(nodeProject('carts'));
    await teach(nodeProject('orders'), envTimeZone);
    await call('proposal.edit', { id: other.id, content: envTimeZone(other.content) });
    const [report] = await call('proposal.apply', { runId: other.runId, ids: [other.id] });
    await first(nodeProject('feeds', { framework: 'koa' }));
    await call('checkpoint.undo', { id: report?.checkpointId ?? '' });
    expect((await first(nodeProject('billing'))).content).toContain('TZ=UTC');
  });

  it('follows a decision that is changed, and an edit that goes on after it', async () => {
    const { teach, first, call, decide, stored } = await learningApi();
    const { id, content } = await teach(nodeProject('orders'), envTimeZone);
    const look = () => first(nodeProject('billing'));
    expect((await look()).content).toContain('TZ=UTC');
    await call('proposal.edit', {
      id,
      content: swap('ENV NODE_ENV=production\n', 'ENV NODE_ENV=production\nENV TZ=CET\n')(content),
    });
    const edited = await look();
    expect(edited.content).toContain('TZ=CET');
    expect(edited.content).not.toContain('TZ=UTC');
    expect(stored.all('edit')).toHaveLength(1);
    await decide(id, 'open');
    expect((await look()).content).not.toContain('TZ=');
    await decide(id, 'accepted');
    expect((await look()).content).toContain('TZ=CET');
    await decide(id, 'rejected');
    expect((await look()).content).not.toContain('TZ=');
    expect(stored.all('edit')).toEqual([]);
  });

  it('is forgotten by hand, and the proposal that has it says so', async () => {
    const { teach, first, call } = await learningApi();
    await teach(nodeProject('orders'), envTimeZone);
    const carried = await first(nodeProject('billing'));
    const memoryId = carried.provenance.memories[0]?.id ?? '';
    await expect(
      call('proposal.forget', { id: carried.id, memoryId: 'other' }),
    ).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const forgot = await call('proposal.forget', { id: carried.id, memoryId });
    expect(forgot.provenance.memories).toMatchObject([{ id: memoryId, forgotten: true }]);
    expect((await call('proposal.get', { id: carried.id })).content).toContain('TZ=UTC');
    expect((await first(nodeProject('carts'))).content).not.toContain('TZ=UTC');
  });

  it('was decided just before the end is not lost', async () => {
    const { teach, api, stored } = await learningApi();
    await teach(nodeProject('orders'), envTimeZone);
    await api.dispose();
    expect(stored.all('edit')).toHaveLength(1);
  });
});

describe('a rejected file', () => {
  it('comes with a note the next time, until it is accepted', async () => {
    const { first, decide, stored } = await learningApi();
    const root = nodeProject('orders');
    const proposal = await first(root);
    await decide(proposal.id, 'rejected');
    const again = await first(root);
    const [memory] = stored.all('rejected');
    const notes = () => again.findings.filter(({ rule }) => rule === 'omega/memory');
    expect(notes()).toEqual([
      expect.objectContaining({
        severity: 'info',
        message: expect.stringMatching(
          new RegExp(`^You rejected exactly this text .* \\(memory ${memory?.id}\\)\\.$`),
        ),
      }),
    ]);
    listenOn(root, 3500);
    expect((await first(root)).findings.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('You rejected an earlier text'),
    );
    expect((await first(nodeProject('orders'))).findings).not.toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('You rejected') }),
    );
    await decide(again.id, 'accepted');
    expect((await first(root)).findings).not.toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('You rejected') }),
    );
    expect(stored.all('rejected')).toEqual([]);
  });
});

describe('a file that was accepted as made', () => {
  it('is cited by its like, counted once for each, and changes no byte', async () => {
    const { first, decide, stored } = await learningApi();
    const before = await first(nodeProject('billing'));
    for (const name of ['orders', 'carts']) {
      await decide((await first(nodeProject(name))).id, 'accepted');
    }
    const after = await first(nodeProject('billing'));
    expect(after.content).toBe(before.content);
    const [memory, ...others] = stored.all('accepted');
    expect(others).toEqual([]);
    expect(after.provenance.memories).toEqual([
      {
        id: memory?.id,
        effect: 'accepted',
        summary: 'Files like this were accepted as made 2 times.',
      },
    ]);
  });
});

describe('facts of a scan', () => {
  it('are one memory a service, follow a rescan, and what changed is told once', async () => {
    const { first, stored } = await learningApi();
    const root = nodeProject('orders');
    await first(root);
    await first(root);
    const [before, ...others] = stored.all('fact');
    expect(others).toEqual([]);
    expect(before).toMatchObject({
      tier: 'semantic',
      provenance: { source: 'scan', ref: `${root}#.` },
    });
    expect(before?.text).toContain('ports: 3000');

    listenOn(root, 3500);
    const told = await first(root);
    expect(told.findings.map(({ message }) => message)).toContainEqual(
      `Since the last scan ports changed from 3000 to 3500 (memory ${before?.id}).`,
    );
    const quiet = await first(root);
    expect(quiet.findings.filter(({ rule }) => rule === 'omega/memory')).toEqual([]);
    const [after, ...more] = stored.all('fact');
    expect(more).toEqual([]);
    expect(after?.id).toBe(before?.id);
    expect(after?.text).toContain('ports: 3500');
  });
});
