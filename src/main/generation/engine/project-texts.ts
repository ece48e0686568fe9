import { throwIfCancelled } from '#main/core/abort.ts';
import { sha256 } from '#main/core/hash.ts';
import { readBounded } from '#main/core/read-bounded.ts';
import { resolveWithin } from '#main/core/resolve-within.ts';
import type { Storage } from '#main/storage/storage.ts';
import { OmegaError } from '#shared/error.ts';
import type { ScanResult } from '#shared/scan.ts';
import type { ProjectText } from '../blueprints/blueprint.ts';

/** Far more than blueprints of real projects ask for: a service has a Dockerfile, an ignore file and manifests. */
const most = { texts: 3_000, bytes: 32_000_000 };
const maxBytes = 1_000_000;
/** How long a text that was read is as good as the one on disk, in ms. */
const freshMs = 2_000;

/** What a blueprint asked to read of its project. */
export type ReadTexts = {
  readonly texts: ReadonlyMap<string, ProjectText>;
  /** Paths beyond what is read for one artifact. */
  readonly left: readonly string[];
};

type Entry = { readonly at: number; readonly text: Promise<ProjectText | null> };
type Answer = { readonly at: number; readonly read: Promise<ReadTexts> };

/**
 * The texts of one project for the jobs of one run. Hundreds of jobs ask for the same files within
 * seconds: what was read a moment ago is not read again, and jobs that ask with the same list are
 * given the same map.
 */
export class ProjectTexts {
  readonly #project: ScanResult;
  readonly #storage: Pick<Storage, 'checkpoints'>;
  readonly #most: typeof most;
  readonly #byPath = new Map<string, Entry>();
  readonly #byList = new WeakMap<readonly string[], Answer>();

  /** `limits` are of what is read for one artifact. */
  constructor(project: ScanResult, storage: Pick<Storage, 'checkpoints'>, limits = most) {
    this.#most = limits;
    this.#project = project;
    this.#storage = storage;
  }

  /**
   * The texts at these paths. Links, huge files and what is no UTF-8 are left out: the review says
   * why they cannot be written either. Rejects with `CANCELLED`.
   */
  async of(paths: readonly string[], signal: AbortSignal): Promise<ReadTexts> {
    const known = this.#byList.get(paths);
    if (known && isFresh(known)) {
      const answer = await known.read.catch(() => null);
      if (answer) return answer;
    }
    const read = this.#readAll(paths, signal);
    this.#byList.set(paths, { at: performance.now(), read });
    return read;
  }

  async #readAll(paths: readonly string[], signal: AbortSignal): Promise<ReadTexts> {
    const texts = new Map<string, ProjectText>();
    const asked = [...new Set(paths)];
    let bytes = 0;
    for (const [index, path] of asked.entries()) {
      throwIfCancelled(signal);
      const isFull = texts.size >= this.#most.texts || bytes >= this.#most.bytes;
      if (isFull) return { texts, left: asked.slice(index) };
      const text = await this.#read(path);
      if (text === null) continue;
      bytes += text.content.length;
      texts.set(path, text);
    }
    return { texts, left: [] };
  }

  #read(path: string): Promise<ProjectText | null> {
    const known = this.#byPath.get(path);
    if (known && isFresh(known)) return known.text;
    const text = this.#fromDisk(path);
    this.#byPath.set(path, { at: performance.now(), text });
    return text;
  }

  async #fromDisk(path: string): Promise<ProjectText | null> {
    const { root } = this.#project;
    const bytes = await bytesOf(root, path);
    const content = bytes === null ? null : decode(bytes);
    if (bytes === null || content === null) return null;
    const hash = sha256(bytes);
    const written = this.#storage.checkpoints.lastWritten(root, path);
    // What was an author's before stays theirs after it was improved.
    return { content, hash, isOurs: written?.hash === hash && written.improves === 0 };
  }
}

function isFresh({ at }: { readonly at: number }): boolean {
  return performance.now() - at < freshMs;
}

/** The text of a project's file as it is on disk; null where there is none that can be read. */
export async function textOf(root: string, path: string): Promise<string | null> {
  const bytes = await bytesOf(root, path);
  return bytes === null ? null : decode(bytes);
}

async function bytesOf(root: string, path: string): Promise<Buffer | null> {
  try {
    const state = await readBounded(await resolveWithin(root, path), maxBytes);
    return state?.bytes ?? null;
  } catch (error) {
    if (error instanceof OmegaError) return null;
    throw error;
  }
}

function decode(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
