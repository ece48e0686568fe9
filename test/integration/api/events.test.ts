import { describe, expect, it } from 'vitest';
import { journaledKinds } from '#shared/event-kinds.ts';
import { openApi, project } from '#test/support/open-api.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

describe('event.list', () => {
  it('answers with what this and other processes of the data folder did', async () => {
    const dataFolder = tempFolder();
    const [one, two] = [await openApi({ dataFolder }), await openApi({ dataFolder })];
    const root = project('web');
    await one.call('project.add', { root });
    await one.runToEnd({ roots: [root], kinds: ['dockerfile'] });
    await one.api.dispose();
    const all = await two.call('event.list', {});
    const kept = one.events.filter(({ type }) => journaledKinds.has(type));
    expect(kept.length).toBeLessThan(one.events.length);
    const { instance } = all.find(({ type }) => type === 'projects.changed') ?? {};
    const ofOne = all
      .filter((event) => event.instance === instance)
      .map(({ type, data }) => ({ type, ...data }));
    // From before anybody could listen to after the runtime had closed its store.
    const types = ofOne.map(({ type }) => type);
    expect([types[0], types.at(-1)]).toEqual(['runtime.state', 'system.shutdown']);
    expect(types).toContain('system.started');
    expect(ofOne.slice(-kept.length)).toEqual(kept);
    const runs = await two.call('event.list', { types: ['run.*'], limit: 2 });
    expect(runs.map(({ type }) => type)).toEqual(['run.updated', 'run.updated']);
    expect(runs.at(-1)?.data?.run).toMatchObject({ state: 'completed' });
    const first = all[0]?.seq ?? Number.NaN;
    expect(await two.call('event.list', { after: first, limit: 1 })).toEqual(all.slice(1, 2));
  });

  it('waits for the next, and only as long as it is told', async () => {
    const dataFolder = tempFolder();
    const [one, two] = [await openApi({ dataFolder }), await openApi({ dataFolder })];
    const waiting = two.call('event.list', {
      after: 0,
      types: ['projects.changed'],
      waitMs: 20_000,
    });
    await one.call('project.add', { root: project() });
    expect(await waiting).toMatchObject([{ type: 'projects.changed', data: {} }]);
    expect(await two.call('event.list', { after: 9_999, waitMs: 50 })).toEqual([]);
    const controller = new AbortController();
    const cancelled = two.call('event.list', { after: 9_999, waitMs: 20_000 }, controller.signal);
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    // The app closes while somebody waits.
    const closed = two.call('event.list', { after: 9_999, waitMs: 20_000 });
    await Promise.all([
      expect(closed).rejects.toMatchObject({ code: 'CANCELLED' }),
      two.api.dispose(),
    ]);
  });

  it.each([
    [{ types: ['memroy.*'] }, 'types.0'],
    [{ types: ['scan.progress'] }, 'types.0'],
    [{ types: [] }, 'types'],
    [{ limit: 1_001 }, 'limit'],
    [{ after: -1 }, 'after'],
    [{ waitMs: 1e9 }, 'waitMs'],
  ])('refuses %j', async (input, path) => {
    const { api } = await openApi();
    expect(await api.call('event.list', input)).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', details: { issues: [{ path }] } },
    });
  });
});
