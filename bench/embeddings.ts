import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Acceleration } from '#main/acceleration/acceleration.ts';
import { threadsOf } from '#main/acceleration/acceleration-options.ts';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { embeddingModel, verifyModel } from '#main/acceleration/embeddings/model-files.ts';
import { readEnvironment } from '#main/core/config/environment.ts';
import { resolveConfig } from '#main/core/config/resolve-config.ts';
import { fixed } from '#main/core/live.ts';
import { stallP99Ms } from './event-loop-stalls.ts';
import { RawPeer } from './raw-peer.ts';
import { sentences } from './sentences.ts';
import { median, rounded, timed } from './statistics.ts';

const root = join(import.meta.dirname, '..');
const modelsFolder = join(root, 'resources', 'models');

/** What `bench -- embeddings` prints. Rates are texts per second, medians of `repeats`. */
export type EmbeddingFigures = {
  readonly suite: 'embeddings';
  readonly texts: number;
  readonly repeats: number;
  readonly slots: number;
  readonly threadsPerSlot: number;
  readonly device: string;
  /** The app: text in, vectors out, tokenizer and process border included. */
  readonly textsPerSecond: number;
  /** One bare session with all the threads. */
  readonly rawTextsPerSecond: number;
  readonly rawBatch: number;
  /** Median of the ratio of each round, app over one bare session. */
  readonly ratioToRaw: number;
  /** The same against as many bare sessions as the app has slots, in worker threads. */
  readonly rawSlotsTextsPerSecond: number;
  readonly rawSlotsBatch: number;
  readonly ratioToRawSlots: number;
  /** Largest difference of any number of a vector, computed among others and alone. */
  readonly neighbourDeviation: number;
  readonly mainThreadStallP99Ms: number;
  readonly idleStallP99Ms: number;
};

/** Measures the app against bare onnxruntime on the CPU: same model, texts and threads, in turn. */
export async function embeddingsSuite(short: boolean): Promise<EmbeddingFigures> {
  await verifyModel(modelsFolder);
  const [count, repeats, stallCount] = short ? [16, 1, 16] : [256, 7, 1000];
  const texts = sentences(count);
  const settings = {
    ...resolveConfig(new Map(), readEnvironment(process.env)).config.acceleration,
    device: 'cpu' as const,
  };
  const { slots } = settings;
  const threads = threadsOf(settings);
  const app = new Acceleration({
    spawn: forkCompute(join(root, 'src', 'main', 'acceleration', 'compute', 'main.ts')),
    modelsFolder,
    settings: fixed(settings),
  });
  const setup = { folder: join(modelsFolder, embeddingModel), texts };
  const one = await RawPeer.open(1, { ...setup, threads: threads * slots });
  const many = await RawPeer.open(slots, { ...setup, threads });
  try {
    const { devices } = await app.embedTexts(texts);
    const rounds: { app: number; one: number; many: number }[] = [];
    for (let round = 0; round < repeats; round += 1) {
      rounds.push({
        app: await timed(() => app.embedTexts(texts)),
        one: await one.run(),
        many: await many.run(),
      });
    }
    const rate = (who: 'app' | 'one' | 'many') =>
      rounded(median(rounds.map((round) => (count / round[who]) * 1000)), 1);
    const ratio = (who: 'one' | 'many') =>
      rounded(median(rounds.map((round) => round[who] / round.app)), 3);
    return {
      suite: 'embeddings',
      texts: count,
      repeats,
      slots,
      threadsPerSlot: threads,
      device: devices.join(','),
      textsPerSecond: rate('app'),
      rawTextsPerSecond: rate('one'),
      rawBatch: one.rows,
      ratioToRaw: ratio('one'),
      rawSlotsTextsPerSecond: rate('many'),
      rawSlotsBatch: many.rows,
      ratioToRawSlots: ratio('many'),
      neighbourDeviation: await neighbourDeviation(app, texts),
      mainThreadStallP99Ms: await stallP99Ms(() => app.embedTexts(sentences(stallCount))),
      idleStallP99Ms: await stallP99Ms(() => sleep(short ? 100 : 2000)),
    };
  } finally {
    app.dispose();
    await Promise.all([one.dispose(), many.dispose()]);
  }
}

async function neighbourDeviation(app: Acceleration, texts: readonly string[]): Promise<number> {
  const { vectors, dimensions } = await app.embedTexts(texts);
  let worst = 0;
  for (const [index, text] of texts.slice(0, 32).entries()) {
    const alone = (await app.embedTexts([text])).vectors;
    for (const [i, value] of alone.entries()) {
      worst = Math.max(worst, Math.abs(value - (vectors[index * dimensions + i] ?? 0)));
    }
  }
  return worst;
}
