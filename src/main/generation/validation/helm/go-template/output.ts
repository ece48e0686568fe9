import type { Budget } from './budget.ts';

type Piece = { readonly text: string; readonly line: number; readonly isText: boolean };

/** What a rendering writes, and which line of the template each piece of it comes from. */
export class Output {
  readonly #pieces: Piece[] = [];
  readonly #budget: Budget;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  /** Adds a piece that stands on `line` of the template; the lines of plain text count on from there. */
  write(text: string, line: number, isText: boolean): void {
    if (text === '') return;
    this.#budget.write(text.length);
    this.#pieces.push({ text, line, isText });
  }

  /** Everything written so far. */
  get text(): string {
    return this.#pieces.map(({ text }) => text).join('');
  }

  /** The template's line of every line written: of what gives it its first visible character. */
  templateLines(): readonly number[] {
    const lines: number[] = [];
    let current: number | null = null;
    for (const { text, line, isText } of this.#pieces) {
      let at = line;
      text.split('\n').forEach((part, index) => {
        if (index > 0) {
          lines.push(current ?? at);
          current = null;
          if (isText) at += 1;
        }
        if (current === null && part.trim() !== '') current = at;
      });
    }
    lines.push(current ?? this.#pieces.at(-1)?.line ?? 1);
    return lines;
  }
}
