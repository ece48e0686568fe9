import type { VectorIndex } from '#main/acceleration/vectors/vector-index.ts';
import type { DegradationBoard } from '#main/core/degradation/degradation-board.ts';
import { type CheckResult, healthy, type Subsystem } from '#main/core/lifecycle/subsystem.ts';
import { OmegaError } from '#shared/error.ts';
import type { EmbeddingsPart } from './embeddings-part.ts';
import { Running } from './running.ts';

/** The collection that trials search, and how many vectors it holds, each along an axis of its own. */
const probes = { name: 'omega.probe', dimensions: 8 };

/** Search by vector as a part of the runtime. */
export class VectorsPart implements Subsystem {
  readonly name = 'vectors';
  readonly needs = ['embeddings'];
  readonly restartable = true;
  readonly running = new Running<VectorIndex>('vectors');
  readonly #embeddings: EmbeddingsPart;
  readonly #board: DegradationBoard;
  #turn = 0;
  #before: VectorIndex | null = null;

  constructor(embeddings: EmbeddingsPart, board: DegradationBoard) {
    this.#embeddings = embeddings;
    this.#board = board;
  }

  start(): void {
    const { vectors } = this.#embeddings.running.current;
    if (!vectors) throw new OmegaError('INTERNAL', 'Acceleration was opened without vectors.');
    // Started again without the embeddings: what is wrong is the process that holds the indexes.
    if (vectors === this.#before) vectors.renew();
    this.running.set(vectors);
  }

  /** The embeddings, whose child it is, close it. */
  stop(): void {
    this.#before = this.running.take();
    this.#board.leave(this.name, 'exact-scan');
  }

  /** Searches for a vector whose nearest one is known. */
  async check(signal: AbortSignal, wake: boolean): Promise<CheckResult> {
    const vectors = this.running.current;
    if (!wake && vectors.pid === undefined && vectors.health.status === 'unknown') {
      return { status: 'idle', reason: 'Nothing was searched by vector yet.' };
    }
    const collection = vectors.open(probes.name, probes.dimensions);
    if (collection.size < probes.dimensions) await collection.upsert(axes());
    this.#turn = (this.#turn + 1) % probes.dimensions;
    const wanted = axis(this.#turn);
    const [found] = await collection.search(wanted.vector, { k: 1, signal });
    if (found?.id !== wanted.id) {
      throw new OmegaError('INTERNAL', 'The index found another vector than the one searched for.');
    }
    const { status, reason } = vectors.health;
    if (status !== 'degraded' || reason === null) {
      this.#board.leave(this.name, 'exact-scan');
      return healthy;
    }
    this.#board.enter(this.name, 'exact-scan', reason);
    return { status, reason };
  }
}

function axes() {
  return Array.from({ length: probes.dimensions }, (_, at) => axis(at));
}

function axis(at: number) {
  const vector = new Float32Array(probes.dimensions);
  vector[at] = 1;
  return { id: `axis-${at}`, vector, metadata: {} };
}
