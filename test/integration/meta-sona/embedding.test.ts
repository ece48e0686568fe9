import { expect, onTestFinished, test } from 'vitest';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { fixed } from '#main/core/live.ts';
import { embeddingDomain } from '#main/meta-sona/domains/embedding-domain.ts';
import { configDefaults } from '#shared/config.ts';
import { intelligenceSpecSchema } from '#shared/intelligence.ts';
import { computeEntry, hasModel, modelsFolder, needsModel } from '#test/support/model.ts';

const spec = intelligenceSpecSchema.parse({ name: 'quick' });

test('shapes of sessions are measured with texts of the user, or made-up ones that are told', async (context) => {
  context.skip(!hasModel, needsModel);
  const asked: number[] = [];
  const domain = embeddingDomain({
    spawn: forkCompute(computeEntry),
    modelsFolder,
    settings: fixed({ ...configDefaults.acceleration, device: 'cpu' }),
    ownTexts: (most) => {
      asked.push(most);
      return asked.length > 1 ? [] : Array.from({ length: most }, (_, at) => `Port ${at}`);
    },
  });
  const { signal } = new AbortController();
  const own = await domain.open(spec, signal);
  onTestFinished(() => own.dispose());
  expect(own.about).toContain('of your memories');
  const found = await own.evaluate({ slots: 1, threads: 1, maxBatch: 16 }, 'search', 0, signal);
  expect(found.figures.textsPerSecond).toBeGreaterThan(0);
  expect(found.score).toBeLessThan(1.001 * (found.figures.textsPerSecond ?? 0));
  const end = new AbortController();
  const cancelled = own.evaluate({ slots: 2, threads: 1, maxBatch: 4 }, 'search', 1, end.signal);
  end.abort();
  await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
  expect((await domain.open(spec, signal)).about).toContain('made up');
  expect(domain.settingsOf({ slots: 2, threads: 1, maxBatch: 4 })).toEqual({
    'acceleration.slots': 2,
    'acceleration.threads': 1,
    'acceleration.maxBatch': 4,
  });
});
