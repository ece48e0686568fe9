import { AdaptiveBatcher } from '#main/acceleration/batcher/adaptive-batcher.ts';
import { FixedBatcher, kernel, type LoadFigures, load, type Runner } from './batcher-load.ts';
import { median, rounded, timed } from './statistics.ts';

/** What is measured with one kernel. */
export type KernelFigures = {
  readonly ratioToBestFixed: number;
  readonly bestFixedSize: number;
  readonly bestFixedPerSecond: number;
  readonly perSecond: number;
  readonly p95Ms: number;
  readonly limit: number;
  /** A new batcher that still has to learn, over the best fixed one, in a run as long. */
  readonly coldRatio: number;
};

/** What `bench -- batcher` prints. */
export type BatcherFigures = {
  readonly suite: 'batcher';
  readonly ratioToBestFixed: number;
  readonly overheadUs: number;
  readonly overheadAloneUs: number;
  readonly targetLatencyMs: number;
  readonly p95WithinTarget: boolean;
  readonly bestIs1: KernelFigures;
  readonly bestIs64: KernelFigures;
};

type Kernel = ReturnType<typeof kernel>;

const sizes = [1, 2, 4, 8, 16, 32, 64];
const targetLatencyMs = 10;

/** A kernel without fixed cost that gets slower an item the larger the batch is. */
const bestIs1 = kernel((size) => 0.2 * size * (1 + 0.02 * (size - 1)));
/** A kernel with a fixed cost that has its best at 64, and gets slower an item above. */
const bestIs64 = kernel((size) => (1 + 0.02 * size) * Math.max(1, size / 64) ** 1.5);

/** The adaptive batcher against the best of fixed sizes, interleaved, and its own cost. */
export async function batcherSuite(short: boolean): Promise<BatcherFigures> {
  const [rounds, ms] = short ? [1, 30] : [21, 100];
  const one = await measure(bestIs1, 32, rounds, ms);
  const many = await measure(bestIs64, 128, rounds, ms);
  const items = short ? 2_000 : 200_000;
  return {
    suite: 'batcher',
    ratioToBestFixed: Math.min(one.ratioToBestFixed, many.ratioToBestFixed),
    overheadUs: await overhead(512, items),
    overheadAloneUs: await overhead(1, items / 10),
    targetLatencyMs,
    p95WithinTarget: Math.max(one.p95Ms, many.p95Ms) <= targetLatencyMs,
    bestIs1: one,
    bestIs64: many,
  };
}

async function measure(
  fn: Kernel,
  callers: number,
  rounds: number,
  ms: number,
): Promise<KernelFigures> {
  const adaptive = new AdaptiveBatcher<number, number>(fn, { targetLatencyMs });
  const measured = new Map<string, LoadFigures[]>();
  const once = async (name: string, runner: Runner): Promise<void> => {
    const figures = await load(runner, callers, ms);
    measured.set(name, [...(measured.get(name) ?? []), figures]);
  };
  for (let round = 0; round < rounds; round++) {
    await once('adaptive', adaptive);
    await once('cold', new AdaptiveBatcher<number, number>(fn, { targetLatencyMs }));
    for (const size of sizes) await once(`${size}`, new FixedBatcher(fn, size));
  }
  const middle = (name: string, figure: keyof LoadFigures): number =>
    median((measured.get(name) ?? []).map((each) => each[figure]));
  const speed = (name: string): number => middle(name, 'itemsPerSecond');
  /** Round by round, so that what else the machine does in one falls on both. */
  const ratio = (name: string): number => {
    const against = measured.get(`${best}`) ?? [];
    const each = (measured.get(name) ?? []).map(
      ({ itemsPerSecond }, round) =>
        itemsPerSecond / (against[round]?.itemsPerSecond ?? Number.NaN),
    );
    return rounded(median(each), 3);
  };
  const [best = 1] = [...sizes].sort((a, b) => speed(`${b}`) - speed(`${a}`));
  return {
    ratioToBestFixed: ratio('adaptive'),
    bestFixedSize: best,
    bestFixedPerSecond: Math.round(speed(`${best}`)),
    perSecond: Math.round(speed('adaptive')),
    p95Ms: rounded(middle('adaptive', 'p95Ms')),
    limit: adaptive.limit,
    coldRatio: ratio('cold'),
  };
}

/** Microseconds an item with a function that does nothing, the callers' own loop included. */
async function overhead(callers: number, items: number): Promise<number> {
  const batcher = new AdaptiveBatcher<number, number>((batch) => batch);
  const caller = async (): Promise<void> => {
    for (let left = Math.ceil(items / callers); left > 0; left--) await batcher.run(left);
  };
  const all = (): Promise<unknown> => Promise.all(Array.from({ length: callers }, caller));
  await all();
  const runs = [await timed(all), await timed(all), await timed(all)];
  return rounded((median(runs) * 1_000) / items);
}
