import { availableParallelism } from 'node:os';
import type { AsyncResource } from '#main/core/disposable.ts';
import type { Live } from '#main/core/live.ts';
import type { VectorStore } from '#main/storage/vectors/vector-store.ts';
import type { DeviceName } from '#shared/devices.ts';
import { OmegaError } from '#shared/error.ts';
import type { SpawnCompute } from '../compute/compute-port.ts';
import type { EngineSetting } from './choice/what-to-do.ts';
import { sweepSnapshots } from './collection/snapshot.ts';
import { maxDimensions } from './index/index-messages.ts';
import { VectorCollection } from './vector-collection.ts';
import { VectorProcess } from './vector-process.ts';

/** What vectors are searched with. */
export type VectorIndexOptions = {
  readonly spawn: SpawnCompute;
  readonly store: VectorStore;
  /** Absolute folder for the files that indexes are kept in between starts; made when needed. */
  readonly folder: string;
  readonly engine: Live<EngineSetting>;
  /** The GPU that was found to work, or null; asked when an engine is to be chosen. */
  readonly gpu?: () => Promise<DeviceName | null>;
};

/** The collections of vectors, all in one compute process, which starts with the first search. */
export class VectorIndex implements AsyncResource {
  readonly #options: VectorIndexOptions;
  readonly #process: VectorProcess;
  readonly #open = new Map<string, VectorCollection>();

  constructor(options: VectorIndexOptions) {
    this.#options = options;
    this.#process = new VectorProcess(options.spawn);
  }

  /** The id of the compute process that runs now. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Opens a collection, made where there is none. Throws `CONFLICT` where it has other dimensions. */
  open(name: string, dimensions: number): VectorCollection {
    const here = this.#open.get(name);
    const inRange = Number.isInteger(dimensions) && dimensions >= 1 && dimensions <= maxDimensions;
    if (!/^[\w.:-]{1,128}$/.test(name) || !inRange) {
      const message = `A collection has a name of letters, digits and "._:-", and 1 to ${maxDimensions} dimensions.`;
      throw new OmegaError('INVALID_INPUT', message);
    }
    const { store, folder, engine } = this.#options;
    const collection = store.collections.open(name, dimensions);
    if (here) return here;
    if (this.#open.size === 0) sweepSnapshots(folder, store);
    const source = {
      process: this.#process,
      store,
      collection,
      threads: availableParallelism(),
      gpu: this.#options.gpu ?? (async () => null),
    };
    const opened = new VectorCollection(source, { folder, setting: engine });
    this.#open.set(name, opened);
    return opened;
  }

  /** Deletes a collection with its vectors; whether it was there. */
  async drop(name: string): Promise<boolean> {
    const here = this.#open.get(name);
    this.#open.delete(name);
    await here?.dispose();
    return this.#options.store.collections.drop(name);
  }

  /** Saves indexes that changed, and ends the process. */
  async dispose(): Promise<void> {
    const open = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(open.map((collection) => collection.dispose()));
    this.#process.dispose();
  }
}
