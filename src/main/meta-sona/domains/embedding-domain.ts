import { setTimeout as sleep } from 'node:timers/promises';
import { Acceleration, type AccelerationOptions } from '#main/acceleration/acceleration.ts';
import { type AccelerationSettings, threadsOf } from '#main/acceleration/acceleration-options.ts';
import { throwIfCancelled } from '#main/core/abort.ts';
import type { Live } from '#main/core/live.ts';
import { LiveValue } from '#main/core/live-value.ts';
import { type Random, seededRandom } from '#main/core/random.ts';
import type { Point } from '../space/dimension.ts';
import type { Domain, Evaluation, TaskBench } from './domain.ts';
import { embeddingScore, embeddingSpace, patienceMs } from './embedding-space.ts';
import { sampleTexts } from './sample-texts.ts';

/** Texts of one measurement that are embedded together. */
const bulk = 48;
/** Texts of each part of the work: the search's, and those that it is judged by. */
const part = 480;
/** Between two single texts, in ms. */
const singleEveryMs = 25;

/** What embeddings are tried with. */
export type EmbeddingDomainOptions = Pick<AccelerationOptions, 'spawn' | 'modelsFolder'> & {
  readonly settings: Live<AccelerationSettings>;
  /** Texts of the user's own, at most so many; each call draws by `random`. */
  readonly ownTexts: (most: number, random: Random) => readonly string[];
};

/** How texts are embedded, tried in processes of its own while single texts come in between. */
export function embeddingDomain(options: EmbeddingDomainOptions): Domain {
  return {
    name: 'embedding',
    space: embeddingSpace,
    unit: 'texts/s',
    limits: ['latencyMs'],
    settingsOf: ({ slots, threads, maxBatch }) => ({
      'acceleration.slots': Number(slots),
      'acceleration.threads': Number(threads),
      'acceleration.maxBatch': Number(maxBatch),
    }),
    open: async ({ seed }) => new EmbeddingBench(options, seed),
  };
}

/** Sessions of one shape; another size of batch needs no others. */
type Sessions = {
  readonly key: string;
  readonly acceleration: Acceleration;
  readonly settings: LiveValue<AccelerationSettings>;
};

class EmbeddingBench implements TaskBench {
  readonly about: string;
  readonly inForce: Point;
  readonly #options: EmbeddingDomainOptions;
  readonly #texts: readonly string[];
  #open: Sessions | null = null;

  constructor(options: EmbeddingDomainOptions, seed: number) {
    this.#options = options;
    const random = seededRandom(seed);
    const own = options.ownTexts(2 * part, random);
    const isOwn = own.length === 2 * part;
    this.#texts = isOwn ? own : sampleTexts(2 * part, random);
    const which = isOwn ? 'of your memories' : 'made up, as there are too few memories';
    this.about = `${bulk} of ${this.#texts.length} texts at once, ${which}; single ones in between`;
    const { current } = options.settings;
    const { slots, maxBatch } = current;
    this.inForce = embeddingSpace.nearest({ slots, threads: threadsOf(current), maxBatch });
  }

  async evaluate(
    point: Point,
    tasks: 'search' | 'held-out',
    turn: number,
    signal: AbortSignal,
  ): Promise<Evaluation> {
    const acceleration = await this.#opened(point, signal);
    const from = (tasks === 'search' ? 0 : part) + ((turn * bulk) % part);
    const texts = this.#texts.slice(from, from + bulk);
    const began = performance.now();
    const all = acceleration.embedTexts(texts, signal);
    const over = all.then(
      () => 'over' as const,
      () => 'over' as const,
    );
    const waits: Promise<number>[] = [];
    for (let at = 0; ; at++) {
      const wait = waitOf(acceleration, `${texts[at % bulk]} ${turn} ${at}`, signal);
      // Where all fail alike the first one tells.
      wait.catch(() => undefined);
      waits.push(wait);
      if ((await Promise.race([over, sleep(singleEveryMs)])) === 'over') break;
    }
    await all;
    const seconds = (performance.now() - began) / 1_000;
    const times = (await Promise.all(waits)).sort((a, b) => a - b);
    const textsPerSecond = bulk / seconds;
    const inTime = times.filter((ms) => ms <= patienceMs).length / times.length;
    return {
      score: embeddingScore(textsPerSecond, times),
      quality: inTime,
      rules: { inTime: inTime === 1 },
      figures: { textsPerSecond, latencyMs: times[times.length >> 1] ?? 0 },
    };
  }

  async dispose(): Promise<void> {
    await this.#open?.acceleration.dispose();
  }

  /** Sessions of that shape, warm; those of another shape are closed, so that they take no memory. */
  async #opened({ slots, threads, maxBatch }: Point, signal: AbortSignal): Promise<Acceleration> {
    const key = `${slots} ${threads}`;
    const { spawn, modelsFolder, settings } = this.#options;
    const shape = { slots: Number(slots), threads: Number(threads), maxBatch: Number(maxBatch) };
    const wanted = { ...settings.current, ...shape };
    if (this.#open?.key === key) {
      this.#open.settings.set(wanted);
      return this.#open.acceleration;
    }
    await this.#open?.acceleration.dispose();
    this.#open = null;
    const own = new LiveValue<AccelerationSettings>(wanted);
    const acceleration = new Acceleration({ spawn, modelsFolder, settings: own });
    this.#open = { key, acceleration, settings: own };
    await acceleration.open(signal);
    throwIfCancelled(signal);
    return acceleration;
  }
}

/** How long a single text took, in ms. */
async function waitOf(
  embeddings: Acceleration,
  text: string,
  signal: AbortSignal,
): Promise<number> {
  const began = performance.now();
  await embeddings.embedText(text, signal);
  return performance.now() - began;
}
