import type { SyntaxFault } from './syntax.ts';

/** Ends parsing where the text is no HCL. */
export class HclError extends Error {
  readonly fault: SyntaxFault;

  constructor(fault: SyntaxFault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** How deep expressions and blocks may nest; what people write stays below 20. */
const maxDepth = 250;

const spaces = /(?:[ \t]+|\/\*[\s\S]*?\*\/|(?:#|\/\/)[^\n]*)*/y;
const spacesAndNewlines = /(?:[ \t\n]+|\r\n|\/\*[\s\S]*?\*\/|(?:#|\/\/)[^\n]*)*/y;
const identifier = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;

/** A place in a text that is parsed, which moves on only over what was understood. */
export class Cursor {
  readonly text: string;
  at = 0;
  /** Whether a newline is blank space here: so within parentheses and brackets, not within braces. */
  newlinesAreSpace = false;
  #depth = 0;
  readonly #starts: number[] = [];

  constructor(text: string) {
    this.text = text;
  }

  /** The 1-based line of an offset; of the cursor without one. */
  line(at = this.at): number {
    const starts = this.#lineStarts();
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  #lineStarts(): readonly number[] {
    if (this.#starts.length === 0) {
      for (let at = 0; at >= 0; at = this.text.indexOf('\n', at) + 1 || -1) this.#starts.push(at);
    }
    return this.#starts;
  }

  /** Passes over blank space and comments, and over newlines where they are space. */
  skip(): void {
    this.match(this.newlinesAreSpace ? spacesAndNewlines : spaces);
  }

  /** Passes over blank lines and comments, wherever the cursor is. */
  skipLines(): void {
    this.match(spacesAndNewlines);
  }

  /** What a sticky expression matches at the cursor, passed over; null where it does not match. */
  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  /** Whether `token` stands at the cursor, after blank space; nothing is passed over but the space. */
  sees(token: string): boolean {
    this.skip();
    return this.text.startsWith(token, this.at);
  }

  /** Passes over `token` where it stands at the cursor, after blank space. */
  takes(token: string): boolean {
    if (!this.sees(token)) return false;
    this.at += token.length;
    return true;
  }

  /** Passes over a name, after blank space; null where there is none. */
  word(): string | null {
    this.skip();
    return this.match(identifier)?.[0] ?? null;
  }

  /** Whether the line ends here, after blank space and a comment. */
  seesLineEnd(): boolean {
    this.match(spaces);
    const { text, at } = this;
    return at >= text.length || text[at] === '\n' || (text[at] === '\r' && text[at + 1] === '\n');
  }

  /** Ends parsing with a fault at the cursor, or at an offset. */
  fail(message: string, at = this.at): never {
    throw new HclError({ line: this.line(Math.min(at, this.text.length)), message });
  }

  /** Parses something within brackets (newlines are space) or braces (they are not), one level deeper. */
  within<T>(newlinesAreSpace: boolean, parse: () => T): T {
    const before = this.newlinesAreSpace;
    this.newlinesAreSpace = newlinesAreSpace;
    if (++this.#depth > maxDepth) this.fail(`More than ${maxDepth} levels deep. Nest less.`);
    const result = parse();
    this.#depth--;
    this.newlinesAreSpace = before;
    return result;
  }

  /** Goes on at another place, outside of everything, after a fault. */
  restart(at: number): void {
    this.at = at;
    this.#depth = 0;
    this.newlinesAreSpace = false;
  }

  /** What stands at the cursor, for a message. */
  get here(): string {
    this.skip();
    if (this.at >= this.text.length) return 'the end of the file';
    const found = /^[ \t]*\r?\n/.test(this.text.slice(this.at, this.at + 40))
      ? null
      : (/^(?:[\w-]+|.)/u.exec(this.text.slice(this.at, this.at + 40))?.[0] ?? null);
    return found === null ? 'the end of the line' : `"${found}"`;
  }
}
