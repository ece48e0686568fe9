import { whyUnsafe } from '#main/core/relative-path.ts';
import type { WrittenFile } from './block-format.ts';
import { BlockText } from './block-text.ts';
import { LineSplitter } from './line-splitter.ts';
import { type Mark, plainPath, readMark } from './marks.ts';
import { SingleFence } from './single-fence.ts';

/** A file of an answer. One that is `cut` was not written to its end. */
export type AnsweredFile = WrittenFile & { readonly cut: boolean };

/** What an answer holds: files that were asked for, and what of it was refused and why. */
export type ParsedAnswer = {
  readonly files: readonly AnsweredFile[];
  readonly refused: readonly { readonly path: string; readonly why: string }[];
};

/** Bounds of an answer: blocks, and characters of one file and of all. */
export const answerLimits = { files: 200, fileChars: 1_000_000, answerChars: 8_000_000 } as const;

/** How an answer is read. */
export type ReaderOptions = {
  /** The tag of the request, see `blockTag`. */
  readonly tag: string;
  /** The only paths that are taken, first the main one. */
  readonly allowed: readonly string[];
  /** Called with each piece of a file that is certain; at 0 the file begins anew. */
  readonly onPiece?: (path: string, at: number, piece: string) => void;
  readonly limits?: Partial<Record<keyof typeof answerLimits, number>>;
};

type Block = {
  /** Null where the block is refused: it is read to its end and forgotten. */
  readonly path: string | null;
  readonly tagged: boolean;
  readonly text: BlockText;
};

/**
 * Reads the files out of an answer as it comes, in whatever pieces. Never throws, whatever stands in
 * it. A path that was not asked for is refused by its text alone: nothing of an answer names a place
 * to write to. Blocks without the request's tag count only where the answer has none with it.
 */
export class BlockReader {
  readonly #options: ReaderOptions;
  readonly #limits: Record<keyof typeof answerLimits, number>;
  readonly #splitter: LineSplitter;
  readonly #fences = new SingleFence();
  readonly #files = {
    tagged: new Map<string, AnsweredFile>(),
    loose: new Map<string, AnsweredFile>(),
  };
  readonly #refused = new Map<string, string>();
  #block: Block | null = null;
  #pending: { readonly path: string; readonly at: number; text: string } | null = null;
  #blocks = 0;
  #read = 0;

  constructor(options: ReaderOptions) {
    this.#options = options;
    this.#limits = { ...answerLimits, ...options.limits };
    this.#splitter = new LineSplitter(this.#limits.fileChars);
  }

  /** Whether the answer is longer than it may be: the rest is not read, so that it can be cut off. */
  get full(): boolean {
    return this.#read >= this.#limits.answerChars;
  }

  /** Takes the next piece of the answer. */
  push(piece: string): void {
    const rest = this.#limits.answerChars - this.#read;
    const taken = piece.slice(0, rest);
    this.#read += taken.length;
    for (const line of this.#splitter.push(taken)) this.#line(line);
    this.#flush();
  }

  /** What the answer held. `whole` is false where the model was cut off. */
  end(whole = true): ParsedAnswer {
    for (const line of this.#splitter.end()) this.#line(line);
    if (this.full)
      this.#refuse('', `the answer is longer than ${this.#limits.answerChars} characters`);
    this.#close(!whole || this.full || this.#block?.tagged === true);
    this.#flush();
    const { tagged, loose } = this.#files;
    const files = [...(tagged.size > 0 ? tagged : loose).values()];
    const refused = [...this.#refused].map(([path, why]) => ({ path, why }));
    if (files.length > 0 || this.#blocks > 0) return { files, refused };
    const single = this.#fences.content;
    const [path] = this.#options.allowed;
    if (single === null || path === undefined || single.length > this.#limits.fileChars) {
      return { files, refused };
    }
    this.#options.onPiece?.(path, 0, single);
    return { files: [{ path, content: single, cut: !whole }], refused };
  }

  /** A line; null stands for one that is longer than a file may be. */
  #line(line: string | null): void {
    const mark = line === null ? null : readMark(line, this.#options.tag);
    if (mark && this.#isMark(mark)) {
      this.#close(mark.type === 'open' && this.#block?.tagged === true);
      if (mark.type === 'open') this.#open(mark);
      return;
    }
    if (!this.#block) {
      if (line !== null) this.#fences.add(line);
      return;
    }
    this.#add(this.#block, line);
  }

  /** In a block with the tag nothing without it is a mark: it is the file's own text. */
  #isMark(mark: Mark): boolean {
    return mark.tagged || this.#block?.tagged !== true;
  }

  #open({ path: said, tagged }: Extract<Mark, { type: 'open' }>): void {
    this.#blocks += 1;
    const path = plainPath(said);
    const why = this.#whyRefused(path);
    if (why !== null) this.#refuse(path, why);
    // After one with the tag it will not count, so nobody is to see it come.
    const counts = tagged || this.#files.tagged.size === 0;
    this.#block = { path: why === null && counts ? path : null, tagged, text: new BlockText() };
  }

  #whyRefused(path: string): string | null {
    if (this.#blocks > this.#limits.files)
      return `the answer has more than ${this.#limits.files} files`;
    if (this.#options.allowed.includes(path)) return null;
    return whyUnsafe(path) ?? 'it was not asked for';
  }

  #add(block: Block, line: string | null): void {
    const { path, text } = block;
    if (path === null) return;
    const piece = line === null ? '' : text.add(line);
    if (line === null || text.length > this.#limits.fileChars) {
      this.#refuse(path, `it has more than ${this.#limits.fileChars} characters`);
      this.#pending = null;
      this.#block = { ...block, path: null };
      return;
    }
    if (piece === '') return;
    if (this.#pending?.path !== path || text.length === piece.length) {
      this.#flush();
      this.#pending = { path, at: text.length - piece.length, text: '' };
    }
    this.#pending.text += piece;
  }

  #close(cut: boolean): void {
    const block = this.#block;
    this.#block = null;
    if (!block || block.path === null || block.text.length === 0) return;
    const { path, tagged } = block;
    const files = tagged ? this.#files.tagged : this.#files.loose;
    if (cut && files.get(path)?.cut === false) return;
    files.set(path, { path, content: block.text.content, cut });
  }

  #flush(): void {
    const { onPiece } = this.#options;
    if (this.#pending) onPiece?.(this.#pending.path, this.#pending.at, this.#pending.text);
    this.#pending = null;
  }

  #refuse(path: string, why: string): void {
    // A hostile answer shall not fill the notes: some say as much as all.
    if (this.#refused.size < 20) this.#refused.set(path.slice(0, 200), why);
  }
}

/** Reads an answer that is there as a whole. */
export function readAnswer(text: string, options: ReaderOptions, whole = true): ParsedAnswer {
  const reader = new BlockReader(options);
  reader.push(text);
  return reader.end(whole);
}
