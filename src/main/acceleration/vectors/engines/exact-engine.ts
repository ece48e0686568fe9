import { readFileSync, writeFileSync } from 'node:fs';
import { BestKeys } from './best-keys.ts';
import { scanRows } from './scan-rows.ts';
import { emptyFound, type Found, type VectorEngine } from './vector-engine.ts';

type Block = {
  readonly keys: Float64Array;
  readonly rows: Float32Array<ArrayBuffer>;
  used: number;
};

/** Compares a query with every vector. Holds 32-bit floats in blocks, so that growing copies nothing. */
export class ExactEngine implements VectorEngine {
  readonly trained = true;
  readonly efforts: readonly number[] = [];
  effort = 0;
  readonly #dimensions: number;
  readonly #blockRows: number;
  #blocks: Block[] = [];
  #size = 0;

  /** @param blockRows rows of one block: what {@link takeBlock} gives at most */
  constructor(dimensions: number, blockRows = 4096) {
    this.#dimensions = dimensions;
    this.#blockRows = blockRows;
  }

  get size(): number {
    return this.#size;
  }

  train(): void {}

  add(keys: Float64Array, rows: Float32Array): void {
    for (let from = 0; from < keys.length; ) {
      const block = this.#lastBlock();
      const count = Math.min(keys.length - from, this.#blockRows - block.used);
      const d = this.#dimensions;
      block.keys.set(keys.subarray(from, from + count), block.used);
      block.rows.set(rows.subarray(from * d, (from + count) * d), block.used * d);
      block.used += count;
      from += count;
    }
    this.#size += keys.length;
  }

  search(queries: Float32Array<ArrayBuffer>, k: number): Found {
    const count = queries.length / this.#dimensions;
    const best = Array.from({ length: count }, () => new BestKeys(k));
    this.scan(queries, k, best);
    const found = emptyFound(count * k);
    for (const [query, list] of best.entries()) list.into(found, query * k);
    return found;
  }

  /** Offers each query's best, from block number `from` on, to its list. */
  scan(queries: Float32Array<ArrayBuffer>, k: number, best: readonly BestKeys[], from = 0): void {
    for (const { keys, rows, used } of this.#blocks.slice(from)) {
      scanRows(keys.subarray(0, used), rows, queries, this.#dimensions, k, best);
    }
  }

  /** The blocks that are full, oldest first; they do not change any more. */
  fullBlocks(): readonly { readonly keys: Float64Array; readonly rows: Float32Array }[] {
    return this.#blocks.filter(({ used }) => used === this.#blockRows);
  }

  /** Takes the oldest rows out, a block of them; null when it is empty. */
  takeBlock(): { readonly keys: Float64Array; readonly rows: Float32Array<ArrayBuffer> } | null {
    const block = this.#blocks.shift();
    if (!block) return null;
    this.#size -= block.used;
    const keys = block.keys.subarray(0, block.used);
    return { keys, rows: block.rows.subarray(0, block.used * this.#dimensions) };
  }

  /** At most so many rows, from all over. */
  sample(most: number): Float32Array<ArrayBuffer> {
    const share = Math.min(1, most / Math.max(1, this.#size));
    const parts = this.#blocks.map(({ rows, used }) =>
      rows.subarray(0, Math.floor(used * share) * this.#dimensions),
    );
    const sample = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
      sample.set(part, at);
      at += part.length;
    }
    return sample;
  }

  save(path: string): void {
    const keys = this.#blocks.map((block) => bytesOf(block.keys.subarray(0, block.used)));
    const rows = this.#blocks.map((block) =>
      bytesOf(block.rows.subarray(0, block.used * this.#dimensions)),
    );
    writeFileSync(path, Buffer.concat([bytesOf(Float64Array.of(this.#size)), ...keys, ...rows]));
  }

  restore(path: string): void {
    const { buffer } = new Uint8Array(readFileSync(path));
    const size = new Float64Array(buffer, 0, 1)[0] ?? 0;
    const start = 8 + size * 8;
    if (buffer.byteLength !== start + size * this.#dimensions * 4)
      throw new Error('It is cut off.');
    this.add(new Float64Array(buffer, 8, size), new Float32Array(buffer, start));
  }

  #lastBlock(): Block {
    const last = this.#blocks.at(-1);
    if (last && last.used < this.#blockRows) return last;
    const rows = new Float32Array(this.#blockRows * this.#dimensions);
    const block = { keys: new Float64Array(this.#blockRows), rows, used: 0 };
    this.#blocks.push(block);
    return block;
  }
}

function bytesOf(view: Float64Array | Float32Array): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
