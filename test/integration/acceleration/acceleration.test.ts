import { cpSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Acceleration } from '#main/acceleration/acceleration.ts';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { fixed } from '#main/core/live.ts';
import { configDefaults } from '#shared/config.ts';
import type { DeviceName } from '#shared/devices.ts';
import { computeEntry, hasModel, modelsFolder, needsModel } from '#test/support/model.ts';
import { faultyEntry } from './faulty-gpu.ts';

function open(
  entry: string,
  candidates: readonly DeviceName[],
  folder = modelsFolder,
  gpuRequestMs = 30_000,
) {
  return new Acceleration({
    spawn: forkCompute(entry),
    modelsFolder: folder,
    settings: fixed({ ...configDefaults.acceleration, threads: 1 }),
    candidates,
    gpuRequestMs,
  });
}

describe.skipIf(!hasModel)(needsModel, () => {
  let cpu: Acceleration;
  beforeAll(() => {
    cpu = open(computeEntry, []);
  });
  afterAll(() => cpu.dispose());

  const row = (vectors: Float32Array, index: number) => [
    ...vectors.subarray(index * 384, (index + 1) * 384),
  ];
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

  test('like means near: a paraphrase is close, a stranger is not', async () => {
    const report = await cpu.test();
    expect(report.paraphraseCosine).toBeGreaterThan(0.6);
    expect(report.unrelatedCosine).toBeLessThan(0.25);
    expect(report.devices).toEqual(['cpu']);
  });

  test('a vector does not depend on its neighbours (1e-6 at most)', async () => {
    const texts = Array.from(
      { length: 40 },
      (_, n) => `${'deploy the billing service '.repeat(1 + (n % 9))}${n}`,
    );
    const together = await cpu.embedTexts(texts);
    for (const index of [0, 7, 39]) {
      const alone = row((await cpu.embedTexts([texts[index] ?? ''])).vectors, 0);
      const deviation = row(together.vectors, index).map((value, i) =>
        Math.abs(value - (alone[i] ?? 0)),
      );
      expect(Math.max(...deviation)).toBeLessThanOrEqual(1e-6);
    }
  });

  test('hostile texts have finite vectors of length 1, empty ones zeros', async () => {
    const hostile = [
      '\udc00 x',
      'x'.repeat(1_000_000),
      '\u0000a',
      '[CLS] [SEP] [MASK]',
      '😀'.repeat(300_000),
    ];
    const { vectors } = await cpu.embedTexts([...hostile, '', ' \n\t', '\u0000\ud800']);
    for (const [index] of hostile.entries()) {
      expect(Math.hypot(...row(vectors, index))).toBeCloseTo(1, 5);
    }
    for (const empty of [5, 6, 7])
      expect(row(vectors, empty).every((value) => value === 0)).toBe(true);
    expect((await cpu.embedTexts([])).vectors).toHaveLength(0);
  });

  test('texts in 100 languages are embedded', async () => {
    const names = Array.from({ length: 26 * 26 }, (_, n) =>
      String.fromCharCode(97 + Math.floor(n / 26), 97 + (n % 26)),
    );
    const tags = names.filter((tag) =>
      new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(tag),
    );
    const texts = tags.slice(0, 100).map((tag) => {
      const local = new Intl.DateTimeFormat(tag, { dateStyle: 'full' }).format(0);
      return `${local} ${new Intl.DisplayNames(tag, { type: 'language' }).of('en')}`;
    });
    expect(texts).toHaveLength(100);
    const { vectors } = await cpu.embedTexts(texts);
    for (const [index] of texts.entries())
      expect(Math.hypot(...row(vectors, index))).toBeCloseTo(1, 5);
  });

  test('only the first 256 tokens count', async () => {
    const head = 'alpha '.repeat(254);
    const { vectors } = await cpu.embedTexts([
      `${head}beta gamma`,
      `${head}delta`,
      'alpha '.repeat(100),
    ]);
    expect(row(vectors, 0)).toEqual(row(vectors, 1));
    expect(dot(row(vectors, 0), row(vectors, 2))).toBeLessThan(0.999);
  });

  test('an aborted call ends at once and leaves the next one alone', async () => {
    const controller = new AbortController();
    const waiting = cpu.embedTexts(
      Array(400).fill('a longer text about ports '.repeat(9)),
      controller.signal,
    );
    setTimeout(() => controller.abort(), 50);
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await cpu.embedTexts(['x'])).devices).toEqual(['cpu']);
  });

  describe('a GPU that fails', () => {
    let gpu: Acceleration | null = null;
    afterEach(() => {
      gpu?.dispose();
      delete process.env.OMEGA_TEST_FAULT;
    });

    test.each(['abort', 'memory'] as const)('%s: the CPU really computes', async (mode) => {
      process.env.OMEGA_TEST_FAULT = mode;
      gpu = open(faultyEntry, ['webgpu']);
      const texts = ['the server listens', 'the hill is green', 'a third'];
      const answer = await gpu.embedTexts(texts);
      expect(answer.devices).toEqual(['cpu']);
      expect(answer.vectors).toEqual((await cpu.embedTexts(texts)).vectors);
      const { route, chosen } = await gpu.devices();
      expect(chosen).toBe('webgpu');
      expect(route.fallbacks).toMatchObject(mode === 'abort' ? { died: 1 } : { memory: 1 });
      expect([route.gpu, route.cpu > 0]).toEqual([0, true]);
    });

    test('one that hangs: after the deadline the CPU computes', async () => {
      process.env.OMEGA_TEST_FAULT = 'hang';
      gpu = open(faultyEntry, ['webgpu'], modelsFolder, 1500);
      expect((await gpu.embedTexts(['the server listens'])).devices).toEqual(['cpu']);
    });

    test('short of memory: smaller batches stay on it', async () => {
      process.env.OMEGA_TEST_FAULT = 'memory-big';
      gpu = open(faultyEntry, ['webgpu']);
      const answer = await gpu.embedTexts(['one', 'two', 'three', 'four', 'five']);
      expect(answer.devices).toEqual(['webgpu']);
      expect((await gpu.devices()).route).toMatchObject({ cpu: 0, splits: 2 });
    });
  });

  test('a damaged model is refused, with what to do', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'omega-model-'));
    cpSync(join(modelsFolder, 'manifest.json'), join(folder, 'manifest.json'));
    cpSync(join(modelsFolder, 'all-MiniLM-L6-v2'), join(folder, 'all-MiniLM-L6-v2'), {
      recursive: true,
    });
    truncateSync(join(folder, 'all-MiniLM-L6-v2', 'model_q4.onnx'), 100);
    const damaged = open(computeEntry, [], folder);
    try {
      const answer = damaged.embedTexts(['x']);
      await expect(answer).rejects.toMatchObject({ code: 'REFUSED' });
      await expect(answer).rejects.toThrow(/node scripts\/setup\.mjs/);
    } finally {
      damaged.dispose();
      rmSync(folder, { recursive: true });
    }
  });
});

test('without a model the report says so, and nothing is chosen', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'omega-model-'));
  cpSync(join(modelsFolder, 'manifest.json'), join(folder, 'manifest.json'));
  const none = open(computeEntry, [], folder);
  try {
    const { chosen, probes } = await none.devices();
    expect(chosen).toBeNull();
    expect(probes[0]).toMatchObject({ device: 'cpu', opens: false });
    expect(probes[0]?.reason).toContain('node scripts/setup.mjs');
  } finally {
    none.dispose();
    rmSync(folder, { recursive: true });
  }
});
