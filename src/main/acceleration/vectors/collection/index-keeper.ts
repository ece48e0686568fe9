import { setTimeout as sleep } from 'node:timers/promises';
import { steadyNow } from '#main/core/clock.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import type { Live } from '#main/core/live.ts';
import { type EngineRecord, exactRecord } from '../choice/engine-record.ts';
import type { IndexSetting } from '../choice/index-setting.ts';
import { type EngineSetting, type IndexWork, whatToDo } from '../choice/what-to-do.ts';
import { buildIndex, recordFor } from './build-index.ts';
import { type IndexSource, RemoteIndex } from './remote-index.ts';
import { restoreSnapshot, saveSnapshot } from './snapshot.ts';

/** After work that failed, in ms. */
const restMs = 60_000;
/** Longest that closing waits for work to stop, in ms. */
const closeMs = 5_000;

/** What a keeper is told. */
export type KeeperOptions = {
  /** Folder of the files that indexes are kept in between starts. */
  readonly folder: string;
  readonly setting: Live<EngineSetting>;
  readonly graph: Live<IndexSetting>;
};

/** What the index of a collection is doing. */
export type KeeperReport = {
  readonly record: EngineRecord;
  /** What goes on in the background, or null. */
  readonly working: IndexWork | null;
  /** Why the last work failed; null when it did not. */
  readonly problem: string | null;
  readonly size: number;
  readonly fresh: number;
  readonly removed: number;
};

/**
 * Keeps one index of a collection answering, and the right one: opens it from its file or the store,
 * again when its process died, and makes another in the background when growth, removals or a
 * setting ask for it, while the present one goes on answering.
 */
export class IndexKeeper implements AsyncResource {
  readonly #source: IndexSource;
  readonly #options: KeeperOptions;
  readonly #closing = new AbortController();
  readonly #stopListening: readonly (() => void)[];
  #serving: RemoteIndex | null = null;
  #building: RemoteIndex | null = null;
  #opening: Promise<RemoteIndex> | null = null;
  #work: Promise<void> | null = null;
  #due: IndexWork = 'nothing';
  #record: EngineRecord = exactRecord;
  #problem: string | null = null;
  #restUntil = 0;
  #version: number;
  #unsaved = false;
  #missing = false;
  #bringing: Promise<void> | null = null;

  constructor(source: IndexSource, options: KeeperOptions) {
    this.#source = source;
    this.#options = options;
    this.#version = source.vectors.dataVersion();
    const changed = (): void => {
      this.#restUntil = 0;
      this.poke();
    };
    this.#stopListening = [options.setting.listen(changed), options.graph.listen(changed)];
  }

  /** The index that answers, with all that the store holds. */
  async current(): Promise<RemoteIndex> {
    const serving = this.#serving;
    if (!serving || serving.gone) {
      this.#opening ??= this.#open().finally(() => {
        this.#opening = null;
      });
      return this.#opening;
    }
    const version = this.#source.vectors.dataVersion();
    if (version !== this.#version || this.#missing) {
      // It is in the store, and not here yet.
      this.#version = version;
      this.#missing = false;
      const bringing = serving.catchUp().finally(() => {
        if (this.#bringing === bringing) this.#bringing = null;
      });
      this.#bringing = bringing;
      this.poke();
    }
    // Who asks while another brings in waits for that too.
    if (this.#bringing) await this.#bringing;
    return serving;
  }

  /** Brings what was written into the index that answers; `removed` are keys that are gone. */
  async written(removed: readonly number[]): Promise<void> {
    this.forget(removed);
    this.#building?.catchUp().catch(() => undefined);
    this.#unsaved = true;
    // Nobody searched yet, or it is being opened from the store: that has it all.
    if (this.#serving && !this.#serving.gone) await this.#serving.catchUp();
    this.poke();
  }

  /** Notes a write that the next search brings in; `removed` are keys that are gone. */
  changed(removed: readonly number[]): void {
    this.forget(removed);
    this.#unsaved = true;
    this.#missing = true;
  }

  /** Brings in what {@link changed} noted, where the index is open. */
  async settle(): Promise<void> {
    if (this.#serving && !this.#serving.gone) await this.current();
  }

  /** Has keys left out of what is found. */
  forget(keys: readonly number[]): void {
    this.#serving?.remove(keys);
    this.#building?.remove(keys);
  }

  /** Begins what is due, if anything. */
  poke(): void {
    if (this.#work || this.#closing.signal.aborted || steadyNow() < this.#restUntil) return;
    if (!this.#serving || this.#serving.gone) return;
    const due = whatToDo({
      size: this.#size(),
      removed: this.#serving.state.removed,
      record: this.#record,
      setting: this.#options.setting.current,
      graph: this.#options.graph.current,
    });
    if (due === 'nothing') return;
    this.#due = due;
    this.#work = this.#do(due)
      .then(
        () => {
          this.#problem = null;
        },
        (error: unknown) => {
          this.#problem = error instanceof Error ? error.message : String(error);
          this.#restUntil = steadyNow() + restMs;
        },
      )
      .finally(() => {
        this.#work = null;
        this.#due = 'nothing';
        this.poke();
      });
  }

  /** Ends when nothing goes on in the background. */
  async idle(): Promise<void> {
    while (this.#work) await this.#work;
  }

  report(): KeeperReport {
    const state = this.#serving?.state ?? { size: 0, fresh: 0, removed: 0 };
    return {
      record: this.#record,
      working: this.#work ? this.#due : null,
      problem: this.#problem,
      ...state,
    };
  }

  /** Writes the index to its file, where there is something to keep. Returns the file's bytes. */
  async save(): Promise<number | null> {
    const index = this.#serving;
    if (!index || index.gone || index.choice.engine === 'exact') return null;
    this.#unsaved = false;
    return saveSnapshot(this.#options.folder, this.#source, index);
  }

  /** Stops what goes on, and saves what was not. */
  async dispose(): Promise<void> {
    this.#closing.abort();
    for (const stop of this.#stopListening) stop();
    // Native work that cannot be interrupted ends with its process.
    await Promise.race([this.#work, sleep(closeMs, undefined, { ref: false })]);
    if (this.#unsaved) await this.save().catch(() => undefined);
    this.#serving?.close();
    this.#serving = null;
  }

  #size(): number {
    return this.#source.vectors.size();
  }

  async #open(): Promise<RemoteIndex> {
    const restored = await restoreSnapshot(this.#options.folder, this.#source);
    const index = restored?.index ?? (await RemoteIndex.open(this.#source, exactRecord.choice));
    this.#version = this.#source.vectors.dataVersion();
    while (index.behind) await index.catchUp();
    this.#record = restored?.record ?? exactRecord;
    this.#serving = index;
    this.poke();
    return index;
  }

  async #do(due: IndexWork): Promise<void> {
    const { signal } = this.#closing;
    const record = await recordFor(
      due,
      this.#source,
      this.#options.setting.current,
      this.#options.graph.current,
      this.#record,
      signal,
    );
    // What is written from here on may not be in the file that the build saves.
    this.#unsaved = false;
    try {
      const made = await buildIndex(this.#source, this.#options.folder, record, signal, (next) => {
        this.#building = next;
      });
      // Until nothing came meanwhile: from this check to the change no other code runs.
      while (made.index.behind) await made.index.catchUp();
      this.#serving?.close();
      this.#serving = made.index;
      this.#record = made.record;
    } finally {
      this.#building = null;
    }
  }
}
