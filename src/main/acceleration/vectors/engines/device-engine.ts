import { createRequire } from 'node:module';
import type { InferenceSession } from 'onnxruntime-node';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import type { DeviceName } from '#shared/devices.ts';
import { sessionFault } from '../../compute/session-fault.ts';
import { type DeviceRoute, deviceRoute } from '../../devices/device-route.ts';
import { RouteMetrics } from '../../devices/route-metrics.ts';
import { BestKeys } from './best-keys.ts';
import { ExactEngine } from './exact-engine.ts';
import { productGraph } from './product-graph.ts';
import { emptyFound, type Found, type VectorEngine } from './vector-engine.ts';

/** Rows of one graph: 25 MB of 384 numbers each. */
const blockRows = 16_384;

type Query = { readonly row: Float32Array; readonly k: number };

/**
 * Compares a query with every vector on a GPU: full blocks lie in its memory as graphs of
 * onnxruntime, the last one is compared here. The rows are also kept in this process, so that the
 * processor answers where the device fails, by the route that embeddings have.
 */
export class DeviceEngine implements VectorEngine {
  readonly trained = true;
  readonly efforts: readonly number[] = [];
  effort = 0;
  readonly #device: DeviceName;
  readonly #dimensions: number;
  readonly #rows: ExactEngine;
  readonly #sessions: Promise<InferenceSession>[] = [];
  readonly #metrics = new RouteMetrics(createMetrics());
  readonly #route: DeviceRoute<Query, BestKeys>;

  constructor(device: DeviceName, dimensions: number) {
    this.#device = device;
    this.#dimensions = dimensions;
    this.#rows = new ExactEngine(dimensions, blockRows);
    this.#route = deviceRoute({
      cpu: (queries) => this.#search(queries, false),
      gpu: () => ({ device, run: (queries) => this.#search(queries, true) }),
      metrics: this.#metrics,
    });
  }

  /** How many searches ran where, and what failed. */
  counters() {
    return this.#metrics.counters();
  }

  get size(): number {
    return this.#rows.size;
  }

  train(): void {}

  add(keys: Float64Array, rows: Float32Array): void {
    this.#rows.add(keys, rows);
  }

  async search(queries: Float32Array<ArrayBuffer>, k: number): Promise<Found> {
    const count = queries.length / this.#dimensions;
    const items = Array.from({ length: count }, (_, at) => {
      return { row: queries.subarray(at * this.#dimensions, (at + 1) * this.#dimensions), k };
    });
    const best = await this.#route.run(items, undefined);
    const found = emptyFound(count * k);
    for (const [query, list] of best.entries()) list.into(found, query * k);
    return found;
  }

  save(path: string): void {
    this.#rows.save(path);
  }

  restore(path: string): void {
    this.#rows.restore(path);
  }

  async #search(items: readonly Query[], onDevice: boolean): Promise<readonly BestKeys[]> {
    const k = items[0]?.k ?? 1;
    const queries = new Float32Array(items.length * this.#dimensions);
    for (const [at, { row }] of items.entries()) queries.set(row, at * this.#dimensions);
    const best = items.map(() => new BestKeys(k));
    const full = onDevice ? this.#rows.fullBlocks() : [];
    for (const [block, { keys, rows }] of full.entries()) {
      await this.#compare(block, keys, rows, queries, k, best);
    }
    this.#rows.scan(queries, k, best, full.length);
    return best;
  }

  async #compare(
    block: number,
    keys: Float64Array,
    rows: Float32Array,
    queries: Float32Array,
    k: number,
    best: readonly BestKeys[],
  ): Promise<void> {
    const { InferenceSession, Tensor } = loadOnnx();
    try {
      this.#sessions[block] ??= InferenceSession.create(productGraph(rows, this.#dimensions), {
        executionProviders: [this.#device],
        logSeverityLevel: 4,
      });
      const session = await this.#sessions[block];
      const wanted = Math.min(k, keys.length);
      const { scores, places } = await session.run({
        queries: new Tensor('float32', queries, [best.length, this.#dimensions]),
        k: new Tensor('int64', BigInt64Array.of(BigInt(wanted)), [1]),
      });
      const found = scores?.data as Float32Array;
      const at = places?.data as BigInt64Array;
      for (const [index, score] of found.entries()) {
        best[Math.floor(index / wanted)]?.offer(keys[Number(at[index])] ?? -1, score);
      }
    } catch (error) {
      // It may open later: memory may be free by then.
      delete this.#sessions[block];
      throw sessionFault(error, this.#device);
    }
  }
}

function loadOnnx(): typeof import('onnxruntime-node') {
  return createRequire(import.meta.url)('onnxruntime-node') as typeof import('onnxruntime-node');
}
