import { statfs } from 'node:fs/promises';
import { getHeapStatistics } from 'node:v8';
import type { DegradationBoard } from '#main/core/degradation/degradation-board.ts';
import type { Live } from '#main/core/live.ts';
import type { Config } from '#shared/config.ts';
import type { DegradationLevel, ResourceUse } from '#shared/runtime.ts';

/** The part that degradations for want of a resource are noted under. */
const machine = 'machine';

/** What a watch looks at and what it may do. */
export type ResourceWatchOptions = {
  readonly dataFolder: string;
  readonly settings: Live<Config['resources']>;
  readonly board: DegradationBoard;
  readonly waitingCalls: () => number;
  /** Empties caches. */
  readonly shrink: () => void;
};

/** Measures what the app takes of the machine, and degrades it while that is over the limits. */
export class ResourceWatch {
  readonly #options: ResourceWatchOptions;
  #use: ResourceUse = { rssMb: 0, heapShare: 0, freeDiskMb: null, waitingCalls: 0 };

  constructor(options: ResourceWatchOptions) {
    this.#options = options;
  }

  /** What was measured last. */
  get use(): ResourceUse {
    return this.#use;
  }

  /** Measures, and enters or leaves what follows from it. */
  async look(): Promise<ResourceUse> {
    const { dataFolder, waitingCalls, shrink, settings } = this.#options;
    const heap = getHeapStatistics();
    this.#use = {
      rssMb: Math.round(process.memoryUsage.rss() / 1e6),
      heapShare: Math.round((heap.used_heap_size / heap.heap_size_limit) * 1000) / 1000,
      freeDiskMb: await freeMb(dataFolder),
      waitingCalls: waitingCalls(),
    };
    const { rssMb, heapShare, freeDiskMb } = this.#use;
    const limits = settings.current;
    const rss = limits.maxRssMb > 0 && rssMb > limits.maxRssMb;
    const full = limits.maxHeapShare > 0 && heapShare > limits.maxHeapShare;
    if (rss || full) shrink();
    // One answer for both: leaving for the one and entering for the other would be told each round.
    const memory = rss
      ? `The app takes ${rssMb} MB, more than ${limits.maxRssMb}.`
      : `${Math.round(heapShare * 100)} % of the heap is used.`;
    this.#is('low-memory', rss || full, memory);
    const little = freeDiskMb !== null && freeDiskMb < limits.minFreeDiskMb;
    const disk = `Only ${freeDiskMb} MB are free on the disk of the data folder; free some space.`;
    this.#is('read-only', little, disk);
    const waiting = this.#use.waitingCalls;
    const many = limits.maxWaitingCalls > 0 && waiting > limits.maxWaitingCalls;
    this.#is('overloaded', many, `${waiting} calls wait; call less at once.`);
    return this.#use;
  }

  #is(level: DegradationLevel, over: boolean, reason: string): void {
    if (over) this.#options.board.enter(machine, level, reason);
    else this.#options.board.leave(machine, level);
  }
}

async function freeMb(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return Math.round((bavail * bsize) / 1e6);
  } catch {
    return null;
  }
}
