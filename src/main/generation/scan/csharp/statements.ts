import { csharpTokens, type Token } from './tokens.ts';

/** A link of a chain: `AddProject<Projects.Web>("web")`; `args` is null for what is not called. */
export type Step = {
  readonly name: string;
  /** What stands between the angle brackets of a call. */
  readonly type: string | null;
  readonly args: readonly Argument[] | null;
  readonly line: number;
};

/** A value in a source: a string, `a.B().C`, or something else that is not looked into. */
export type Expression =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'chain'; readonly steps: readonly Step[] }
  | { readonly kind: 'other' };

/** An argument of a call, with its name where it is given. */
export type Argument = { readonly label: string | null; readonly value: Expression };

/** `target = value;`, or a value alone. */
export type Statement = { readonly target: string | null; readonly value: Expression };

/** Calls within calls; deeper ones are passed over. */
const maxDepth = 30;

const control = new Set(['if', 'else', 'switch', 'case', 'while', 'for', 'foreach', 'catch', 'do']);
const transparent = /^(?:namespace|class|struct|record|try|finally|using|unsafe|checked)$/;

/**
 * The statements of a C# program that always run: those at its top and in `Main`, not those below a
 * condition, in other methods or in lambdas. Linear in the source.
 */
export function csharpStatements(source: string): readonly Statement[] {
  return new Reader(csharpTokens(source)).statements();
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  statements(): readonly Statement[] {
    const found: Statement[] = [];
    let isConditional = false;
    while (this.#at < this.#tokens.length) {
      const mark = this.#text();
      if (mark === ';' || mark === '{' || mark === '}') {
        this.#at += 1;
        isConditional = false;
        continue;
      }
      if (control.has(mark)) {
        isConditional = !this.#control();
        continue;
      }
      const start = this.#at;
      const target = this.#target();
      const value = this.#expression(0);
      this.#rest();
      if (this.#text() === '{') {
        if (this.#isOpaque(start)) this.#block();
      } else if (!isConditional && value.kind === 'chain') found.push({ target, value });
      isConditional = false;
    }
    return found;
  }

  #text(ahead = 0): string {
    const token = this.#tokens[this.#at + ahead];
    return token === undefined || token.kind === 'text' ? '' : token.text;
  }

  /** Passes a word such as `if` with its condition and its block; false where a statement follows in place of one. */
  #control(): boolean {
    this.#at += 1;
    if (this.#text() === '(') this.#block();
    const hasBlock = this.#text() === '{';
    if (hasBlock) this.#block();
    return hasBlock;
  }

  /** The name that a statement gives a value to; stands before the value then. */
  #target(): string | null {
    let at = this.#at;
    const last = Math.min(this.#tokens.length, at + 30);
    while (at < last && (this.#tokens[at]?.kind === 'word' || /^[<>,?[\].]$/.test(this.#mark(at))))
      at += 1;
    const name = this.#tokens[at - 1];
    const isSet = this.#mark(at) === '=' && !/^[=>]$/.test(this.#mark(at + 1));
    if (!isSet || at === this.#at || name?.kind !== 'word') return null;
    this.#at = at + 1;
    return name.text;
  }

  #mark(at: number): string {
    const token = this.#tokens[at];
    return token?.kind === 'mark' ? token.text : '';
  }

  #expression(depth: number): Expression {
    if (this.#text() === 'await') this.#at += 1;
    const token = this.#tokens[this.#at];
    if (token === undefined || depth > maxDepth || token.text === 'new') return { kind: 'other' };
    if (token.kind === 'text') {
      this.#at += 1;
      return { kind: 'text', text: token.text };
    }
    if (token.kind === 'mark') return { kind: 'other' };
    const steps: Step[] = [];
    while (this.#tokens[this.#at]?.kind === 'word') {
      steps.push(this.#step(depth));
      while (this.#text() === '!' || (this.#text() === '?' && this.#text(1) === '.')) this.#at += 1;
      if (this.#text() !== '.') break;
      this.#at += 1;
    }
    return { kind: 'chain', steps };
  }

  #step(depth: number): Step {
    const { text: name, line } = this.#tokens[this.#at] as Token;
    this.#at += 1;
    const type = this.#type();
    const args = this.#text() === '(' ? this.#arguments(depth) : null;
    return { name, type, args, line };
  }

  /** `<…>` before the bracket of a call; anything else is a comparison. */
  #type(): string | null {
    if (this.#text() !== '<') return null;
    let open = 0;
    for (let at = this.#at; at < this.#tokens.length && at < this.#at + 60; at += 1) {
      const token = this.#tokens[at] as Token;
      if (token.text === '<') open += 1;
      else if (token.text === '>') open -= 1;
      else if (token.kind !== 'word' && !/^[.,?[\]]$/.test(token.text)) return null;
      if (open > 0) continue;
      if (this.#mark(at + 1) !== '(') return null;
      const parts = this.#tokens.slice(this.#at + 1, at).map(({ text }) => text);
      this.#at = at + 1;
      return parts.join('');
    }
    return null;
  }

  #arguments(depth: number): readonly Argument[] {
    const found: Argument[] = [];
    this.#at += 1;
    while (this.#at < this.#tokens.length && this.#text() !== ')') {
      const isLabelled = this.#tokens[this.#at]?.kind === 'word' && this.#text(1) === ':';
      const label = isLabelled ? this.#text() : null;
      if (isLabelled) this.#at += 2;
      const value = this.#expression(depth + 1);
      const isWhole = this.#text() === ',' || this.#text() === ')';
      if (!isWhole) this.#until(/^[,)]$/);
      found.push({ label, value: isWhole ? value : { kind: 'other' } });
      if (this.#text() === ',') this.#at += 1;
    }
    this.#at += 1;
    return found;
  }

  /** What is left of a statement, to where it ends or opens a block. */
  #rest(): void {
    this.#until(/^[;{}]$/);
  }

  /** Passes tokens up to one of these marks, and over all that stands in brackets. */
  #until(end: RegExp): void {
    while (this.#at < this.#tokens.length) {
      const mark = this.#mark(this.#at);
      if (end.test(mark)) return;
      if (mark === '(' || mark === '[' || mark === '{') this.#block();
      else this.#at += 1;
    }
  }

  /** Passes brackets of any kind with all that they hold. */
  #block(): void {
    let open = 0;
    for (; this.#at < this.#tokens.length; this.#at += 1) {
      const mark = this.#mark(this.#at);
      if (mark === '(' || mark === '[' || mark === '{') open += 1;
      else if (mark === ')' || mark === ']' || mark === '}') open -= 1;
      if (open === 0) {
        this.#at += 1;
        return;
      }
    }
  }

  /** Whether the block that begins here is a method other than `Main`, by the words before it. */
  #isOpaque(start: number): boolean {
    const words = this.#tokens.slice(start, Math.min(this.#at, start + 40));
    return !words.some(
      ({ kind, text }, at) =>
        kind === 'word' &&
        (transparent.test(text) || (text === 'Main' && words[at + 1]?.text === '(')),
    );
  }
}
