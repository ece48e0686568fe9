import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { throwIfCancelled } from '#main/core/abort.ts';
import type { Ignored } from '#shared/scan.ts';
import { patternsFor } from './signals/registry.ts';
import { extractSignals, type Signal } from './source-signals.ts';
import type { WalkResult } from './walk.ts';

/** Bytes of a file that the scan reads at most; larger files are listed as ignored. */
export const maxFileBytes = 1_000_000;

/** Files that are read at once while signals are collected. */
const readers = 8;

/** A project as the detectors see it: names of all files, text on demand, signals of all sources. */
export class ProjectTree {
  readonly root: string;
  readonly files: readonly string[];
  readonly #names = new Map<string, string[]>();
  readonly #set: ReadonlySet<string>;
  readonly #texts = new Map<string, Promise<string | null>>();
  readonly #ignored: Ignored[];
  #signals: readonly Signal[] = [];

  constructor(found: WalkResult) {
    this.root = found.root;
    this.files = found.files;
    this.#set = new Set(found.files);
    this.#ignored = [...found.ignored];
    for (const path of found.files) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const list = this.#names.get(name);
      if (list) list.push(path);
      else this.#names.set(name, [path]);
    }
  }

  /** What was passed over, so far. */
  get ignored(): readonly Ignored[] {
    return this.#ignored;
  }

  /** Tells whether there is such a file (not a folder). */
  has(path: string): boolean {
    return this.#set.has(path);
  }

  /** Paths of all files of this name, anywhere in the project. */
  named(name: string): readonly string[] {
    return this.#names.get(name) ?? [];
  }

  /** Paths of all files with this ending (`.csproj`). */
  withExtension(extension: string): readonly string[] {
    return this.files.filter((path) => path.endsWith(extension));
  }

  /** Paths of all files in a folder and below it. */
  under(folder: string): readonly string[] {
    return folder === '.' ? this.files : this.files.filter((path) => path.startsWith(`${folder}/`));
  }

  /** The first of these names that is a file in the folder, as a path. */
  firstIn(folder: string, names: readonly string[]): string | null {
    return names.map((name) => inFolder(folder, name)).find((path) => this.has(path)) ?? null;
  }

  /** The file of one of these names in the folder or in the nearest folder above it. */
  nearest(folder: string, names: readonly string[]): string | null {
    for (let at = folder; ; at = parentOf(at)) {
      const found = this.firstIn(at, names);
      if (found !== null || at === '.') return found;
    }
  }

  /** A manifest's text, remembered; null (and listed as ignored) where it is too large, binary or unreadable. */
  read(path: string): Promise<string | null> {
    const known = this.#texts.get(path);
    if (known) return known;
    const text = this.has(path) ? this.#load(path) : Promise.resolve(null);
    this.#texts.set(path, text);
    return text;
  }

  /** Says that a file was read but not understood. */
  misunderstood(path: string, reason: string): void {
    this.#ignored.push({ path, reason });
  }

  /** Signals of the sources in a folder and below it. */
  signals(folder: string, fact?: Signal['fact']): readonly Signal[] {
    return this.#signals.filter(
      (signal) =>
        (fact === undefined || signal.fact === fact) &&
        (folder === '.' || signal.file.startsWith(`${folder}/`)),
    );
  }

  /** Reads every source once and keeps its signals, not its text. */
  async collectSignals(signal: AbortSignal): Promise<void> {
    const queue = this.files.filter((path) => patternsFor(path).length > 0);
    const found: (readonly Signal[])[] = new Array(queue.length);
    let next = 0;
    const reader = async (): Promise<void> => {
      while (next < queue.length) {
        throwIfCancelled(signal);
        const index = next++;
        const path = queue[index] as string;
        const text = await this.#load(path);
        found[index] = text === null ? [] : extractSignals(path, text, patternsFor(path));
      }
    };
    await Promise.all(Array.from({ length: readers }, reader));
    this.#signals = found.flat();
  }

  async #load(path: string): Promise<string | null> {
    try {
      const handle = await open(join(this.root, path), 'r');
      try {
        const { size } = await handle.stat();
        if (size > maxFileBytes)
          return this.#pass(path, `larger than ${maxFileBytes} bytes, not read`);
        const bytes = Buffer.allocUnsafe(size);
        const { bytesRead } = await handle.read(bytes, 0, size, 0);
        return this.#decode(path, bytes.subarray(0, bytesRead));
      } finally {
        await handle.close();
      }
    } catch (error) {
      return this.#pass(path, `cannot be read (${(error as NodeJS.ErrnoException).code ?? error})`);
    }
  }

  #decode(path: string, bytes: Buffer): string | null {
    if (bytes.includes(0)) return this.#pass(path, 'binary, or text in UTF-16: save it as UTF-8');
    const text = bytes.toString('utf8');
    if (text.includes('\uFFFD') && !bytes.includes('\uFFFD')) {
      return this.#pass(path, 'not UTF-8: save it as UTF-8');
    }
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }

  #pass(path: string, reason: string): null {
    this.#ignored.push({ path, reason });
    return null;
  }
}

/** The folder that holds a file or folder; `.` for those at the root. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '.' : path.slice(0, slash);
}

/** A name in a folder, as a path below the root. */
export function inFolder(folder: string, name: string): string {
  return folder === '.' ? name : `${folder}/${name}`;
}
