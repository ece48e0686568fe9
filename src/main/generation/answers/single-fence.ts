import { BlockText } from './block-text.ts';
import { fenceOf } from './marks.ts';

/**
 * The one Markdown fence of an answer that has no block at all: small models answer so. Where there
 * are several nobody knows which is meant.
 */
export class SingleFence {
  #open: { readonly mark: string; readonly text: BlockText } | null = null;
  #found: BlockText | null = null;
  #count = 0;

  add(line: string): void {
    const mark = fenceOf(line);
    if (this.#open) {
      if (mark === this.#open.mark && line.trim() === mark) this.#open = null;
      else this.#open.text.add(line);
      return;
    }
    if (mark === null) return;
    this.#count += 1;
    this.#open = { mark, text: new BlockText() };
    this.#found = this.#open.text;
  }

  /** The text in the only fence; null where there is none, several, or nothing in it. */
  get content(): string | null {
    return this.#count === 1 && this.#found && this.#found.length > 0 ? this.#found.content : null;
  }
}
