import { readdirSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { Acceleration } from '#main/acceleration/acceleration.ts';
import type { AccelerationSettings } from '#main/acceleration/acceleration-options.ts';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import { configDefaults } from '#shared/config.ts';
import { changing } from '#test/support/changing.ts';
import { figure } from '#test/support/figures.ts';
import { computeEntry, hasModel, modelsFolder, needsModel } from '#test/support/model.ts';
import { type WatchedCompute, watchedCompute } from '#test/support/watched-compute.ts';
import { faultyEntry } from './faulty-gpu.ts';

let opened: Acceleration | null = null;
afterEach(async () => {
  await opened?.dispose();
  delete process.env.OMEGA_TEST_FAULT;
});

/** An acceleration whose settings change, and the processes that it started, with what they were told. */
function open(given: Partial<AccelerationSettings>, entry = computeEntry) {
  const { spawn, processes } = watchedCompute(entry);
  const settings = changing<AccelerationSettings>({
    ...configDefaults.acceleration,
    slots: 1,
    threads: 1,
    ...given,
  });
  const metrics = createMetrics();
  const acceleration = new Acceleration({
    spawn,
    modelsFolder,
    settings,
    metrics,
    candidates: entry === computeEntry ? [] : ['webgpu'],
  });
  opened = acceleration;
  return { acceleration, settings, processes, metrics };
}

const threadsOfProcess = (pid: number | undefined): number =>
  readdirSync(`/proc/${pid}/task`).length;
const sizesOf = (started: WatchedCompute | undefined): readonly number[] =>
  (started?.told ?? []).flatMap((message) =>
    message.type === 'embed' ? [message.texts.length] : [],
  );
const texts = Array.from({ length: 150 }, (_, n) => `the service number ${n} listens on a port`);

describe.skipIf(!hasModel)(needsModel, () => {
  test('more slots in mid-call: another process opens, the old one ends, and nothing fails', async () => {
    const { acceleration, settings, processes } = open({ slots: 1 });
    const expected = await acceleration.embedTexts(texts);
    const [old] = processes;
    const oldThreads = process.platform === 'linux' ? threadsOfProcess(old?.child.pid) : 0;
    const waiting = [acceleration.embedTexts(texts), acceleration.embedText(texts[3] ?? '')];
    settings.set({ slots: 3 });
    waiting.push(acceleration.embedTexts(texts));
    const [first, single, second] = await Promise.all(waiting);
    expect(first).toEqual(expected);
    expect(second).toEqual(expected);
    expect(single).toEqual(expected.vectors.slice(3 * 384, 4 * 384));
    expect(processes).toHaveLength(2);
    expect(processes[1]?.told[0]).toMatchObject({ type: 'open', options: { slots: 3 } });
    if (process.platform === 'linux') {
      // Each slot is a worker with its threads; the process had one and has three.
      expect(threadsOfProcess(processes[1]?.child.pid)).toBeGreaterThanOrEqual(oldThreads + 2);
    }
    await expect.poll(() => old?.gone).toBe(true);
    expect(processes[1]?.gone).toBe(false);
  });

  test('more threads: the next call runs on a session that has them', async () => {
    const { acceleration, settings, processes } = open({ threads: 1 });
    const before = await acceleration.embedTexts(['x']);
    const oldThreads = process.platform === 'linux' ? threadsOfProcess(processes[0]?.child.pid) : 0;
    settings.set({ threads: 4 });
    expect(await acceleration.embedTexts(['x'])).toEqual(before);
    expect(processes[1]?.told[0]).toMatchObject({ options: { threads: 4 } });
    if (process.platform === 'linux') {
      expect(threadsOfProcess(processes[1]?.child.pid)).toBeGreaterThanOrEqual(oldThreads + 3);
    }
    await expect.poll(() => processes[0]?.gone).toBe(true);
  });

  test('a changed shape opens before it is asked for, where the old one was open', async () => {
    const { acceleration, settings, processes } = open({});
    settings.set({ slots: 2 });
    expect(processes).toHaveLength(0);
    await acceleration.embedTexts(['x']);
    settings.set({ slots: 1 });
    await expect.poll(() => processes.length).toBe(2);
  });

  test('device cpu: the GPU is let go, and auto brings it back', async () => {
    process.env.OMEGA_TEST_FAULT = 'none';
    const { acceleration, settings, processes } = open({}, faultyEntry);
    expect((await acceleration.embedTexts(['x'])).devices).toEqual(['webgpu']);
    // The first was its trial.
    const gpu = processes[1];
    settings.set({ device: 'cpu' });
    expect((await acceleration.embedTexts(['x'])).devices).toEqual(['cpu']);
    await expect.poll(() => gpu?.gone).toBe(true);
    expect((await acceleration.devices()).reason).toContain('OMEGA_DEVICE');
    settings.set({ device: 'auto' });
    expect((await acceleration.embedTexts(['x'])).devices).toEqual(['webgpu']);
  });

  test('an app that began on the CPU finds its GPU when it may', async () => {
    process.env.OMEGA_TEST_FAULT = 'none';
    const { acceleration, settings, processes } = open({ device: 'cpu' }, faultyEntry);
    expect((await acceleration.embedTexts(['x'])).devices).toEqual(['cpu']);
    expect(processes).toHaveLength(1);
    settings.set({ device: 'auto' });
    expect((await acceleration.embedTexts(['x'])).devices).toEqual(['webgpu']);
  });

  test('maxBatch bounds requests and micro-batches from the next one on', async () => {
    const { acceleration, settings, processes, metrics } = open({ targetLatencyMs: 60_000 });
    await Promise.all(texts.map((text) => acceleration.embedText(text)));
    const [process] = processes;
    expect(Math.max(...sizesOf(process))).toBe(16);
    settings.set({ maxBatch: 4 });
    metrics.resetMetrics();
    const before = sizesOf(process).length;
    await Promise.all(texts.map((text) => acceleration.embedText(text)));
    await acceleration.embedTexts(texts);
    expect(Math.max(...sizesOf(process).slice(before))).toBe(4);
    expect(processes).toHaveLength(1);
    const batches = await figure(metrics, 'omega_embed_batch_texts_count');
    expect(batches).toBeGreaterThanOrEqual(Math.ceil(150 / 4));
    expect(await figure(metrics, 'omega_embed_batch_texts_bucket{le="4"}')).toBe(batches);
  });

  test('targetLatencyMs bounds micro-batches of a running app', async () => {
    const { acceleration, settings, metrics } = open({ targetLatencyMs: 60_000 });
    const all = () => Promise.all(texts.map((text) => acceleration.embedText(text)));
    const batches = () => figure(metrics, 'omega_embed_batch_texts_count');
    await all();
    await all();
    const relaxed = await batches();
    settings.set({ targetLatencyMs: 1 });
    await all();
    metrics.resetMetrics();
    await all();
    // No batch of this model is done in half a millisecond: only single texts come near it.
    expect(await batches()).toBeGreaterThan(4 * relaxed);
  });
});
