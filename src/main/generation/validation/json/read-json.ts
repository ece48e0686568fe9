import type { YamlPath } from '../yaml/line-of-path.ts';

/** A JSON text read with the place of everything in it. */
export type JsonRead =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** 1-based line of the value (or key) at a path, or of the nearest ancestor. */
      readonly lineOf: (path: YamlPath) => number;
      /** Keys that one object has twice, with their lines. */
      readonly twice: readonly { readonly key: string; readonly line: number }[];
    }
  | { readonly ok: false; readonly line: number; readonly message: string };

const maxDepth = 200;

class Fault extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

type Node = { readonly at: number; readonly below?: ReadonlyMap<string | number, Node> };

/** Reads strict JSON (RFC 8259) and never throws; `JSON.parse` tells no lines, and YAML no duplicates of JSON's. */
export function readJson(text: string): JsonRead {
  const lines = lineCounter(text);
  const twice: { key: string; line: number }[] = [];
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const reader = new Reader(text, start, (key, at) => twice.push({ key, line: lines(at) }));
  try {
    const { value, node } = reader.whole();
    const lineOf = (path: YamlPath): number => {
      let at = node;
      for (const step of path) {
        const next = at.below?.get(step);
        if (next === undefined) break;
        at = next;
      }
      return lines(at.at);
    };
    return { ok: true, value, lineOf, twice };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ok: false, line: lines(error.at), message: error.message };
  }
}

function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}

class Reader {
  readonly #text: string;
  #at: number;
  readonly #again: (key: string, at: number) => void;

  constructor(text: string, start: number, again: (key: string, at: number) => void) {
    this.#text = text;
    this.#at = start;
    this.#again = again;
  }

  whole(): { readonly value: unknown; readonly node: Node } {
    this.#space();
    const read = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length)
      throw new Fault(this.#at, 'something follows the end of the JSON');
    return read;
  }

  #space(): void {
    while (' \t\r\n'.includes(this.#text[this.#at] ?? 'x')) this.#at += 1;
  }

  #value(depth: number): { readonly value: unknown; readonly node: Node } {
    if (depth > maxDepth) throw new Fault(this.#at, 'the nesting is deeper than 200 levels');
    const at = this.#at;
    const char = this.#text[at];
    if (char === '{') return this.#object(depth);
    if (char === '[') return this.#list(depth);
    if (char === '"') return { value: this.#string(), node: { at } };
    const word = /[-+.\w]*/y;
    word.lastIndex = at;
    const found = word.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    if (found === 'true' || found === 'false') return { value: found === 'true', node: { at } };
    if (found === 'null') return { value: null, node: { at } };
    if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(found)) {
      return { value: Number(found), node: { at } };
    }
    throw new Fault(
      at,
      at >= this.#text.length ? 'the JSON ends too early' : 'a value is missing or misspelt',
    );
  }

  #object(depth: number): { readonly value: unknown; readonly node: Node } {
    const at = this.#at++;
    const entries = new Map<string, unknown>();
    const below = new Map<string, Node>();
    this.#space();
    if (this.#text[this.#at] === '}') {
      this.#at += 1;
      return { value: {}, node: { at, below } };
    }
    for (;;) {
      this.#space();
      const keyAt = this.#at;
      if (this.#text[keyAt] !== '"') throw new Fault(keyAt, 'a key in quotes is missing');
      const key = this.#string();
      if (entries.has(key)) this.#again(key, keyAt);
      this.#space();
      if (this.#text[this.#at++] !== ':')
        throw new Fault(this.#at - 1, 'a colon is missing after a key');
      this.#space();
      const { value, node } = this.#value(depth + 1);
      entries.set(key, value);
      below.set(key, { ...node, at: keyAt });
      if (this.#ends('}')) return { value: Object.fromEntries(entries), node: { at, below } };
    }
  }

  #list(depth: number): { readonly value: unknown; readonly node: Node } {
    const at = this.#at++;
    const values: unknown[] = [];
    const below = new Map<number, Node>();
    this.#space();
    if (this.#text[this.#at] === ']') {
      this.#at += 1;
      return { value: values, node: { at, below } };
    }
    for (;;) {
      this.#space();
      const { value, node } = this.#value(depth + 1);
      below.set(values.length, node);
      values.push(value);
      if (this.#ends(']')) return { value: values, node: { at, below } };
    }
  }

  #ends(mark: string): boolean {
    this.#space();
    const char = this.#text[this.#at++];
    if (char === mark) return true;
    if (char === ',') return false;
    throw new Fault(this.#at - 1, `a comma or ${mark} is missing`);
  }

  #string(): string {
    const pattern = /"(?:[^"\\\p{Cc}]|\u007f|[\u0080-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined)
      throw new Fault(this.#at, 'a text is not closed, or has an escape that JSON lacks');
    this.#at += found.length;
    return JSON.parse(found) as string;
  }
}
