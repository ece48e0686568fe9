import type { KeyedRows } from '#main/storage/vectors/vector-rows.ts';
import type { VectorSource } from '#main/storage/vectors/vector-source.ts';
import type { DeviceName } from '#shared/devices.ts';
import { OmegaError } from '#shared/error.ts';
import type { EngineChoice, Found } from '../engines/vector-engine.ts';
import { type IndexAnswer, type IndexState, maxRowsPerMessage } from '../index/index-messages.ts';
import type { IndexFigures } from '../index/recall-probe.ts';
import type { Order, VectorProcess } from '../vector-process.ts';
import { unitRows } from './unit-rows.ts';

/** Vectors in one message while an index is filled: some 400 KB. */
const pageRows = 256;
/** Messages under way at once: the next is read while the last is taken in. */
const pagesInFlight = 4;

/** What a {@link RemoteIndex} needs. */
export type IndexSource = {
  readonly process: VectorProcess;
  readonly vectors: VectorSource;
  /** Threads that build. */
  readonly threads: number;
  /** The GPU that was found to work, or null. */
  readonly gpu: () => Promise<DeviceName | null>;
};

/** One index in the compute process, filled from the store in the order of keys. */
export class RemoteIndex {
  readonly choice: EngineChoice;
  readonly #source: IndexSource;
  readonly #number: number;
  readonly #life: number;
  /** Vectors that are kept out for now: what it will be measured with. */
  #heldOut: ReadonlySet<number> = new Set();
  #cursor = 0;
  #tail: Promise<void> = Promise.resolve();
  #state: Pick<IndexState, 'size' | 'fresh' | 'removed'> = { size: 0, fresh: 0, removed: 0 };
  /** Removals since it last told its state. */
  #told = 0;
  #broken = false;
  #closed = false;
  readonly #asked = new Set<Promise<unknown>>();

  private constructor(source: IndexSource, choice: EngineChoice) {
    this.choice = choice;
    this.#source = source;
    this.#number = source.process.newIndex();
    this.#life = source.process.life;
  }

  /** Opens an empty index. Fails with `UNAVAILABLE` where the engine is not to be had. */
  static async open(
    source: IndexSource,
    choice: EngineChoice,
    { effort = null, heldOut }: { effort?: number | null; heldOut?: KeyedRows } = {},
  ): Promise<RemoteIndex> {
    const index = new RemoteIndex(source, choice);
    const { threads } = source;
    const { dimensions } = source.vectors;
    const probes = unitRows(heldOut?.rows ?? new Float32Array(), dimensions);
    index.#heldOut = new Set(heldOut?.keys);
    const options = { choice, dimensions, threads, effort, probes };
    await index.#ask({ op: 'open', options });
    return index;
  }

  /** Whether it cannot be used any more: closed, its process ended, or it missed a vector. */
  get gone(): boolean {
    return this.#closed || this.#broken || this.#life !== this.#source.process.life;
  }

  /** Vectors that it holds, those that wait to be merged, and removed ones that still take room. */
  get state(): Pick<IndexState, 'size' | 'fresh' | 'removed'> {
    return { ...this.#state, removed: this.#state.removed + this.#told };
  }

  /** Whether the store has vectors that it was not sent. */
  get behind(): boolean {
    return this.#source.vectors.keys(this.#cursor, 1).length > 0;
  }

  /** Brings in what the store has and it has not; ends when both are the same. */
  catchUp(): Promise<void> {
    const filled = this.#tail.then(() => this.#fill());
    this.#tail = filled.catch(() => undefined);
    return filled;
  }

  /** Takes no signal: a page that was read and not sent would be missing for ever. */
  async #fill(): Promise<void> {
    const underWay = new Set<Promise<unknown>>();
    for (;;) {
      if (this.gone) throw gone();
      const page = this.#source.vectors.page(this.#cursor, pageRows);
      const last = page.keys.at(-1);
      if (last === undefined) break;
      this.#cursor = last;
      const sent = this.add(this.#withoutHeldOut(page)).catch((error: unknown) => {
        this.#broken = true;
        throw error;
      });
      underWay.add(sent);
      const settled = (): void => void underWay.delete(sent);
      sent.then(settled, settled);
      if (underWay.size >= pagesInFlight) await Promise.race(underWay);
    }
    await Promise.all(underWay);
  }

  /** Adds vectors that the store need not have. */
  async add({ keys, rows }: KeyedRows): Promise<void> {
    const { dimensions } = this.#source.vectors;
    for (let at = 0; at < keys.length; at += maxRowsPerMessage) {
      const end = at + maxRowsPerMessage;
      const unit = unitRows(rows.subarray(at * dimensions, end * dimensions), dimensions);
      await this.#ask({ op: 'add', keys: keys.slice(at, end), rows: unit });
    }
  }

  /** Leaves vectors out of what is found from now on. */
  remove(keys: readonly number[]): void {
    if (this.gone || keys.length === 0) return;
    this.#told += keys.length;
    this.#source.process.tell(this.#number, Float64Array.from(keys));
  }

  async search(queries: Float32Array<ArrayBuffer>, k: number): Promise<Found> {
    const answer = await this.#send({ op: 'search', queries, k });
    if (answer.op !== 'found') throw unexpected(answer.op);
    return answer;
  }

  /** Trains the engine where it needs that, and merges all that waits. */
  async merge(signal?: AbortSignal): Promise<void> {
    await this.#ask({ op: 'train' }, signal);
    while ((await this.#ask({ op: 'merge', blocks: 16 }, signal)).fresh > 0);
  }

  /** Measures it with what was held out, and sets the effort that reaches `target`. */
  async measure(target: number, signal?: AbortSignal): Promise<IndexFigures> {
    const answer = await this.#send({ op: 'tune', target }, signal);
    if (answer.op !== 'tuned') throw unexpected(answer.op);
    return answer.figures;
  }

  /** Measures it at one effort with some of what was held out; null is the effort that it has. */
  async measureAt(
    effort: number | null,
    from: number,
    upTo: number,
    signal?: AbortSignal,
  ): Promise<IndexFigures> {
    const answer = await this.#send({ op: 'measure', effort, from, upTo }, signal);
    if (answer.op !== 'tuned') throw unexpected(answer.op);
    return answer.figures;
  }

  /** Lets in what was held out, but for what was removed meanwhile. */
  async letIn(heldOut: KeyedRows): Promise<void> {
    this.#heldOut = new Set();
    await this.add(this.#source.vectors.rows([...heldOut.keys]));
  }

  /** Writes it to a file; what comes later is not in it. Vectors up to `cursor` are. */
  async save(path: string): Promise<{ cursor: number; sha256: string; bytes: number }> {
    const cursor = this.#cursor;
    const answer = await this.#send({ op: 'save', path });
    if (answer.op !== 'saved') throw unexpected(answer.op);
    return { cursor, sha256: answer.sha256, bytes: answer.bytes };
  }

  /** Reads what {@link save} wrote. Fails with `REFUSED` where it is another file. */
  async restore(path: string, sha256: string, cursor: number): Promise<IndexState> {
    const state = await this.#ask({ op: 'restore', path, sha256 });
    this.#cursor = cursor;
    return state;
  }

  /** Ends it, and gives its memory back, once what it was asked is answered; it is gone at once. */
  close(): void {
    if (this.gone) return;
    this.#closed = true;
    const life = this.#life;
    void Promise.allSettled(this.#asked).then(() => {
      if (life === this.#source.process.life) this.#source.process.close(this.#number);
    });
  }

  #withoutHeldOut(page: KeyedRows): KeyedRows {
    const unheld = [...page.keys].filter((key) => !this.#heldOut.has(key));
    if (unheld.length === page.keys.length) return page;
    return this.#source.vectors.rows(unheld);
  }

  async #ask(order: Order, signal?: AbortSignal): Promise<IndexState> {
    const answer = await this.#send(order, signal);
    if (answer.op !== 'done') throw unexpected(answer.op);
    this.#state = { size: answer.size, fresh: answer.fresh, removed: answer.removed };
    this.#told = 0;
    return answer;
  }

  #send(order: Order, signal?: AbortSignal): Promise<IndexAnswer> {
    if (this.gone) return Promise.reject(gone());
    const answer = this.#source.process.ask(this.#number, order, signal);
    this.#asked.add(answer);
    const settled = (): void => void this.#asked.delete(answer);
    answer.then(settled, settled);
    return answer;
  }
}

function gone(): OmegaError {
  const message = 'The process of the vector index ended; try again.';
  return new OmegaError('UNAVAILABLE', message, { retryable: true, details: { fault: 'died' } });
}

function unexpected(op: string): OmegaError {
  return new OmegaError('INTERNAL', `The vector index answered "${op}" to another question.`);
}
