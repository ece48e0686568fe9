import { expect, it } from 'vitest';
import { sharedPool } from '#main/core/maybe-async/arun.ts';
import { readSources } from '#main/generation/scan/read-sources.ts';
import { shareSources } from '#main/generation/scan/share-sources.ts';
import { makeProject } from './support/tree.ts';

const count = 2_100;
const files = Object.fromEntries(
  Array.from({ length: count }, (_, n) => [
    `src/m${String(n).padStart(4, '0')}.py`,
    n % 700 === 0 ? 'broken \0' : `import os\nx = os.environ["NAME_${n}"]\n`,
  ]),
);

it('two threads find what one finds, in the same order, with the same failures', async () => {
  const root = await makeProject(files);
  const { signal } = new AbortController();
  const paths = Object.keys(files).sort();
  const alone = await readSources(root, paths, signal);
  const shared = await shareSources(root, paths, signal);
  expect(alone.signals.length).toBeGreaterThanOrEqual(count - 3);
  expect(alone.failed).toHaveLength(3);
  expect(shared.signals).toEqual(alone.signals);
  expect(shared.failed).toEqual(alone.failed);
  expect(sharedPool().threads).toBeGreaterThan(0);
});

it('a cancelled reading ends as cancelled, in both threads', async () => {
  const root = await makeProject(files);
  const controller = new AbortController();
  const reading = shareSources(root, Object.keys(files), controller.signal);
  controller.abort();
  await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
});
