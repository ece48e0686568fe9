import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { CachedResponse } from '#main/cache/response-cache.ts';
import type { ModelRequest } from '#main/providers/provider.ts';

type Row = {
  readonly text: string;
  readonly finish: string;
  readonly input_tokens: number | null;
  readonly output_tokens: number | null;
};

/**
 * What a program would write that keeps answers in a Map and a table, and nothing else: no bound, no
 * time to live, no other process, no checksum. The hash is of the request as JSON.
 */
export function bareCache(folder: string) {
  const db = new Sqlite(join(folder, 'bare.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.exec(
    'CREATE TABLE answers (key TEXT PRIMARY KEY, text TEXT, finish TEXT, input_tokens INTEGER, output_tokens INTEGER)',
  );
  const put = db.prepare('INSERT INTO answers VALUES (?, ?, ?, ?, ?)');
  const get = db.prepare<[string], Row>('SELECT * FROM answers WHERE key = ?');
  const memory = new Map<string, CachedResponse>();
  const key = (request: ModelRequest): string =>
    createHash('sha256').update(JSON.stringify(request)).digest('hex');
  const fromDisk = (of: string): CachedResponse | null => {
    const row = get.get(of);
    if (!row) return null;
    const { text, finish, input_tokens: inputTokens, output_tokens: outputTokens } = row;
    return { text, finish, inputTokens, outputTokens };
  };
  return {
    key,
    set: (of: string, one: CachedResponse): void => {
      memory.set(of, one);
      put.run(of, one.text, one.finish, one.inputTokens, one.outputTokens);
    },
    fromMemory: async (of: string) => memory.get(of) ?? null,
    fromDisk: async (of: string) => fromDisk(of),
    many: async (keys: readonly string[]) => keys.map(fromDisk),
    dispose: (): void => void db.close(),
  };
}
