import { describe, expect, it } from 'vitest';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { computeEntry, hasModel, modelsFolder, needsModel } from '#test/support/model.ts';
import { appWithoutModels, omega } from '#test/support/omega-process.ts';
import { openApi } from '#test/support/open-api.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const acceleration = { spawn: forkCompute(computeEntry), modelsFolder };

/** A data folder that an app kept something in, which is closed again. */
async function kept(keep: (call: Awaited<ReturnType<typeof openApi>>['call']) => Promise<unknown>) {
  const { api, call, dataFolder } = await openApi({ acceleration });
  await keep(call);
  await api.dispose();
  return dataFolder;
}

describe('omega vectors', () => {
  it('lists, shows and deletes what programs kept', async () => {
    const metadata = { of: 'a\u001b[2J' };
    const home = await kept(async (call) => {
      const vector = [0.5, -0.25];
      await call('vector.store', { collection: 'notes', id: 'one', vector, metadata });
      await call('vector.store', { collection: 'notes', id: 'two', vector });
    });
    const list = await omega(home, ['vectors']);
    expect(list).toMatchObject({ code: 0, stderr: '' });
    expect(list.stdout).toMatch(/^notes +2 vectors of 2 numbers\n$/);
    const { stdout } = await omega(home, ['vectors', 'get', 'notes', 'one', '--json']);
    expect(JSON.parse(stdout)).toEqual({ id: 'one', vector: [0.5, -0.25], metadata });
    const shown = await omega(home, ['vectors', 'get', 'notes', 'one']);
    expect(shown.stdout).toMatch(/^vector +0\.5000 -0\.2500\nmetadata +\{"of":"a\\u001b\[2J"\}$/m);
    const gone = await omega(home, ['vectors', 'delete', 'notes', 'one']);
    expect(gone.stdout).toBe('Deleted the vector one of notes: {"of":"a\\u001b[2J"}\n');
    const again = await omega(home, ['vectors', 'delete', 'notes', 'one', '--json']);
    expect(again.code).toBe(2);
    expect(JSON.parse(again.stdout)).toMatchObject({ error: { code: 'NOT_FOUND' } });
    const left = JSON.parse((await omega(home, ['vectors', 'list', '--json'])).stdout);
    expect(left).toEqual([{ name: 'notes', dimensions: 2, size: 1 }]);
  }, 90_000);

  it.skipIf(!hasModel)(
    `finds by a text (${needsModel}), where vectors are as long as texts'`,
    async () => {
      const home = await kept(async (call) => {
        await call('vector.store', { id: 'one', vector: Array(384).fill(0.1) });
        await call('vector.store', { collection: 'notes', vector: [0.5, -0.25] });
      });
      const found = await omega(home, ['vectors', 'search', 'default', 'any', 'text', '--json']);
      expect(JSON.parse(found.stdout)).toMatchObject({ hits: [{ id: 'one' }], degraded: null });
      const other = await omega(home, ['vectors', 'search', 'notes', 'text']);
      expect(other).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('vectors of 2 numbers'),
      });
      const none = await omega(home, ['vectors', 'search', 'none', 'text']);
      expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('collection "none"') });
    },
    90_000,
  );
});

describe('omega episodes', () => {
  it('lists, recalls and sums up what was tried', async () => {
    const episode = { reward: 0.25, success: false, critique: 'mount\n\u001b[31mthe cache' };
    const home = await kept(async (call) => {
      await call('episode.store', {
        ...episode,
        id: 'old',
        sessionId: 's',
        task: 'build',
        at: 1000,
      });
      const last = { id: 'new', sessionId: 't', task: 'deploy', reward: 0.75, success: true };
      await call('episode.store', { ...last, latencyMs: 20 });
    });
    const app = appWithoutModels();
    const list = await omega(home, ['episodes'], app);
    expect(list).toMatchObject({ code: 0, stderr: '' });
    const [newest, , oldest, , critique] = list.stdout.split('\n');
    expect(newest).toMatch(/^new succeeded, reward 0\.75 \d{4}-/);
    expect(oldest).toBe('old failed, reward 0.25 1970-01-01 00:00:01');
    expect(critique).toBe('    mount \\x1b[31mthe cache');
    const recalled = await omega(home, ['episodes', 'recall', 'how to build', '--json'], app);
    expect(JSON.parse(recalled.stdout)).toMatchObject({
      episodes: [{ episode: { id: 'old' }, similarity: null }],
      degraded: expect.stringContaining('not installed'),
    });
    expect(recalled.stderr).toMatch(/^omega: .*not installed/);
    const totals = await omega(home, ['episodes', 'totals', '--json'], app);
    const half = {
      count: 2,
      successRate: 0.5,
      meanReward: 0.5,
      meanLatencyMs: 20,
      meanTokens: null,
    };
    expect(JSON.parse(totals.stdout)).toEqual(half);
    const some = await omega(home, ['episodes', 'totals', '--session', 't'], app);
    expect(some.stdout).toMatch(
      /^episodes +1\nsucceeded +100 %\nreward +0\.75 on average\nlatency +20/,
    );
    const none = await omega(home, ['episodes', 'list', '--session', 'u'], app);
    expect(none).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining('leave it out'),
    });
  }, 90_000);
});

describe('omega skills', () => {
  it('lists, finds and shows what is known to work', async () => {
    const home = await kept(async (call) => {
      const skill = { name: 'cache mounts', description: 'speed a build up' };
      const { skill: first } = await call('skill.create', { ...skill, content: 'first' });
      await call('skill.use', { id: first.id, success: true });
      await call('skill.create', { ...skill, content: 'RUN\n\u001b[2J--mount' });
    });
    const app = appWithoutModels();
    const list = await omega(home, ['skills'], app);
    expect(list.stdout).toMatch(
      /^cache mounts version 2, worth 0\.\d\d, never used\n {4}speed a build up\n$/,
    );
    const found = await omega(home, ['skills', 'search', 'a faster', 'build', '--json'], app);
    expect(JSON.parse(found.stdout)).toMatchObject({
      skills: [{ skill: { name: 'cache mounts', version: 2 }, similarity: null }],
      degraded: expect.any(String),
    });
    const shown = await omega(home, ['skills', 'show', 'cache mounts'], app);
    expect(shown.stdout).toMatch(/^version +2$/m);
    expect(shown.stdout).toMatch(/\n\nRUN\n\\x1b\[2J--mount\n$/);
    const first = await omega(home, ['skills', 'show', 'cache mounts', '--revision', '1'], app);
    expect(first.stdout).toMatch(/^used +1 times, 1 with success\n(.*\n)*\nfirst\n$/m);
    const none = await omega(home, ['skills', 'show', 'none', '--json'], app);
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('`omega skills`') });
    expect(JSON.parse(none.stdout)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  }, 90_000);
});

describe('an empty data folder', () => {
  it.each([
    [['vectors'], '[]', 'vector.store'],
    [['episodes'], '{"episodes":[],"degraded":null}', 'episode.store'],
    [['skills'], '[]', 'skill.create'],
  ])('%j lists nothing, and says what to do next', async (args, json, next) => {
    const said = await omega(tempFolder(), [...args, '--json']);
    expect(said.code).toBe(0);
    expect(JSON.stringify(JSON.parse(said.stdout))).toBe(json);
    expect(said.stderr).toContain(next);
  });
});
