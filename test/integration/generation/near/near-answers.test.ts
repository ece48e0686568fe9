import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import type { RouteInput } from '#shared/contract.ts';
import { computeEntry, hasModel, modelsFolder, needsModel } from '#test/support/model.ts';
import { listenOn, nodeProject } from '#test/support/node-project.ts';
import { standInApp } from '#test/support/stand-in-app.ts';

type Request = RouteInput<'cache.suggest'>;
const acceleration = { spawn: forkCompute(computeEntry), modelsFolder };
const dockerfile = (root: string, service: string): Request => ({
  root,
  kind: 'dockerfile',
  service,
  use: 'openai',
});

describe.skipIf(!hasModel)(needsModel, () => {
  it('a near answer is suggested, never taken, until a person accepts it; and given back', async () => {
    const app = await standInApp({}, {}, { acceleration });
    const calls = () => app.standIn.log.calls.length;
    const [orders, users] = [nodeProject('orders'), nodeProject('users', { port: 3001 })];
    const far = nodeProject('far');
    writeFileSync(join(far, 'package.json'), '{"name":"far","scripts":{"start":"node s.js"}}');
    await app.generate({ roots: [orders] });
    await app.generate({ roots: [orders], kinds: ['compose'] });
    expect(calls()).toBe(2);

    const wanted = dockerfile(users, 'users');
    const found = await app.call('cache.suggest', wanted);
    if (found.state !== 'near') throw new Error(JSON.stringify(found));
    const [answer] = found.answers;
    expect(found.answers, 'of the same kind alone').toHaveLength(1);
    expect(answer).toMatchObject({
      provider: 'openai',
      project: orders,
      differs: [{ fact: 'port', here: '3001', there: '3000' }],
    });
    expect(answer?.similarity).toBeGreaterThan(0.85);
    expect(answer?.files.map(({ path }) => path)).toContain('Dockerfile');

    // Suggested, looked at, not accepted: a run asks the model, however near the answer is.
    const twin = nodeProject('orders');
    appendFileSync(join(twin, 'server.js'), '// One more line.\n');
    const nearest = await app.call('cache.suggest', dockerfile(twin, 'orders'));
    expect(nearest).toMatchObject({ answers: [{ differs: [], project: orders }] });
    expect(nearest.state === 'near' && nearest.answers[0]?.similarity).toBeCloseTo(1, 5);
    const asked = await app.generate({ roots: [twin] });
    expect(calls()).toBe(3);
    expect(asked.run.jobs[0]?.usage?.cached).toBe(0);
    await app.call('cache.clear', { project: twin });

    const accept = { ...wanted, key: found.key, from: answer?.key ?? '' };
    await expect(
      app.call('cache.accept', { ...accept, from: 'f'.repeat(64) }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(app.call('cache.accept', { ...accept, cache: 'refresh' })).rejects.toMatchObject({
      code: 'REFUSED',
    });
    listenOn(users, 3002);
    await expect(app.call('cache.accept', accept)).rejects.toMatchObject({ code: 'CONFLICT' });
    listenOn(users, 3001);
    const kept = await app.call('cache.accept', accept);
    expect(kept).toMatchObject({ state: 'kept', accepted: { project: orders } });
    expect(await app.call('cache.suggest', wanted)).toEqual(kept);

    const taken = await app.generate({ roots: [users] });
    expect(calls(), 'taken from the cache').toBe(3);
    expect(taken.run.jobs[0]?.usage).toMatchObject({ cached: 1, costUsd: 0 });
    const file = taken.proposals.find(({ path }) => path === 'Dockerfile');
    expect(file?.content).toBe(answer?.files.find(({ path }) => path === 'Dockerfile')?.content);
    expect(file?.provenance.origin).toMatchObject({
      type: 'model',
      provider: 'openai',
      cached: true,
      accepted: { project: orders, madeAt: answer?.madeAt },
    });

    // An accepted copy is no answer to suggest further.
    const again = await app.call('cache.suggest', dockerfile(far, 'far'));
    const projects = again.state === 'near' ? again.answers.map(({ project }) => project) : [];
    expect(projects).not.toContain(users);

    expect(await app.call('cache.forget', { key: found.key })).toEqual({ forgotten: true });
    expect(await app.call('cache.forget', { key: found.key })).toEqual({ forgotten: false });
    const [own] = found.answers;
    expect(
      await app.call('cache.forget', { key: own?.key ?? '' }),
      'only what was accepted',
    ).toEqual({ forgotten: false });
    await app.generate({ roots: [users] });
    expect(calls(), 'asked again').toBe(4);
  }, 60_000);
});

describe('without the model', () => {
  // Catches a gate that takes the nearest for the one that was asked for.
  it('says that nothing can be compared; answers are kept and found all the same', async () => {
    const app = await standInApp();
    const [one, other] = [nodeProject('one'), nodeProject('one', { port: 3001 })];
    const first = await app.generate({ roots: [one] });
    const calls = app.standIn.log.calls.length;
    const found = await app.call('cache.suggest', dockerfile(other, 'one'));
    expect(found).toMatchObject({
      state: 'unavailable',
      why: expect.stringMatching(/cannot be compared now/),
    });
    await app.generate({ roots: [one] });
    expect(app.standIn.log.calls).toHaveLength(calls);
    expect(first.run.state).toBe('completed');
    expect(await app.call('cache.suggest', dockerfile(one, 'one'))).toMatchObject({
      state: 'kept',
      accepted: null,
    });
    const off = await app.call('cache.suggest', { ...dockerfile(other, 'one'), cache: 'off' });
    expect(off).toMatchObject({ state: 'off' });
    await app.call('config.set', { 'cache.enabled': false });
    expect(await app.call('cache.suggest', dockerfile(other, 'one'))).toMatchObject({
      state: 'off',
    });
    await app.call('cache.clear', {});
    const db = new Sqlite(join(app.dataFolder, 'omega.db'), { readonly: true });
    expect(db.prepare('SELECT count(*) AS n FROM response_notes').get()).toEqual({ n: 0 });
    db.close();
  });
});
