import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { AsyncResource } from '../disposable.ts';

/** When a {@link LogFile} begins anew, and how many older logs stay. */
export type LogLimits = { readonly maxBytes: number; readonly keep: number };

const olderName = /^omega-\d{8}T\d{9}Z-\d{20}-\d+\.log$/;
/** After so long whoever took the lock has died with it, in ms. */
const lockMs = 10_000;

/** Paths of a folder's older logs, oldest first. */
export function olderLogs(folder: string): readonly string[] {
  const names = readdirSync(folder).filter((name) => olderName.test(name));
  return names.sort().map((name) => join(folder, name));
}

/**
 * A log that several processes append to and any of them may roll. A full one is renamed to a name
 * that nobody else uses, so that nothing is overwritten; every write first looks whether the path is
 * still the file that it has open. Writes are synchronous: a crash loses no line. None
 * throws, since a full disk must not take the app down with its log.
 */
export class LogFile implements AsyncResource {
  readonly path: string;
  limits: LogLimits;
  #file: { readonly fd: number; readonly id: bigint } | null = null;
  #torn = false;
  #closed = false;

  constructor(path: string, limits: LogLimits) {
    this.path = path;
    this.limits = limits;
  }

  /** Appends a line, which ends with its line feed. */
  write(line: string): void {
    if (this.#closed) return;
    try {
      const bytes = Buffer.from(this.#torn ? `\n${line}` : line);
      let there = statSync(this.path, { bigint: true, throwIfNoEntry: false });
      if (there && there.size > 0n && Number(there.size) + bytes.length > this.limits.maxBytes) {
        this.#roll();
        there = statSync(this.path, { bigint: true, throwIfNoEntry: false });
      }
      if (there?.ino !== this.#file?.id) this.#release();
      this.#append(bytes);
    } catch {
      // The disk is full, or the folder gone: the next line may fare better.
    }
  }

  dispose(): void {
    this.#closed = true;
    this.#release();
  }

  #append(bytes: Buffer): void {
    this.#file ??= open(this.path);
    this.#torn = true;
    for (let at = 0; at < bytes.length; at += writeSync(this.#file.fd, bytes, at));
    this.#torn = false;
  }

  /** Only one process at once; the others go on with the file that there is. */
  #roll(): void {
    const lock = `${this.path}.lock`;
    if (!take(lock)) return;
    try {
      // Another process may have been first.
      if (statSync(this.path).size < this.limits.maxBytes / 2) return;
      this.#release();
      const folder = dirname(this.path);
      renameSync(this.path, join(folder, nameOfOlder()));
      const over = olderLogs(folder).slice(0, -this.limits.keep);
      for (const path of over) rmSync(path, { force: true });
    } catch {
      // It cannot be moved: then it goes on growing.
    } finally {
      rmSync(lock, { force: true });
    }
  }

  #release(): void {
    if (this.#file) closeSync(this.#file.fd);
    this.#file = null;
  }
}

function open(path: string): { readonly fd: number; readonly id: bigint } {
  const fd = openSync(path, 'a', 0o600);
  return { fd, id: fstatSync(fd, { bigint: true }).ino };
}

/** Sorts by age: by the wall clock, and within a millisecond by the clock that all processes share. */
function nameOfOlder(): string {
  const stamp = new Date().toISOString().replace(/[-:.]/g, '');
  const tick = String(process.hrtime.bigint()).padStart(20, '0');
  return `omega-${stamp}-${tick}-${process.pid}.log`;
}

/** Takes the lock where nobody has it; it is never waited for. */
function take(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx', 0o600));
    return true;
  } catch {
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > lockMs) rmSync(lock, { force: true });
    return false;
  }
}
