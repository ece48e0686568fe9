import { onTestFinished } from 'vitest';
import { SqliteResponseCache } from '#main/cache/sqlite-response-cache.ts';
import { systemClock } from '#main/core/clock.ts';
import { Storage } from '#main/storage/storage.ts';
import { type Config, configDefaults } from '#shared/config.ts';
import { changing } from './changing.ts';
import { tempFolder } from './temp-folder.ts';

/** A cache on the real store of a data folder, whose settings and clock the test changes. */
export function openCache(
  folder = tempFolder(),
  settings: Partial<Config['cache']> = {},
  clock = { ...systemClock },
) {
  const storage = new Storage(folder, clock);
  const live = changing({ ...configDefaults.cache, ...settings });
  const errors: unknown[] = [];
  const cache = new SqliteResponseCache({
    store: storage.responses,
    settings: live,
    clock,
    onError: (error) => errors.push(error),
  });
  const close = async (): Promise<void> => {
    await cache.dispose();
    storage.dispose();
  };
  onTestFinished(close);
  return { cache, storage, settings: live, clock, errors, folder, close };
}

/** An answer of so many characters. */
export function response(text: string, length = text.length) {
  return { text: text.padEnd(length, '.'), finish: 'stop', inputTokens: 3, outputTokens: 5 };
}

/** An owner. */
export const owner = { provider: 'ollama', project: '/shop' } as const;
