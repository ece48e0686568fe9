import { expect, it } from 'vitest';
import { chunkWork } from '#main/generation/engine/chunk-work.ts';
import type { ModelWork, ModelWorkContext } from '#main/generation/engine/model-work.ts';
import { ThreadShare } from '#main/generation/engine/thread-share.ts';

/** Holds the thread, as the validators do. */
function hold(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

it('lets requests and the window in between the files of answers that came together', async () => {
  const files = 12;
  let turns = 0;
  let isOver = false;
  const count = (): void => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  const models: ModelWork = async (_, { ports }, __, signal) => {
    setImmediate(count);
    const file = { path: 'Dockerfile', content: '', format: 'dockerfile' } as const;
    await Promise.all(Array.from({ length: files }, () => ports.validate(file, signal)));
    isOver = true;
  };
  const ports = { validate: async () => hold(10) };
  const context = { ports, run: { request: { use: 'openai' } } } as unknown as ModelWorkContext;
  const options = { planned: [], models, thread: new ThreadShare(), pause: () => undefined };
  await chunkWork(context, options)([], () => undefined, new AbortController().signal);
  // In one turn of the event loop they held it for the sum, which was seconds with eight requests.
  expect(turns).toBeGreaterThanOrEqual(files - 1);
});
