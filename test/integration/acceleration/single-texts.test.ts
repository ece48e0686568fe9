import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { Acceleration } from '#main/acceleration/acceleration.ts';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { fixed } from '#main/core/live.ts';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import { configDefaults } from '#shared/config.ts';
import { figure } from '#test/support/figures.ts';
import { computeEntry, hasModel, modelsFolder, needsModel } from '#test/support/model.ts';

describe.skipIf(!hasModel)(needsModel, () => {
  const metrics = createMetrics();
  const acceleration = new Acceleration({
    spawn: forkCompute(computeEntry),
    modelsFolder,
    settings: fixed({ ...configDefaults.acceleration, targetLatencyMs: 5000 }),
    metrics,
    candidates: [],
  });
  beforeEach(() => metrics.resetMetrics());
  afterAll(() => acceleration.dispose());

  const texts = Array.from(
    { length: 60 },
    (_, n) => `${'deploy service '.repeat(1 + (n % 7))}${n}`,
  );
  test('small requests made together are embedded together, each gets its own vector', async () => {
    const single = await Promise.all(texts.map((text) => acceleration.embedText(text)));
    expect(await figure(metrics, 'omega_embed_batch_texts_count')).toBe(1);
    const { vectors } = await acceleration.embedTexts(texts);
    for (const [index, vector] of single.entries()) {
      expect(vector, texts[index]).toEqual(vectors.slice(index * 384, (index + 1) * 384));
      // A view of the batch would keep all of it alive.
      expect(vector.buffer.byteLength).toBe(384 * 4);
    }
  });

  test('the same text twice, and an empty one among others, are each answered', async () => {
    const [a, b, empty] = await Promise.all(
      ['port 80', 'port 80', ' \n'].map((text) => acceleration.embedText(text)),
    );
    expect(a).toEqual(b);
    expect(a).not.toBe(b);
    expect(empty?.every((value) => value === 0)).toBe(true);
  });

  test('what is cancelled while it waits is not embedded, and keeps nobody', async () => {
    const controller = new AbortController();
    const settled = Promise.allSettled(
      texts.map((text, n) => acceleration.embedText(text, n % 2 ? controller.signal : undefined)),
    );
    controller.abort();
    for (const [n, outcome] of (await settled).entries()) {
      if (n % 2) expect(outcome).toMatchObject({ reason: { code: 'CANCELLED' } });
      else expect(outcome.status).toBe('fulfilled');
    }
    expect(await figure(metrics, 'omega_embed_request_texts_sum{device="cpu"}')).toBe(30);
  });

  test('the registry tells what was done, in seconds and texts', async () => {
    await Promise.all(texts.map((text) => acceleration.embedText(text)));
    await acceleration.embedTexts(texts);
    const batches = await figure(metrics, 'omega_embed_batch_texts_count');
    expect(batches).toBeGreaterThan(0);
    expect(await figure(metrics, 'omega_embed_batch_texts_sum')).toBe(60);
    expect(await figure(metrics, 'omega_embed_latency_seconds_count{call="text"}')).toBe(60);
    expect(await figure(metrics, 'omega_embed_latency_seconds_count{call="texts"}')).toBe(1);
    expect(await figure(metrics, 'omega_embed_queue_wait_seconds_count')).toBe(batches);
    expect(await figure(metrics, 'omega_embed_queue_texts')).toBe(0);
    expect(await figure(metrics, 'omega_embed_request_texts_sum{device="cpu"}')).toBe(120);
    const requests = await figure(metrics, 'omega_embed_request_seconds_count{device="cpu"}');
    expect(requests).toBeGreaterThanOrEqual(120 / 16);
    expect(await figure(metrics, 'omega_embed_route_total{device="cpu"}')).toBe(requests);
    // Milliseconds under the name of seconds would be thousands.
    expect(await figure(metrics, 'omega_embed_latency_seconds_sum{call="texts"}')).toBeLessThan(60);
    expect((await acceleration.devices()).route.cpu).toBe(requests);
  });
});
