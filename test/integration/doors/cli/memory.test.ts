import { describe, expect, it } from 'vitest';
import { hasModel, needsModel } from '#test/support/model.ts';
import { appWithoutModels, omega } from '#test/support/omega-process.ts';
import { openApi } from '#test/support/open-api.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

/** The app without models: words alone decide, and no command waits for the model to open. */
function withoutModel(home: string) {
  const app = appWithoutModels();
  return (...args: string[]) => omega(home, args, app);
}

describe('omega memory', () => {
  it('keeps, lists, finds, shows and deletes', async () => {
    const run = withoutModel(tempFolder());
    const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).stdout);
    const empty = await run('memory');
    expect(empty).toMatchObject({ code: 0, stdout: '' });
    expect(empty.stderr).toContain('omega memory add TEXT');
    const added = await json('memory', 'add', 'the shop', 'needs git', '--tag', 'build,docker');
    expect(added).toEqual({
      id: expect.any(String),
      degraded: expect.stringMatching(/not installed/),
    });
    const hostile = '\u001b[2Jcaches\nare mounted';
    const other = await json('memory', 'add', hostile, '--tier', 'session', '--type', 'note');
    const list = await json('memory', '--tag', 'docker');
    expect(list).toMatchObject({
      memories: [
        {
          memory: {
            id: added.id,
            text: 'the shop needs git',
            tier: 'semantic',
            tags: ['build', 'docker'],
          },
        },
      ],
      degraded: null,
    });
    const filtered = await run('memory', 'list', '--tier', 'session,strategic', '--type', 'note');
    expect(filtered.stdout).toContain(other.id);
    expect(filtered.stdout).toContain('\\x1b[2Jcaches are mounted');
    expect(filtered.stdout).not.toContain(added.id);
    const none = await run('memory', 'list', '--tier', 'strategic');
    expect(none).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('sizes') });
    const found = await run('memory', 'search', 'who', 'needs', 'git');
    expect(found.code).toBe(0);
    expect(found.stdout).toContain(`${added.id} semantic fact #build #docker`);
    expect(found.stdout).not.toContain(other.id);
    expect(found.stderr).toMatch(/^omega: .*words alone.*\n$/);
    const shown = await run('memory', 'get', other.id);
    expect(shown.stdout).toMatch(/^tier +session$/m);
    expect(shown.stdout).toMatch(/\n\n\\x1b\[2Jcaches\nare mounted\n$/);
    expect((await run('memory', 'sizes')).stdout).toMatch(/^semantic +1\n(.*\n)*all +2\n$/m);
    const gone = await run('memory', 'delete', other.id);
    expect(gone).toMatchObject({ code: 0, stderr: '' });
    expect(gone.stdout).toBe(`Deleted the memory ${other.id}: \\x1b[2Jcaches are mounted\n`);
    expect(await json('memory', 'delete', added.id)).toMatchObject({
      deleted: true,
      id: added.id,
      memory: { text: 'the shop needs git' },
    });
    expect(await json('memory', 'sizes')).toMatchObject({ semantic: 0, session: 0 });
  }, 90_000);

  it('puts memory in order, and says what that did and what it left', async () => {
    const home = tempFolder();
    const { api, call } = await openApi({ dataFolder: home });
    for (const text of ['twice', 'twice', 'once']) {
      await call('memory.store', { text, tier: 'session' });
    }
    await api.dispose();
    const run = withoutModel(home);
    const said = await run('memory', 'consolidate');
    expect(said.code).toBe(0);
    expect(said.stderr).toMatch(/^omega: .*no vector.*\n$/);
    expect(said.stdout).toMatch(/It holds \d memor(y|ies)\.\n$/);
    const { stdout } = await run('memory', 'consolidate', '--json');
    expect(Object.keys(JSON.parse(stdout)).sort()).toEqual([
      'decayed',
      'degraded',
      'embedded',
      'evicted',
      'expired',
      'merged',
      'promoted',
      'purged',
      'sizes',
    ]);
  }, 60_000);

  it.each([
    [['memory', 'get', 'none'], 2, 'NOT_FOUND', /memory list/],
    [['memory', 'delete', 'none'], 2, 'NOT_FOUND', /no memory "none"/],
    [['memory', 'add', ' '], 2, 'INVALID_INPUT', /"text"/],
    [['memory', 'search', ' ', '--limit', '1001'], 2, 'INVALID_INPUT', /1 to 1000/],
    [['memory', 'list', '--tier', 'eternal'], 2, 'INVALID_INPUT', /immediate,short-term/],
    [['memory', 'add', 'x', '--importance', '1.1'], 2, 'INVALID_INPUT', /0 to 1/],
    [['memory', 'list', '--limit', '0'], 2, 'INVALID_INPUT', /1 to 1000/],
    [['memory', 'forget'], 2, 'INVALID_INPUT', /omega memory --help/],
  ])('%j: exit code %d, %s', async (args, code, error, says) => {
    const said = await withoutModel(tempFolder())(...args, '--json');
    expect(said.code).toBe(code);
    expect(JSON.parse(said.stdout)).toMatchObject({ error: { code: error } });
    expect(said.stderr).toMatch(says);
  });

  it.skipIf(!hasModel)(
    `finds by meaning (${needsModel})`,
    async () => {
      const home = tempFolder();
      await omega(home, ['memory', 'add', 'A container image becomes small with a second stage.']);
      await omega(home, ['memory', 'add', 'Grapes are harvested in autumn.']);
      const { stdout, stderr } = await omega(home, ['memory', 'search', 'docker size', '--json']);
      const { memories, degraded } = JSON.parse(stdout);
      expect(memories[0].memory.text).toContain('container image');
      expect(memories[0]).toMatchObject({ textRank: null, vectorRank: 1 });
      expect(degraded).toBeNull();
      // What is waited for is said on a terminal only.
      expect(stderr).toBe('');
    },
    120_000,
  );
});
