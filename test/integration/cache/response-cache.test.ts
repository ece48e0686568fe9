import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openCache, owner, response } from '#test/support/response-cache.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { tinyDisk } from '#test/support/tiny-disk.ts';

const child = join(import.meta.dirname, 'cache-child.ts');

describe('what the cache keeps', () => {
  it('is there after a restart, with every field as it was', async () => {
    const folder = tempFolder();
    const first = openCache(folder);
    const odd = { text: 'a\0b 😀 "x"', finish: 'length', inputTokens: null, outputTokens: 0 };
    await first.cache.set('a', owner, odd);
    await first.close();
    const { cache } = openCache(folder);
    expect(await cache.get('a')).toEqual(odd);
    expect(await cache.get('b')).toBeNull();
    expect(await cache.stats()).toMatchObject({ entries: 1, diskHits: 1, misses: 1 });
    await cache.get('a');
    expect(await cache.stats()).toMatchObject({ memoryEntries: 1, memoryHits: 1 });
  });

  it('comes in the order of the keys of a batch, from memory and disk alike', async () => {
    const folder = tempFolder();
    const first = openCache(folder);
    const entries = Array.from({ length: 100 }, (_, at) => ({
      key: `k${at}`,
      owner,
      response: response(`text ${at}`),
    }));
    await first.cache.setMany(entries);
    await first.close();
    const { cache } = openCache(folder);
    await cache.get('k7');
    const keys = ['k99', 'none', 'k7', 'k0', 'k7'];
    const texts = (await cache.getMany(keys)).map((one) => one?.text ?? null);
    expect(texts).toEqual(['text 99', null, 'text 7', 'text 0', 'text 7']);
    expect(await cache.getMany([])).toEqual([]);
  });

  it('can be got in the turn in which it is set, also without memory', async () => {
    const { cache } = openCache(tempFolder(), { memoryMb: 0 });
    void cache.set('a', owner, response('one'));
    expect((await cache.get('a'))?.text).toBe('one');
    void cache.set('a', owner, response('two'));
    expect((await cache.get('a'))?.text).toBe('two');
    expect(await cache.stats()).toMatchObject({ entries: 1, memoryEntries: 0 });
  });

  it('is a miss where its row is damaged, and the row goes', async () => {
    const folder = tempFolder();
    const { cache, close } = openCache(folder);
    await cache.setMany(['a', 'b', 'c'].map((key) => ({ key, owner, response: response(key) })));
    await close();
    const db = new Sqlite(join(folder, 'omega.db'));
    db.exec("UPDATE responses SET text = 'evil' WHERE key = 'a'");
    db.exec("UPDATE responses SET finish = 'length' WHERE key = 'b'");
    db.close();
    const again = openCache(folder);
    expect(await again.cache.getMany(['a', 'b'])).toEqual([null, null]);
    expect((await again.cache.get('c'))?.text).toBe('c');
    expect(await again.cache.stats()).toMatchObject({ entries: 1 });
  });

  it('never fails for a store that does: a look-up is a miss, an entry is told', async () => {
    const { cache, storage, errors } = openCache();
    await cache.set('a', owner, response('one'));
    storage.dispose();
    expect(await cache.get('a')).toBeNull();
    expect(await cache.getMany(['a', 'b'])).toEqual([null, null]);
    await cache.set('b', owner, response('two'));
    expect(errors.length).toBeGreaterThan(2);
    // Whoever asked for it must not believe that it is gone.
    await expect(cache.clear({})).rejects.toThrow();
  });

  it('is complete and counted after its process was killed while it wrote', async () => {
    const folder = tempFolder();
    for (let round = 0; round < 3; round += 1) {
      const writer = spawn(process.execPath, [child, 'write', folder], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      await once(writer.stdout, 'data');
      writer.kill('SIGKILL');
      await once(writer, 'exit');
    }
    const { cache, storage } = openCache(folder);
    const db = new Sqlite(join(folder, 'omega.db'), { readonly: true });
    const counted = db
      .prepare('SELECT count(*) AS entries, coalesce(sum(bytes), 0) AS bytes FROM responses')
      .get() as { entries: number; bytes: number };
    expect(counted.entries).toBeGreaterThan(0);
    expect(storage.responses.totals()).toMatchObject(counted);
    const keys = db.prepare<[], string>('SELECT key FROM responses').pluck().all();
    db.close();
    const found = await cache.getMany(keys);
    expect(found.map((one) => one?.text.trimEnd())).toEqual(keys);
  });

  it('goes on where the disk is full, from what is there and from memory', async ({ skip }) => {
    const disk = tinyDisk(1_000);
    if (disk === null) return skip('this user may not mount a disk');
    const { cache, errors } = openCache(disk);
    await cache.set('first', owner, response('first'));
    for (let at = 0; errors.length === 0 && at < 200; at += 1) {
      await cache.set(`k${at}`, owner, response('big', 20_000));
    }
    expect(errors).toHaveLength(1);
    await cache.set('late', owner, response('late', 20_000));
    expect((await cache.get('first'))?.text).toBe('first');
    expect((await cache.get('late'))?.text).toContain('late');
  });
});

describe('several processes', () => {
  it('see what another one keeps, replaces and clears', async () => {
    const folder = tempFolder();
    const { cache } = openCache(folder);
    await cache.set('mine', owner, response('mine'));
    const other = spawn(process.execPath, [child, 'serve', folder], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ask = async (line: string): Promise<string> => {
      const [data] = await Promise.all([
        once(other.stdout, 'data'),
        other.stdin.write(`${line}\n`),
      ]);
      return String(data).trim();
    };
    expect(await ask('get mine')).toBe('mine');
    expect(await ask('set theirs theirs')).toBe('ok');
    expect((await cache.get('theirs'))?.text).toBe('theirs');
    // Held in memory on this side by now: only the store can tell that it is another.
    expect(await ask('set mine replaced')).toBe('ok');
    expect((await cache.get('mine'))?.text).toBe('replaced');
    expect(await ask('clear')).toBe('2');
    expect(await cache.getMany(['mine', 'theirs'])).toEqual([null, null]);
    await cache.set('new', owner, response('new'));
    expect(await ask('get new')).toBe('new');
    await cache.clear({});
    expect(await ask('get new')).toBe('null');
    other.stdin.end();
    await once(other, 'exit');
  });
});

describe('clearing', () => {
  it('takes what belongs to a provider, to a project, to both, or all', async () => {
    const { cache } = openCache();
    const fill = () =>
      cache.setMany(
        [
          ['a', 'ollama', '/one'],
          ['b', 'openai', '/one'],
          ['c', 'ollama', '/two'],
          ['d', 'ollama', null],
        ].map(([key, provider, project]) => ({
          key: key as string,
          owner: { provider: provider as string, project: project as string | null },
          response: response('x'),
        })),
      );
    const left = async () => {
      const keys = ['a', 'b', 'c', 'd'];
      const found = await cache.getMany(keys);
      return keys.filter((_, at) => found[at] !== null).join('');
    };
    await fill();
    expect(await cache.clear({ provider: 'openai' })).toBe(1);
    expect(await left()).toBe('acd');
    expect(await cache.clear({ provider: 'ollama', project: '/one' })).toBe(1);
    expect(await left()).toBe('cd');
    expect(await cache.clear({ project: '/two' })).toBe(1);
    expect(await left()).toBe('d');
    await fill();
    expect(await cache.clear({})).toBe(4);
    expect(await left()).toBe('');
    expect(await cache.stats()).toMatchObject({ entries: 0, bytes: 0 });
  });
});
