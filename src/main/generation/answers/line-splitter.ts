/** Cuts a stream into lines, at `\n` or `\r\n`. A line over the limit comes as null, whatever it holds. */
export class LineSplitter {
  readonly #maxLine: number;
  #parts: string[] = [];
  #length = 0;
  #first = true;

  constructor(maxLine: number) {
    this.#maxLine = maxLine;
  }

  /** The lines that this piece ends. */
  *push(piece: string): Generator<string | null> {
    let start = 0;
    for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', start)) {
      this.#take(piece.slice(start, at));
      start = at + 1;
      yield this.#line();
    }
    this.#take(piece.slice(start));
  }

  /** The last line, where no line break follows it. */
  *end(): Generator<string | null> {
    if (this.#length > 0) yield this.#line();
  }

  #take(text: string): void {
    this.#length += text.length;
    if (this.#length <= this.#maxLine) this.#parts.push(text);
    else this.#parts = [];
  }

  #line(): string | null {
    const line = this.#length > this.#maxLine ? null : this.#parts.join('');
    this.#parts = [];
    this.#length = 0;
    if (line === null) return null;
    const text = this.#first && line.startsWith('\uFEFF') ? line.slice(1) : line;
    this.#first = false;
    return text.endsWith('\r') ? text.slice(0, -1) : text;
  }
}
