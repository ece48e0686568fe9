import { Counter, Gauge } from 'prom-client';
import type { AsyncResource } from '#main/core/disposable.ts';
import { sha256 } from '#main/core/hash.ts';
import type { Live } from '#main/core/live.ts';
import type { Metrics } from '#main/core/metrics/metrics.ts';

/** Embeds one text. */
export type EmbedText = (text: string, signal?: AbortSignal) => Promise<Float32Array>;

/** What texts are remembered with. */
export type RememberedTextsOptions = {
  readonly embed: EmbedText;
  /** Texts that are remembered at most; 0 remembers none. */
  readonly size: Live<number>;
  /** Where hits and misses are counted. Takes one only. */
  readonly metrics: Metrics;
};

/**
 * Remembers the vectors of texts that were asked for lately, so that a question which comes again
 * is not embedded again; the one that was not asked for longest goes first.
 */
export class RememberedTexts implements AsyncResource {
  readonly #embed: EmbedText;
  readonly #size: Live<number>;
  /** By the hash of the text, in the order of last use: a long text takes no more than a short one. */
  readonly #vectors = new Map<string, Float32Array>();
  readonly #asked: Counter<'result'>;
  readonly #stopListening: () => void;

  constructor({ embed, size, metrics }: RememberedTextsOptions) {
    this.#embed = embed;
    this.#size = size;
    this.#stopListening = size.listen(() => this.#fit());
    const vectors = this.#vectors;
    this.#asked = new Counter({
      name: 'omega_remembered_texts_total',
      help: 'Texts whose vector was remembered (result="hit") or had to be made (result="miss").',
      labelNames: ['result'],
      registers: [metrics],
    });
    new Gauge({
      name: 'omega_remembered_texts',
      help: 'Texts whose vectors are remembered now.',
      registers: [metrics],
      collect() {
        this.set(vectors.size);
      },
    });
  }

  /** Texts that are remembered now. */
  get size(): number {
    return this.#vectors.size;
  }

  /** The vector of a text, the caller's own copy. Fails as embedding does; failures are not remembered. */
  async embed(text: string, signal?: AbortSignal): Promise<Float32Array> {
    const key = sha256(text);
    const known = this.#vectors.get(key);
    this.#asked.inc({ result: known ? 'hit' : 'miss' });
    const vector = known ?? (await this.#embed(text, signal));
    // To the end of the order: it was used last.
    this.#vectors.delete(key);
    this.#vectors.set(key, vector);
    this.#fit();
    return vector.slice();
  }

  /** Forgets all, to give memory back; how many texts there were. */
  shrink(): number {
    const { size } = this.#vectors;
    this.#vectors.clear();
    return size;
  }

  dispose(): void {
    this.#stopListening();
    this.#vectors.clear();
  }

  #fit(): void {
    for (const oldest of this.#vectors.keys()) {
      if (this.#vectors.size <= this.#size.current) return;
      this.#vectors.delete(oldest);
    }
  }
}
