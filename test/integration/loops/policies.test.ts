import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { learningApi, swap } from '#test/support/learning-api.ts';
import { nodeProject } from '#test/support/node-project.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const timeZone = 'ENV TZ=UTC\n';
const edit = swap('ENV NODE_ENV=production\n', `ENV NODE_ENV=production\n${timeZone}`);

/** A project of two services that are made with different frameworks. */
function pair(): string {
  const root = join(tempFolder(), 'pair');
  mkdirSync(root);
  renameSync(nodeProject('shop'), join(root, 'shop'));
  renameSync(nodeProject('feeds', { framework: 'koa' }), join(root, 'feeds'));
  return root;
}

it('an edit that was accepted in three services of two projects is followed where no lesson was about', async () => {
  const { generate, teach, first, call, decide, stored } = await learningApi();
  const cycle = () => call('loop.run', { type: 'transformative' });
  const policies = () => stored.all('policy');
  const unlike = nodeProject('mails', { framework: 'koa', manager: 'yarn' });
  const before = await first(unlike);
  for (const { id, path, content } of (await generate(pair())).values()) {
    if (!path.endsWith('Dockerfile')) continue;
    await call('proposal.edit', { id, content: edit(content) });
    await decide(id, 'accepted');
  }
  // Two services of one project are that project's own affair.
  expect(await cycle()).toMatchObject({ actions: [], results: { edits: 2, made: 0 } });
  await teach(nodeProject('carts', { manager: 'yarn' }), edit);
  expect((await first(unlike)).content).toBe(before.content);

  const made = await cycle();
  const [policy, ...others] = policies();
  expect(others).toEqual([]);
  expect(made.actions).toMatchObject([
    { kind: 'policy', state: 'done', parameters: { memory: policy?.id, after: { isOn: true } } },
  ]);
  const places = made.actions[0]?.parameters.evidence as { root: string }[];
  expect(places).toHaveLength(3);
  expect(new Set(places.map(({ root }) => root)).size).toBe(2);

  const after = await first(unlike);
  expect(after.content).toBe(edit(before.content));
  expect(after.provenance.memories).toMatchObject([{ id: policy?.id, effect: 'policy' }]);
  // Where a lesson is about the service itself it stands once, and is the lesson's.
  const alike = await first(nodeProject('bills', { framework: 'koa' }));
  expect(alike.content.split(timeZone)).toHaveLength(2);
  expect(alike.provenance.memories).toMatchObject([{ effect: 'edit' }]);
  const ignored = (await generate(unlike)).get('.dockerignore');
  expect(ignored?.provenance.memories).toEqual([]);

  const again = await cycle();
  expect(again.actions).toEqual([]);
  expect(again.insights).toEqual([expect.stringContaining('No change was accepted')]);
  expect(policies()).toHaveLength(1);

  await call('loop.revert', { cycle: made.cycleId, action: made.actions[0]?.id ?? '' });
  expect((await first(unlike)).content).toBe(before.content);
  // Taken back is not forgotten: the same edits do not make it again.
  expect((await cycle()).actions).toEqual([]);
  expect((await first(unlike)).content).toBe(before.content);
});

it('a policy is switched off beside a proposal that cites it, and on and off through the loop', async () => {
  const { teach, first, call, stored } = await learningApi();
  await teach(nodeProject('shop'), edit);
  await teach(nodeProject('feeds', { framework: 'koa' }), edit);
  await teach(nodeProject('carts', { manager: 'yarn' }), edit);
  await call('loop.run', { type: 'transformative' });
  const unlike = nodeProject('mails', { framework: 'koa', manager: 'yarn' });
  const follows = async () => (await first(unlike)).content.includes(timeZone);
  const proposal = await first(unlike);
  const [cited] = proposal.provenance.memories;
  const id = cited?.id ?? '';
  await call('proposal.forget', { id: proposal.id, memoryId: id });
  expect(await follows()).toBe(false);
  expect(stored.all('policy')).toMatchObject([{ id, metadata: { isOn: false } }]);

  const turn = (isOn: unknown, of = id) =>
    call('loop.run', {
      ...{ type: 'transformative', input: { data: { policies: [{ id: of, isOn }] } } as never },
    });
  await turn(true);
  expect(await follows()).toBe(true);
  await turn(false);
  expect(await follows()).toBe(false);
  await expect(turn(false)).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(turn(true, 'nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(turn('maybe')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

it('who takes a policy out of their files is heard: as many as the projects that it came from outweigh them', async () => {
  const { teach, first, call, decide } = await learningApi();
  await teach(nodeProject('shop'), edit);
  await teach(nodeProject('feeds', { framework: 'koa' }), edit);
  await teach(nodeProject('carts', { manager: 'yarn' }), edit);
  await call('loop.run', { type: 'transformative' });
  for (const name of ['mails', 'bills', 'taxes']) {
    const { id, content } = await first(nodeProject(name, { framework: 'koa', manager: 'yarn' }));
    expect(content).toContain(timeZone);
    await call('proposal.edit', { id, content: content.replace(timeZone, '') });
    await decide(id, 'accepted');
  }
  const last = await first(nodeProject('pays', { framework: 'koa', manager: 'yarn' }));
  expect(last.content).not.toContain(timeZone);
  const { results } = await call('loop.run', { type: 'transformative' });
  expect(results.policies).toMatchObject([{ isOn: true, isFollowed: false }]);
});
