import { createInterface } from 'node:readline';
import { SqliteResponseCache } from '#main/cache/sqlite-response-cache.ts';
import { systemClock } from '#main/core/clock.ts';
import { fixed } from '#main/core/live.ts';
import { Storage } from '#main/storage/storage.ts';
import { configDefaults } from '#shared/config.ts';

/**
 * A second process on a cache. `write`: keeps groups of answers, each with its key as text, until it
 * is killed. `serve`: answers `get KEY`, `set KEY TEXT` and `clear`, a line each, until its input ends.
 */
const [, , mode, folder = ''] = process.argv;
const storage = new Storage(folder, systemClock);
const cache = new SqliteResponseCache({
  store: storage.responses,
  settings: fixed(configDefaults.cache),
  clock: systemClock,
  onError: (error) => {
    throw error;
  },
});
const owner = { provider: 'ollama', project: null };
const whole = (text: string) => ({ text, finish: 'stop', inputTokens: 1, outputTokens: 1 });

if (mode === 'write') {
  for (let at = 0; ; at += 1) {
    const keys = Array.from({ length: 5 }, (_, part) => `${process.pid}-${at}-${part}`);
    const entries = keys.map((key) => ({ key, owner, response: whole(key.padEnd(3_000)) }));
    await cache.setMany(entries);
    if (at === 50) process.stdout.write('at work\n');
    if (at % 20 === 0) await cache.clear({ provider: 'none' });
  }
}
for await (const line of createInterface({ input: process.stdin })) {
  const [verb, key = '', text = ''] = line.split(' ');
  if (verb === 'get') console.log((await cache.get(key))?.text ?? 'null');
  if (verb === 'set') {
    await cache.set(key, owner, whole(text));
    console.log('ok');
  }
  if (verb === 'clear') console.log(await cache.clear({}));
}
await cache.dispose();
storage.dispose();
