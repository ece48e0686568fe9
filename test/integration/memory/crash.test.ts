import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openMemories } from '#test/support/memories.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

it('what was answered is there after a kill, in rows, words and vectors', async () => {
  const folder = tempFolder();
  const told: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    const script = join(import.meta.dirname, 'store-child.ts');
    const child = spawn(process.execPath, [script, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (output.length > 20_000 * (round + 1)) child.kill('SIGKILL');
    });
    await once(child, 'close');
    // The last line may have been cut off.
    told.push(...output.split('\n').slice(0, -1));
  }
  const db = new Sqlite(join(folder, 'omega.db'));
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.close();
  const { storage, memories } = openMemories({ folder });
  const missing = told.filter((id) => storage.memories.find(id) === null);
  expect(missing).toEqual([]);
  expect(new Set(told).size).toBe(told.length);
  const stored = (await memories.sizes()).semantic;
  expect(stored).toBeGreaterThanOrEqual(told.length);
  const vectors = storage.memories.vectors(64);
  expect(vectors.size()).toBe(stored);
  const { memories: found } = await memories.query({ text: 'memory 7', limit: 1000 });
  expect(found.filter(({ memory }) => memory.text.startsWith('memory 7 '))).toHaveLength(3);
});
