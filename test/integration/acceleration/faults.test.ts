import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { Acceleration, type AccelerationOptions } from '#main/acceleration/acceleration.ts';
import { fixed } from '#main/core/live.ts';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import { configDefaults } from '#shared/config.ts';
import { figure } from '#test/support/figures.ts';
import { computeEntry, hasModel, modelsFolder, needsModel } from '#test/support/model.ts';
import { watchedCompute } from '#test/support/watched-compute.ts';
import { faultyEntry } from './faulty-gpu.ts';

let opened: Acceleration | null = null;
afterEach(async () => {
  await opened?.dispose();
  delete process.env.OMEGA_TEST_FAULT;
});

function open(entry: string, options: Partial<AccelerationOptions> = {}) {
  const { spawn, processes } = watchedCompute(entry);
  const settings = fixed({ ...configDefaults.acceleration, threads: 1 });
  const metrics = createMetrics();
  opened = new Acceleration({
    spawn,
    modelsFolder,
    settings,
    metrics,
    candidates: entry === faultyEntry ? ['webgpu'] : [],
    ...options,
  });
  return { acceleration: opened, processes, metrics };
}

const texts = Array.from({ length: 200 }, (_, n) => `the service number ${n} listens on a port`);

describe.skipIf(!hasModel)(needsModel, () => {
  test('killed with -9 in mid-call, every text is answered by the next process', async () => {
    const { acceleration, processes } = open(computeEntry);
    const expected = await acceleration.embedTexts(texts);
    const many = acceleration.embedTexts(texts);
    const single = acceleration.embedText(texts[5] ?? '');
    setTimeout(() => process.kill(processes[0]?.child.pid ?? 0, 'SIGKILL'), 100);
    expect(await many).toEqual(expected);
    expect(await single).toEqual(expected.vectors.slice(5 * 384, 6 * 384));
    await expect.poll(() => processes.length).toBe(2);
  });

  test('killed again and again, a call ends with an error that may be tried again', async () => {
    const { acceleration, processes } = open(computeEntry);
    await acceleration.embedTexts(['x']);
    const failing = expect(acceleration.embedTexts(texts)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      retryable: true,
    });
    const killing = setInterval(() => {
      for (const { child, gone } of processes) if (!gone) child.kill();
    }, 20);
    await failing.finally(() => clearInterval(killing));
  });

  test('a GPU that opens in its trial and never again: the CPU really computes', async () => {
    process.env.OMEGA_TEST_FAULT = 'driver';
    const { acceleration, processes, metrics } = open(faultyEntry);
    const { devices, vectors } = await acceleration.embedTexts(texts);
    expect(devices).toEqual(['cpu']);
    expect(vectors).toEqual((await acceleration.embedTexts(texts)).vectors);
    expect(Math.hypot(...vectors.subarray(0, 384))).toBeCloseTo(1, 5);
    const onCpu = processes.filter(({ told: [first] }) =>
      first?.type === 'open' ? first.options.device === 'cpu' : false,
    );
    const asked = onCpu.flatMap(({ told }) => told).filter(({ type }) => type === 'embed');
    expect(asked.length).toBeGreaterThan(0);
    // Three faults in a row, and the GPU is left alone.
    expect(await figure(metrics, 'omega_embed_latches_total')).toBe(1);
    expect((await acceleration.devices()).reason).toContain('left alone');
  });

  test('CUDA without memory for a single text: counted as that, answered by the CPU', async () => {
    process.env.OMEGA_TEST_FAULT = 'memory';
    const { acceleration, metrics } = open(faultyEntry);
    const answer = await acceleration.embedText('the server listens');
    delete process.env.OMEGA_TEST_FAULT;
    const { acceleration: cpu } = open(computeEntry);
    expect(answer).toEqual(await cpu.embedText('the server listens'));
    expect(await figure(metrics, 'omega_embed_fallbacks_total{fault="memory"}')).toBe(1);
    expect(await figure(metrics, 'omega_embed_route_total{device="cpu"}')).toBe(1);
  });

  test('the real GPU providers of this machine are used or refused with a reason', async () => {
    const { acceleration } = open(computeEntry, { candidates: ['cuda', 'webgpu'] });
    const { probes, chosen } = await acceleration.devices();
    for (const { opens, reason } of probes) expect(reason === null).toBe(opens);
    const first = probes.find(({ opens }) => opens)?.device;
    expect(chosen).toBe(first);
    expect((await acceleration.embedTexts(['x'])).devices).toEqual([first]);
  });

  test('one wrong byte in the weights is refused, and mended without a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'omega-model-'));
    cpSync(modelsFolder, folder, { recursive: true });
    const weights = join(folder, 'all-MiniLM-L6-v2', 'model_q4.onnx_data');
    const good = readFileSync(weights);
    const bad = Buffer.from(good);
    bad[1_000_000] = (bad[1_000_000] ?? 0) ^ 1;
    writeFileSync(weights, bad);
    try {
      const { acceleration } = open(computeEntry, { modelsFolder: folder });
      const refused = acceleration.embedText('x');
      await expect(refused).rejects.toMatchObject({ code: 'REFUSED', retryable: false });
      await expect(refused).rejects.toThrow(
        /model_q4\.onnx_data.*damaged.*node scripts\/setup\.mjs/,
      );
      writeFileSync(weights, good);
      expect(await acceleration.embedText('x')).toHaveLength(384);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
