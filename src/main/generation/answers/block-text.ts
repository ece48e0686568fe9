import { fenceOf } from './marks.ts';

/**
 * The text of one block as its lines come: without the Markdown fence that some models put around it,
 * and without empty lines before and after.
 */
export class BlockText {
  readonly #lines: string[] = [];
  #held: string[] = [];
  #fence: string | null = null;
  #length = 0;

  /** Characters so far. */
  get length(): number {
    return this.#length;
  }

  /** The whole text; empty, or ends with a line break. */
  get content(): string {
    return this.#lines.length === 0 ? '' : `${this.#lines.join('\n')}\n`;
  }

  /** Takes a line, and answers with what is now certain to be text. */
  add(line: string): string {
    const mark = fenceOf(line);
    if (this.#lines.length === 0) {
      if (line.trim() === '') return '';
      if (mark !== null && this.#fence === null) {
        this.#fence = mark;
        return '';
      }
    }
    // What may be the end is text only when more follows.
    if (line.trim() === '' || (mark !== null && mark === this.#fence && line.trim() === mark)) {
      this.#held.push(line);
      return '';
    }
    const certain = [...this.#held, line];
    this.#held = [];
    for (const one of certain) this.#lines.push(one);
    const piece = `${certain.join('\n')}\n`;
    this.#length += piece.length;
    return piece;
  }
}
