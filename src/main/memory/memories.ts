import type { Clock } from '#main/core/clock.ts';
import type { Live } from '#main/core/live.ts';
import { parseInput } from '#main/core/parse-input.ts';
import { untilAborted } from '#main/core/until-aborted.ts';
import type { MemoryScope } from '#main/storage/memory/memory-scope.ts';
import type { MemoryStore } from '#main/storage/memory/memory-store.ts';
import { OmegaError } from '#shared/error.ts';
import type { RuntimeEvent } from '#shared/events.ts';
import {
  type ConsolidationReport,
  type FoundMemory,
  type Memory,
  type MemoryChange,
  type MemoryQuery,
  type MemoryTier,
  memoryChangeSchema,
  memoryQuerySchema,
  memoryTiers,
  type NewMemory,
} from '#shared/memory.ts';
import type { MemorySettings } from '#shared/settings/memory-settings.ts';
import { CatchUp } from './catch-up.ts';
import { changeMemory, notFound } from './change-memory.ts';
import { checkEmbedding } from './check-embedding.ts';
import { consolidateOnce } from './consolidate.ts';
import type { Embed } from './embedder.ts';
import { forgetVectors } from './forget-vectors.ts';
import { LaterVectors } from './later-vectors.ts';
import type { MemoryIndex } from './memory-index.ts';
import { parseMemory } from './parse-memory.ts';
import { policiesOf, retentionOf } from './policies-of.ts';
import { type RecallParts, recall } from './recall.ts';
import { Repeating } from './repeating.ts';
import { type GivenMemory, parseNew, type Stored, storeAll, storeOne } from './store-memories.ts';
import { Touches } from './touches.ts';

/** What memory stands on. */
export type MemoriesOptions = {
  readonly store: MemoryStore;
  /** The index over the store's vectors. */
  readonly vectors: MemoryIndex;
  readonly embed: Embed;
  readonly settings: Live<MemorySettings>;
  readonly clock: Pick<Clock, 'now'>;
  readonly emit: (event: RuntimeEvent) => void;
};

/** What was found; `degraded` says why it may not be all, or the best, that there is. */
export type MemoryAnswer = {
  readonly memories: readonly FoundMemory[];
  readonly degraded: string | null;
};

/** Memories in seven tiers: stored, found by words and meaning, kept in order. */
export class Memories {
  readonly #parts: RecallParts;
  readonly #options: MemoriesOptions;
  readonly #touches: Touches;
  readonly #catchUp: CatchUp;
  readonly #later: LaterVectors;
  readonly #timer: Repeating;
  #stopListening: (() => void) | null = null;
  #closing = new AbortController();
  #run: Promise<ConsolidationReport> | null = null;

  constructor(options: MemoriesOptions) {
    const { store, vectors, embed } = options;
    this.#options = options;
    this.#parts = { store, index: vectors, embed };
    this.#touches = new Touches(store);
    this.#catchUp = new CatchUp(store, vectors);
    this.#later = new LaterVectors(this.#parts, () => this.#closing.signal);
    // A run that fails is told by the next one that somebody asks for.
    this.#timer = new Repeating(() => this.consolidate().catch(() => undefined));
  }

  /** Begins to put memory in order by itself, as the settings say. */
  start(): void {
    this.#closing = new AbortController();
    this.#catchUp.start();
    const arm = ({ autoConsolidate, consolidationIntervalSecs }: MemorySettings): void =>
      this.#timer.arm(autoConsolidate ? consolidationIntervalSecs * 1000 : null);
    this.#stopListening?.();
    this.#stopListening = this.#options.settings.listen(arm);
    arm(this.#options.settings.current);
  }

  /** Ends what goes on between two of its steps, and writes what was only noted. */
  async stop(): Promise<void> {
    this.#stopListening?.();
    this.#stopListening = null;
    this.#timer.arm(null);
    this.#closing.abort();
    await Promise.allSettled([this.#run, this.#later.idle(), this.#catchUp.stop()]);
    await this.#touches.flush();
  }

  /**
   * Stores a memory. It is on its way to the disk, and found, when this answers. Where its vector is
   * not given and cannot be made it gets one later, and `degraded` says so. Throws `INVALID_INPUT`.
   */
  async store(input: NewMemory, signal?: AbortSignal): Promise<Stored> {
    const given = parseNew(input, this.#dimensions);
    const stored = await storeOne(this.#parts, given, this.#options.clock.now(), signal);
    this.#written([given], [stored]);
    return stored;
  }

  /** Stores up to 5,000 memories, all or none, in one transaction; their ids, in order. */
  async storeMany(inputs: readonly NewMemory[], signal?: AbortSignal): Promise<readonly Stored[]> {
    if (!Array.isArray(inputs) || inputs.length > 5_000) {
      throw new OmegaError('INVALID_INPUT', 'Store a list of at most 5,000 memories a call.');
    }
    const given = inputs.map((input) => parseNew(input, this.#dimensions));
    const stored = await storeAll(this.#parts, given, this.#options.clock.now(), signal);
    this.#written(given, stored);
    return stored;
  }

  /** The memory of that id; null where there is none, or it has outlived its tier. */
  async get(id: string): Promise<Memory | null> {
    await this.#touches.flushForRead();
    const found = await this.#parts.store.find(String(id));
    if (!found) return null;
    const [within] = await this.#parts.store.matching([found.key], this.#scope({}));
    return within?.memory ?? null;
  }

  /** Changes a memory; a new text gets a new vector. Throws `NOT_FOUND`, `INVALID_INPUT`. */
  async update(
    id: string,
    input: MemoryChange,
    signal?: AbortSignal,
  ): Promise<{ readonly memory: Memory; readonly degraded: string | null }> {
    const change = parseMemory(memoryChangeSchema, 'updateMemory', input);
    const now = this.#options.clock.now();
    const changed = await changeMemory(this.#parts, String(id), change, now, signal);
    if (changed.degraded !== null) this.#later.lack();
    else if (change.text !== undefined) this.#later.works();
    this.#catchUp.written();
    this.#options.emit({ type: 'memory.updated', id });
    return changed;
  }

  /** Deletes a memory. Throws `NOT_FOUND`. */
  async remove(id: string): Promise<void> {
    const { store, index } = this.#parts;
    for (;;) {
      const found = await store.find(String(id));
      if (!found) throw notFound(id);
      const { key, revision } = found;
      const { done, goneVectors } = await store.apply([{ removes: [{ key, revision }] }]);
      // Somebody changed it between the two; it goes all the same.
      if (!done[0]) continue;
      index.changed(goneVectors);
      this.#options.emit({ type: 'memory.deleted', id });
      return;
    }
  }

  /**
   * Finds memories by words and meaning, and notes that they were recalled. Where no text can be
   * embedded, or the index cannot be had, words alone decide and `degraded` says so.
   */
  async query(input: MemoryQuery, signal?: AbortSignal): Promise<MemoryAnswer> {
    const { text, embedding, limit, recalls, ...filter } = parseInput(
      memoryQuerySchema,
      'queryMemories',
      input,
    );
    if (embedding) checkEmbedding(embedding, this.#dimensions);
    const sought = { text: text?.trim() ? text : null, embedding: embedding ?? null };
    const scope = this.#scope(filter);
    await this.#touches.flushDue(scope.now);
    const { memories, keys, degraded } = await recall(this.#parts, sought, scope, limit, signal);
    if (recalls && keys.length > 0) {
      this.#touches.add(keys, scope.now);
      const ids = memories.map(({ memory }) => memory.id);
      this.#options.emit({ type: 'memory.retrieved', ids });
    }
    if (sought.text !== null && sought.embedding === null && degraded === null) this.#later.works();
    return { memories, degraded };
  }

  /** Puts memory in order now; a call while that goes on waits for the same run. */
  consolidate(signal?: AbortSignal): Promise<ConsolidationReport> {
    this.#run ??= this.#consolidate().finally(() => {
      this.#run = null;
    });
    return untilAborted(this.#run, signal);
  }

  /** Makes the vectors that are missing. How many; fails with `UNAVAILABLE` where none can be made. */
  backfill(signal?: AbortSignal): Promise<number> {
    return this.#later.run(signal);
  }

  /** See {@link forgetVectors}; {@link backfill} makes them anew. */
  forgetVectors(signal: AbortSignal): Promise<number> {
    this.#later.lack();
    return forgetVectors(this.#parts, signal);
  }

  /** Memories of each tier that are within their retention. */
  async sizes(): Promise<Readonly<Record<MemoryTier, number>>> {
    const { retention, now } = this.#scope({});
    return this.#parts.store.sizes(retention, now);
  }

  #written(given: readonly GivenMemory[], stored: readonly Stored[]): void {
    this.#catchUp.written();
    for (const [at, { id, degraded }] of stored.entries()) {
      const one = given[at];
      if (!one) continue;
      if (degraded !== null) this.#later.lack();
      else if (!one.embedding) this.#later.works();
      const bytes = Buffer.byteLength(one.text) + (degraded === null ? this.#dimensions * 4 : 0);
      this.#options.emit({ type: 'memory.stored', id, tier: one.tier, bytes });
    }
  }

  async #consolidate(): Promise<ConsolidationReport> {
    await this.#touches.flush();
    const { settings, clock, emit } = this.#options;
    const policies = policiesOf(settings.current);
    const time = { now: clock.now(), graceMs: settings.current.purgeGraceSecs * 1000 };
    const { signal } = this.#closing;
    const { report, expired, evicted } = await consolidateOnce(this.#parts, policies, time, signal);
    for (const tier of memoryTiers) {
      const gone = { expired: expired[tier], capacity: evicted[tier] };
      if (gone.expired > 0) {
        emit({ type: 'memory.evicted', tier, count: gone.expired, why: 'expired' });
      }
      if (gone.capacity > 0) {
        emit({ type: 'memory.evicted', tier, count: gone.capacity, why: 'capacity' });
      }
    }
    emit({ type: 'memory.consolidated', report });
    return report;
  }

  get #dimensions(): number {
    return this.#parts.index.dimensions;
  }

  #scope(filter: MemoryScope['filter']): MemoryScope {
    const retention = retentionOf(policiesOf(this.#options.settings.current));
    return { filter, retention, now: this.#options.clock.now() };
  }
}
