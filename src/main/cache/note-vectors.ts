import { throwIfCancelled } from '#main/core/abort.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import type { BareNote, ResponseNoteStore } from '#main/storage/response-note-store.ts';

/** Makes vectors of length 1, one a text, in their order. Fails where there is no model. */
export type EmbedTexts = (
  texts: readonly string[],
  signal: AbortSignal,
) => Promise<readonly Float32Array[]>;

/** What {@link NoteVectors} stand on. */
export type NoteVectorsOptions = {
  readonly notes: ResponseNoteStore;
  readonly embed: EmbedTexts;
  /** Told why the background could not; it tries again after the next answer. */
  readonly onError: (error: unknown) => void;
  /** How long no answer must have come before the background begins, in ms. */
  readonly quietMs?: number;
};

/** Notes that are embedded in one call. */
const group = 32;

/**
 * Gives notes their vectors, in the background once no answer has come for a while: nobody who asks a
 * model waits for it. A command ends without; whoever looks for near answers fills what is missing.
 */
export class NoteVectors implements AsyncResource {
  readonly #options: NoteVectorsOptions;
  readonly #end = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  #work: Promise<void> | null = null;

  constructor(options: NoteVectorsOptions) {
    this.#options = options;
  }

  /** There are new notes. */
  wake(): void {
    if (this.#end.signal.aborted) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#begin(), this.#options.quietMs ?? 3_000).unref();
  }

  /** Gives those of one topic their vectors now, the newest first, 256 at most. Fails as `embed` does. */
  async fill(topic: string, madeAfter: number, signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#end.signal]);
    const bare = this.#options.notes.bareOf(topic, madeAfter, 8 * group);
    for (let at = 0; at < bare.length; at += group) {
      await this.#embed(bare.slice(at, at + group), either);
    }
  }

  /** The vector of a text that is not kept. Fails as `embed` does. */
  async of(text: string, signal: AbortSignal): Promise<Float32Array> {
    const [vector = new Float32Array()] = await this.#options.embed([text], signal);
    return vector;
  }

  async dispose(): Promise<void> {
    this.#end.abort();
    if (this.#timer) clearTimeout(this.#timer);
    await this.#work;
  }

  #begin(): void {
    this.#timer = null;
    if (this.#work) {
      this.wake();
      return;
    }
    this.#work = this.#all()
      .catch((error: unknown) => {
        if (!this.#end.signal.aborted) this.#options.onError(error);
      })
      .finally(() => {
        this.#work = null;
      });
  }

  async #all(): Promise<void> {
    const { notes } = this.#options;
    for (let bare = notes.bare(group); bare.length > 0; bare = notes.bare(group)) {
      await this.#embed(bare, this.#end.signal);
    }
  }

  async #embed(bare: readonly BareNote[], signal: AbortSignal): Promise<void> {
    const { notes, embed } = this.#options;
    const texts = bare.map(({ text }) => text);
    const vectors = await embed(texts, signal);
    throwIfCancelled(signal);
    notes.setVectors(
      bare.flatMap((note, at) => (vectors[at] ? [{ note, vector: vectors[at] }] : [])),
    );
  }
}
