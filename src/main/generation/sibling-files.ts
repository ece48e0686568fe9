import { posix } from 'node:path';
import { throwIfCancelled } from '#main/core/abort.ts';
import { readBounded } from '#main/core/read-bounded.ts';
import { resolveWithin } from '#main/core/resolve-within.ts';
import { OmegaError } from '#shared/error.ts';
import { addedEntries, type FolderEntry, folderEntries } from './scan/folder-entries.ts';
import { kustomizationPaths, localModules } from './sibling-references.ts';
import type { FileFormat, TextFile } from './validation/validator.ts';

/** What belongs to one file at most: far more than real charts, modules and overlays have. */
const maxFiles = 500;
const maxBytes = 8_000_000;
const maxFileBytes = 1_000_000;
/** Folders above a chart's template in which its Chart.yaml is looked for. */
const maxLevels = 8;

const kustomizations = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/**
 * Finds the files that belong to another on disk: the rest of its chart, of its Terraform module
 * with the local modules that it calls, or of its kustomization with all bases. Formats of single
 * files have none. Bounded in number and size; no link is followed, nothing outside the root read.
 * What was read for one file is kept for the next, for as long as this object lives.
 */
export class SiblingFiles {
  readonly #root: string;
  readonly #signal: AbortSignal;
  readonly #changes: ReadonlyMap<string, string>;
  readonly #added: ReturnType<typeof addedEntries>;
  readonly #texts = new Map<string, Promise<string | null>>();
  readonly #folders = new Map<string, Promise<readonly TextFile[]>>();

  /** `changes` are texts that count in place of what is on disk. */
  constructor(root: string, signal: AbortSignal, changes: ReadonlyMap<string, string> = new Map()) {
    this.#root = root;
    this.#signal = signal;
    this.#changes = changes;
    this.#added = addedEntries(changes.keys());
  }

  /** The siblings of a file; rejects with `CANCELLED`. */
  async of(path: string, format: FileFormat): Promise<readonly TextFile[]> {
    switch (format) {
      case 'helm':
        return this.#chart(path);
      case 'terraform':
        return this.#cached(`module ${posix.dirname(path)}`, () =>
          this.#module(posix.dirname(path)),
        );
      case 'kustomization':
        return this.#kustomization(path);
      default:
        return [];
    }
  }

  async #chart(path: string): Promise<readonly TextFile[]> {
    let folder = posix.dirname(path);
    for (let level = 0; level < maxLevels; level++) {
      const here = folder;
      if ((await this.#read(posix.join(here, 'Chart.yaml'))) !== null) {
        const all = await this.#cached(`chart ${here}`, () => this.#tree(here));
        const parent = await this.#parentChart(here);
        return [...ofChart(posix.relative(here, path), posix.join(here, '/'), all), ...parent];
      }
      if (folder === '.') return [];
      folder = posix.dirname(folder);
    }
    return [];
  }

  /** The Chart.yaml of the chart that this one lies in, which tells that it is not there for itself. */
  async #parentChart(folder: string): Promise<readonly TextFile[]> {
    if (posix.basename(posix.dirname(folder)) !== 'charts') return [];
    const path = posix.join(posix.dirname(folder), '..', 'Chart.yaml');
    const content = await this.#read(path);
    return content === null ? [] : [{ path, content }];
  }

  /** Every text file of a chart: what it is made of first, for where there are more than are read. */
  async #tree(chart: string): Promise<readonly TextFile[]> {
    const bag = new Bag();
    const root = await this.#list(chart);
    for (const file of root.files) await this.#put(bag, file);
    const rank = (folder: string): number =>
      2 - ['charts', 'templates'].indexOf(posix.basename(folder));
    const waiting = [...root.folders].sort((a, b) => rank(a) - rank(b));
    for (let next = waiting.shift(); next !== undefined && !bag.isFull; next = waiting.shift()) {
      const { files, folders } = await this.#list(next);
      for (const file of files) await this.#put(bag, file);
      waiting.unshift(...folders.filter((one) => !/(?:^|\/)(?:\.git|node_modules)$/.test(one)));
    }
    return bag.files;
  }

  async #module(folder: string): Promise<readonly TextFile[]> {
    const bag = new Bag();
    const waiting = [folder];
    const seen = new Set(waiting);
    for (let next = waiting.shift(); next !== undefined && !bag.isFull; next = waiting.shift()) {
      const { files } = await this.#list(next);
      for (const file of files.filter((one) =>
        /\.(?:tf|tfvars)(?:\.json)?$|\.terraform\.lock\.hcl$/.test(one),
      )) {
        const content = await this.#put(bag, file);
        for (const called of localModules(next, content ?? '')) {
          if (!seen.has(called)) waiting.push(called);
          seen.add(called);
        }
      }
    }
    return bag.files;
  }

  async #kustomization(path: string): Promise<readonly TextFile[]> {
    const bag = new Bag();
    const waiting = [path];
    const seen = new Set(waiting);
    for (let next = waiting.shift(); next !== undefined && !bag.isFull; next = waiting.shift()) {
      const content = await this.#put(bag, next);
      if (content === null || !kustomizations.includes(posix.basename(next))) continue;
      for (const named of kustomizationPaths(posix.dirname(next), content)) {
        // A reference names a file, or a folder with a kustomization of its own.
        for (const one of [named, ...kustomizations.map((name) => posix.join(named, name))]) {
          if (seen.has(one)) continue;
          seen.add(one);
          waiting.push(one);
        }
      }
    }
    return bag.files;
  }

  #cached(key: string, read: () => Promise<readonly TextFile[]>): Promise<readonly TextFile[]> {
    const known = this.#folders.get(key);
    if (known) return known;
    const made = read();
    this.#folders.set(key, made);
    return made;
  }

  async #list(folder: string): Promise<{ files: readonly string[]; folders: readonly string[] }> {
    throwIfCancelled(this.#signal);
    try {
      const inside = folder === '.' ? '' : folder;
      // Where the folder itself lies behind a link out of the project, this refuses it.
      const absolute = posix.dirname(
        await resolveWithin(this.#root, posix.join(inside, 'Chart.yaml')),
      );
      const { entries } = await folderEntries(absolute, this.#added.get(inside));
      const named = (wanted: FolderEntry['kind']) =>
        entries
          .filter(({ kind }) => kind === wanted)
          .map(({ name }) => posix.join(inside, name))
          .sort();
      return { files: named('file'), folders: named('folder') };
    } catch (error) {
      if (error instanceof OmegaError && error.code === 'CANCELLED') throw error;
      return { files: [], folders: [] };
    }
  }

  /** Puts a file's text into the bag; null where there is none to be read. */
  async #put(bag: Bag, path: string): Promise<string | null> {
    if (bag.isFull) return null;
    const content = await this.#read(path);
    if (content !== null) bag.put({ path, content });
    return content;
  }

  #read(path: string): Promise<string | null> {
    throwIfCancelled(this.#signal);
    const known = this.#texts.get(path);
    if (known) return known;
    const changed = this.#changes.get(path);
    const made = changed === undefined ? readText(this.#root, path) : Promise.resolve(changed);
    this.#texts.set(path, made);
    return made;
  }
}

/** What of a chart a file of it is judged with: templates with all that they read, others with what they are held against. */
function ofChart(path: string, folder: string, all: readonly TextFile[]): readonly TextFile[] {
  const inside = folder === './' ? 0 : folder.length;
  const head = /^(?:Chart\.yaml|values\.yaml|values\.schema\.json|charts\/[^/]+\/Chart\.yaml)$/;
  const parts = /^(?:templates|charts)\//;
  const isTemplate = path.startsWith('templates/');
  const readsFiles = isTemplate && all.some(({ content }) => content.includes('.Files'));
  return all.filter((file) => {
    const within = file.path.slice(inside);
    return readsFiles || head.test(within) || (isTemplate && parts.test(within));
  });
}

/** Files up to the bounds. */
class Bag {
  readonly files: TextFile[] = [];
  #bytes = 0;

  get isFull(): boolean {
    return this.files.length >= maxFiles || this.#bytes >= maxBytes;
  }

  put(file: TextFile): void {
    this.#bytes += file.content.length;
    if (this.#bytes < maxBytes) this.files.push(file);
  }
}

/** Null for what is not there, is no plain UTF-8 text, is too large, or lies behind a link: that is told where it is judged. */
async function readText(root: string, path: string): Promise<string | null> {
  try {
    const file = await readBounded(await resolveWithin(root, path), maxFileBytes);
    if (!file || file.bytes.includes(0)) return null;
    return new TextDecoder('utf-8', { fatal: true }).decode(file.bytes);
  } catch (error) {
    if (error instanceof OmegaError || error instanceof TypeError) return null;
    throw error;
  }
}
