import { setTimeout } from 'node:timers/promises';
import { systemClock } from '#main/core/clock.ts';
import { EmbeddedQueue } from '#main/generation/engine/embedded-queue.ts';
import { ThreadShare } from '#main/generation/engine/thread-share.ts';
import { Storage } from '#main/storage/storage.ts';

/** Works on run `x` of a store and prints each job that it does. Argument: the data folder. */
const storage = new Storage(process.argv[2] ?? '', systemClock);
const queue = new EmbeddedQueue({
  storage,
  clock: systemClock,
  owner: storage.instance.id,
  limit: () => 4,
  thread: new ThreadShare(),
  onChange: () => undefined,
});
process.stdout.write('ready\n');
await new Promise((resolve) => process.stdin.once('data', resolve));
const drained = await queue.drain(
  'x',
  async ([job], report) => {
    await setTimeout(1);
    process.stdout.write(`${job?.id}\n`);
    report(job?.id ?? '', {
      state: 'completed',
      count: { files: 1, errors: 0, warnings: 0, usage: null },
    });
  },
  {
    concurrency: () => 4,
    chunkSize: () => 1,
    priority: 0,
    timeoutMs: () => 10_000,
    signal: new AbortController().signal,
  },
);
process.stdout.write(`${drained}\n`);
storage.dispose();
process.exit();
