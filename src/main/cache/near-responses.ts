import type { Clock } from '#main/core/clock.ts';
import type { Live } from '#main/core/live.ts';
import type { NotedResponse, ResponseNoteStore } from '#main/storage/response-note-store.ts';
import type { Config } from '#shared/config.ts';
import type { NoteVectors } from './note-vectors.ts';
import type { RequestNote } from './response-cache.ts';

/** An answer whose request was near, without its text; `similarity` is a cosine. */
export type NearResponse = Omit<NotedResponse, 'vector'> & { readonly similarity: number };

/** What {@link NearResponses} stand on. */
export type NearOptions = {
  readonly notes: ResponseNoteStore;
  readonly vectors: NoteVectors;
  readonly settings: Live<Config['cache']>;
  readonly clock: Pick<Clock, 'now'>;
};

/** Notes that are compared, the newest: each is one product of 384 numbers, all of them some ms. */
const most = 5_000;
const hourMs = 3_600_000;

/**
 * Finds kept answers whose requests were near. It only names them: nothing here is a way by which a
 * call gets an answer.
 */
export class NearResponses {
  readonly #options: NearOptions;

  constructor(options: NearOptions) {
    this.#options = options;
  }

  /** Those of the same topic that are at least so near, the nearest first. Fails where there is no model. */
  async find(
    { topic, text }: RequestNote,
    least: number,
    signal: AbortSignal,
  ): Promise<readonly NearResponse[]> {
    const { notes, vectors, settings, clock } = this.#options;
    const madeAfter = clock.now() - settings.current.ttlHours * hourMs;
    await vectors.fill(topic, madeAfter, signal);
    const own = await vectors.of(text, signal);
    return notes
      .ofTopic(topic, madeAfter, most)
      .map(({ vector, ...rest }) => ({ ...rest, similarity: product(own, vector) }))
      .filter(({ similarity }) => similarity >= least)
      .toSorted((one, other) => other.similarity - one.similarity || other.madeAt - one.madeAt);
  }
}

/** Of another length than its own, as another model's would be, nothing is near. */
function product(own: Float32Array, bytes: Buffer): number {
  if (own.byteLength !== bytes.byteLength) return 0;
  let sum = 0;
  for (let at = 0; at < own.length; at += 1) sum += (own[at] ?? 0) * bytes.readFloatLE(at * 4);
  return sum;
}
