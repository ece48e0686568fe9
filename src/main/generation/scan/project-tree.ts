import { stat } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';
import type { Ignored, IgnoredKind } from '#shared/scan.ts';
import { isTestPath } from './foreign-folders.ts';
import { digest, joined, maxFileBytes, type SourcesRead } from './read-sources.ts';
import { asRead, readText } from './read-text.ts';
import { shareSources } from './share-sources.ts';
import { patternsFor } from './signals/registry.ts';
import type { Signal } from './source-signals.ts';
import type { WalkResult } from './walk.ts';

/** A project as the detectors see it: names of all files, text on demand, signals of all sources. */
export class ProjectTree {
  readonly root: string;
  readonly files: readonly string[];
  readonly #names = new Map<string, string[]>();
  readonly #extensions = new Map<string, string[]>();
  readonly #set: ReadonlySet<string>;
  readonly #changes: ReadonlyMap<string, string>;
  readonly #texts = new Map<string, Promise<string | null>>();
  readonly #passed = new Map<string, Ignored>();
  readonly #signalsIn = new Map<string, Signal[]>();
  #signals: readonly Signal[] = [];

  /** `changes` are texts that count in place of what is on disk. */
  constructor(found: WalkResult, changes: ReadonlyMap<string, string> = new Map()) {
    this.#changes = changes;
    this.root = found.root;
    this.files = found.files;
    this.#set = new Set(found.files);
    for (const item of found.ignored) this.#passed.set(`${item.path}\0${item.reason}`, item);
    for (const path of found.files) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      addTo(this.#names, name, path);
      const dot = name.lastIndexOf('.');
      if (dot > 0) addTo(this.#extensions, name.slice(dot), path);
    }
  }

  /** What was passed over, so far. */
  get ignored(): readonly Ignored[] {
    return [...this.#passed.values()];
  }

  /** The name of the project's own folder. */
  get name(): string {
    return basename(this.root);
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
    return this.#extensions.get(extension) ?? [];
  }

  /** Paths of all files in a folder and below it. */
  under(folder: string): readonly string[] {
    return below(this.files, folder, (path) => path);
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

  /** Tells whether a file may be run as it is; true on Windows, which keeps no such right. */
  async isExecutable(path: string): Promise<boolean> {
    if (process.platform === 'win32') return true;
    const { mode } = await stat(join(this.root, path)).catch(() => ({ mode: 0 }));
    return (mode & 0o111) !== 0;
  }

  /** A manifest's text, remembered; null (and listed as ignored) where it is too large, binary or unreadable. */
  read(path: string): Promise<string | null> {
    const known = this.#texts.get(path);
    if (known) return known;
    const text = this.has(path) ? this.#load(path) : Promise.resolve(null);
    this.#texts.set(path, text);
    return text;
  }

  /** Says that a file was read but not understood: what it holds is missing from the facts. */
  misunderstood(path: string, reason: string): void {
    this.#pass(path, 'misunderstood', reason, true);
  }

  /** Says that a file or folder was passed over on purpose. */
  passOver(path: string, reason: string): void {
    this.#pass(path, 'set-aside', reason, false);
  }

  /** Signals of the sources in a folder and below it. */
  signals(folder: string, fact?: Signal['fact']): readonly Signal[] {
    const found = below(this.#signals, folder, (signal) => signal.file);
    return fact === undefined ? found : found.filter((signal) => signal.fact === fact);
  }

  /** Signals of the sources that lie directly in a folder, not below it. */
  signalsIn(folder: string): readonly Signal[] {
    return this.#signalsIn.get(folder) ?? [];
  }

  /** Reads every source once and keeps its signals, not its text. */
  async collectSignals(signal: AbortSignal): Promise<void> {
    const sources = this.files.filter((path) => patternsFor(path).length > 0);
    const onDisk = sources.filter((path) => !this.#changes.has(path));
    const { signals, failed } = this.#withChanges(
      sources,
      await shareSources(this.root, onDisk, signal),
    );
    // Bundles and data sets are large, and no loss.
    for (const { path, kind, reason } of failed) {
      this.#pass(path, kind, reason, kind !== 'too-large');
    }
    this.#signals = signals;
    for (const item of signals) addTo(this.#signalsIn, parentOf(item.file), item);
  }

  /** What was read, with the changed sources among it in the order of their paths. */
  #withChanges(sources: readonly string[], read: SourcesRead): SourcesRead {
    const changed = sources.flatMap((path) => {
      const text = this.#changes.get(path);
      return text === undefined ? [] : [digest(path, asRead(text, maxFileBytes))];
    });
    if (changed.length === 0) return read;
    const { signals, failed } = joined([read, ...changed]);
    return { signals: signals.toSorted((a, b) => compare(a.file, b.file)), failed };
  }

  /** The text of a file that no fact comes from: not kept, and nothing is said where it cannot be read. */
  async peek(path: string): Promise<string | null> {
    const read = await this.#readText(path);
    return read.ok ? read.text : null;
  }

  #readText(path: string): ReturnType<typeof readText> {
    const changed = this.#changes.get(path);
    return changed === undefined
      ? readText(join(this.root, path), maxFileBytes)
      : Promise.resolve(asRead(changed, maxFileBytes));
  }

  async #load(path: string): Promise<string | null> {
    const read = await this.#readText(path);
    if (read.ok) return read.text;
    this.#pass(path, read.kind, read.reason, true);
    return null;
  }

  #pass(path: string, kind: IgnoredKind, reason: string, wrong: boolean): void {
    // Broken files are what tests are fed with.
    const problem = wrong && !isTestPath(path);
    // Several detectors may read one file; it is said once.
    const key = `${path}\0${reason}`;
    if (problem || !this.#passed.has(key)) {
      this.#passed.set(key, { path, kind, reason, ...(problem ? { problem } : {}) });
    }
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function addTo<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

/** The part of a list, sorted by path, that lies below a folder: its paths are neighbours. */
function below<T>(items: readonly T[], folder: string, pathOf: (item: T) => string): readonly T[] {
  if (folder === '.') return items;
  // `0` is the character after `/`, so every path below the folder lies between the two.
  return items.slice(
    lowerBound(items, `${folder}/`, pathOf),
    lowerBound(items, `${folder}0`, pathOf),
  );
}

function lowerBound<T>(items: readonly T[], key: string, pathOf: (item: T) => string): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pathOf(items[middle] as T) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The folder that holds a file or folder; `.` for those at the root. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '.' : path.slice(0, slash);
}

/** A name or relative path in a folder, as a path below the root; steps above the root end at it. */
export function inFolder(folder: string, name: string): string {
  if (!name.includes('./') && name !== '.' && name !== '..' && !name.endsWith('/')) {
    return folder === '.' ? name : `${folder}/${name}`;
  }
  const path = posix.join('/', folder, name).slice(1).replace(/\/$/, '');
  return path === '' ? '.' : path;
}

/** The path that leads from one folder to another, `.` where they are the same. */
export function relativeTo(from: string, to: string): string {
  return posix.relative(`/${from}`, `/${to}`) || '.';
}

/** The deepest folder that holds all of these folders. */
export function commonFolder(folders: readonly string[]): string {
  const [first = '.', ...rest] = folders;
  let common = first;
  for (const folder of rest) {
    while (common !== '.' && folder !== common && !folder.startsWith(`${common}/`)) {
      common = parentOf(common);
    }
  }
  return common;
}
