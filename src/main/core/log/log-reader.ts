import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { dirname } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { AsyncResource } from '../disposable.ts';
import { olderLogs } from './log-file.ts';

const chunkBytes = 64 * 1024;
/** A longer line is none of ours, and is given in pieces. */
const maxLine = 1024 * 1024;

/** One file that may grow, read line by line; it stays open when the file is renamed. */
class OpenFile {
  readonly id: bigint;
  readonly #fd: number;
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  constructor(path: string) {
    this.#fd = openSync(path, 'r');
    this.id = fstatSync(this.#fd, { bigint: true }).ino;
  }

  /** The whole lines that came since the last call. */
  *lines(): Generator<string> {
    const chunk = Buffer.alloc(chunkBytes);
    for (;;) {
      const length = readSync(this.#fd, chunk, 0, chunk.length, null);
      if (length === 0) return;
      const lines = (this.#rest + this.#decoder.write(chunk.subarray(0, length))).split('\n');
      this.#rest = lines.pop() ?? '';
      yield* lines;
      if (this.#rest.length < maxLine) continue;
      yield this.#rest;
      this.#rest = '';
    }
  }

  close(): void {
    closeSync(this.#fd);
  }
}

/** Reads a log and the older ones beside it while other processes write and roll it. */
export class LogReader implements AsyncResource {
  readonly #path: string;
  #known: ReadonlySet<string> = new Set();
  #current: OpenFile | null = null;
  /** The one before: a writer may have been on its way to it when it was renamed. */
  #last: OpenFile | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * The lines that came since the last call, oldest first; the first call gives all that there are.
   * None is left out or given twice where the log is rolled meanwhile.
   */
  *lines(): Generator<string> {
    if (this.#last) {
      yield* this.#last.lines();
      this.#last.close();
      this.#last = null;
    }
    if (this.#current) yield* this.#current.lines();
    const next = openOrNull(this.#path);
    if (next?.id === this.#current?.id) return next?.close();
    const older = olderBeside(this.#path);
    for (const path of older) {
      if (this.#known.has(path)) continue;
      const file = openOrNull(path);
      // Ours is read already; what was current a moment ago is read below.
      if (file && file.id !== this.#current?.id && file.id !== next?.id) yield* file.lines();
      file?.close();
    }
    this.#known = new Set(older);
    if (next === null) return;
    this.#last = this.#current;
    this.#current = next;
    yield* next.lines();
  }

  dispose(): void {
    this.#current?.close();
    this.#last?.close();
    this.#current = null;
    this.#last = null;
  }
}

function olderBeside(path: string): readonly string[] {
  try {
    return olderLogs(dirname(path));
  } catch {
    return [];
  }
}

function openOrNull(path: string): OpenFile | null {
  try {
    return new OpenFile(path);
  } catch {
    return null;
  }
}
