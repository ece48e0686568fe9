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

const olderName = /^omega-\d{8}T\d{9}Z-\d+-\d{6,}\.log$/;
let rolls = 0;

/** Paths of a folder's older logs, oldest first. */
export function olderLogs(folder: string): readonly string[] {
  const names = readdirSync(folder).filter((name) => olderName.test(name));
  return names.sort().map((name) => join(folder, name));
}

/**
 * A log that several processes append to and any of them may roll. A full one is renamed to a name
 * that nobody else uses, so two that roll at once overwrite nothing; every write first looks whether
 * the path is still the file that it has open. Writes are synchronous: a crash loses no line. None
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
      const there = statSync(this.path, { bigint: true, throwIfNoEntry: false });
      if (there && there.size > 0n && Number(there.size) + bytes.length > this.limits.maxBytes) {
        this.#roll();
      } else if (there?.ino !== this.#file?.id) {
        this.#release();
      }
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

  #roll(): void {
    this.#release();
    const folder = dirname(this.path);
    const stamp = new Date().toISOString().replace(/[-:.]/g, '');
    // Two of one process in one millisecond still sort by age.
    const count = String(rolls++).padStart(6, '0');
    const name = `omega-${stamp}-${process.pid}-${count}.log`;
    try {
      renameSync(this.path, join(folder, name));
    } catch {
      // Another process was first, or the file cannot be moved: then it goes on growing.
      return;
    }
    for (const path of olderLogs(folder).slice(0, -this.limits.keep)) rmSync(path, { force: true });
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
