import type { Clock } from '#main/core/clock.ts';
import type { DegradationBoard } from '#main/core/degradation/degradation-board.ts';
import { type CheckResult, healthy, type Subsystem } from '#main/core/lifecycle/subsystem.ts';
import { Storage } from '#main/storage/storage.ts';
import { isReadOnlyStore, storeError } from '#main/storage/store-error.ts';
import { Running } from './running.ts';

/** The store as a part of the runtime; while it cannot be written, everything is read only. */
export class StoragePart implements Subsystem {
  readonly name = 'storage';
  readonly needs = [];
  /** Whoever holds the store would lose it; its connection heals by itself. */
  readonly restartable = false;
  readonly running = new Running<Storage>('storage');
  readonly #open: () => Storage;
  readonly #board: DegradationBoard;
  readonly #clock: Clock;

  constructor(dataFolder: string, clock: Clock, board: DegradationBoard) {
    this.#open = () => new Storage(dataFolder, clock);
    this.#clock = clock;
    this.#board = board;
  }

  start(): void {
    this.running.set(this.#open());
  }

  stop(): void {
    this.running.take()?.dispose();
    this.#board.leave(this.name, 'read-only');
  }

  /** Writes and reads. */
  check(): CheckResult {
    try {
      this.running.current.probe(this.#clock.id());
    } catch (error) {
      this.failed(error);
      throw storeError(error);
    }
    this.#board.leave(this.name, 'read-only');
    return healthy;
  }

  /** Takes notice of an error that a call ended with. */
  failed(error: unknown): void {
    this.running.held?.failed(error);
    if (!isReadOnlyStore(error)) return;
    const typed = storeError(error);
    const reason = typed instanceof Error ? typed.message : String(typed);
    this.#board.enter(this.name, 'read-only', reason);
  }
}
