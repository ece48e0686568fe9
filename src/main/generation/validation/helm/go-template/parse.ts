import { lex, type Part, type Token } from './lex.ts';
import type { Definition, Node, Pipe, Place } from './nodes.ts';
import { PipeReader } from './parse-pipe.ts';
import { TemplateError } from './template-error.ts';

/** Blocks within blocks; real charts have fewer than 20. */
const maxNesting = 100;

const blocks: ReadonlySet<string> = new Set(['if', 'with', 'range']);

/** What ends a list of nodes: `end`, `else` with the tokens after it, or the end of the file. */
type Stop = { readonly word: 'end' | 'else' | null; readonly rest: readonly Token[] } & Place;

/**
 * Parses a file of templates as Go's text/template does. The file's own text is the first of the
 * definitions, under `name`; those of `define` and `block` follow. `known` tells which functions exist.
 * @throws TemplateError with the line.
 */
export function parse(
  name: string,
  text: string,
  known: (name: string) => boolean,
): readonly [Definition, ...Definition[]] {
  const reader = new FileReader(name, lex(name, text), known);
  return reader.file();
}

class FileReader {
  readonly #file: string;
  readonly #parts: readonly Part[];
  readonly #known: (name: string) => boolean;
  readonly #definitions: Definition[] = [];
  #at = 0;
  #depth = 0;
  #loops = 0;
  #variables: string[] = ['$'];

  constructor(file: string, parts: readonly Part[], known: (name: string) => boolean) {
    this.#file = file;
    this.#parts = parts;
    this.#known = known;
  }

  file(): readonly [Definition, ...Definition[]] {
    const { nodes, stop } = this.#list();
    if (stop.word !== null) throw this.#fault(`Unexpected {{${stop.word}}}.`, stop.line);
    return [{ file: this.#file, line: 1, name: this.#file, body: nodes }, ...this.#definitions];
  }

  #list(): { readonly nodes: readonly Node[]; readonly stop: Stop } {
    const nodes: Node[] = [];
    while (this.#at < this.#parts.length) {
      const part = this.#parts[this.#at++] as Part;
      const place = { file: this.#file, line: part.line };
      if (part.type === 'text') {
        nodes.push({ ...place, type: 'text', text: part.text });
        continue;
      }
      const [first, ...rest] = part.tokens;
      const word = first?.type === 'word' ? first.text : null;
      if (word === 'end' || word === 'else') {
        if (word === 'end') this.#nothingAfter(rest, 'end');
        return { nodes, stop: { word, rest, ...place } };
      }
      const node = this.#node(word, part.tokens, place);
      if (node !== null) nodes.push(node);
    }
    const line = this.#parts.at(-1)?.line ?? 1;
    return { nodes, stop: { word: null, rest: [], file: this.#file, line } };
  }

  #node(word: string | null, tokens: readonly Token[], place: Place): Node | null {
    const rest = tokens.slice(1);
    if (word !== null && blocks.has(word)) {
      return this.#control(word as 'if' | 'with' | 'range', rest, place);
    }
    switch (word) {
      case 'define':
        this.#define(this.#name(rest, 'define', place), place);
        return null;
      case 'block': {
        const [named, ...argument] = rest;
        const name = this.#name(named ? [named] : [], 'block', place);
        const pipe = this.#pipe(argument, place);
        this.#define(name, place);
        return { ...place, type: 'template', name, pipe };
      }
      case 'template': {
        const [named, ...argument] = rest;
        const name = this.#name(named ? [named] : [], 'template', place);
        const pipe = argument.length === 0 ? null : this.#pipe(argument, place);
        return { ...place, type: 'template', name, pipe };
      }
      case 'break':
      case 'continue':
        if (this.#known(word)) break;
        this.#nothingAfter(rest, word);
        if (this.#loops === 0) throw this.#fault(`{{${word}}} outside {{range}}.`, place.line);
        return { ...place, type: word };
    }
    return { ...place, type: 'action', pipe: this.#pipe(tokens, place) };
  }

  #control(type: 'if' | 'with' | 'range', tokens: readonly Token[], place: Place): Node {
    const held = this.#variables.length;
    const pipe = this.#pipe(tokens, place, type === 'range');
    if (type === 'range') this.#loops += 1;
    const { nodes: body, stop } = this.#nested(type, place);
    if (type === 'range') this.#loops -= 1;
    let otherwise: readonly Node[] = [];
    if (stop.word === 'else') {
      const [next, ...rest] = stop.rest;
      if (next === undefined) {
        const other = this.#nested(type, place);
        if (other.stop.word !== 'end') throw this.#fault('Expected {{end}}.', other.stop.line);
        otherwise = other.nodes;
      } else if (next.text === type && type !== 'range') {
        // `else if` is an `if` within `else` that shares its `end`.
        otherwise = [this.#control(type, rest, stop)];
      } else throw this.#fault(`Unexpected ${next.text} after else.`, stop.line);
    }
    this.#variables.length = held;
    return { ...place, type, pipe, body, otherwise };
  }

  #nested(what: string, place: Place): { readonly nodes: readonly Node[]; readonly stop: Stop } {
    this.#depth += 1;
    if (this.#depth > maxNesting) {
      throw new TemplateError(
        `Blocks nest deeper than ${maxNesting} levels. Flatten them.`,
        [place],
        'bounds',
      );
    }
    const result = this.#list();
    this.#depth -= 1;
    if (result.stop.word === null) {
      throw this.#fault(`{{${what}}} is not closed: its {{end}} is missing.`, place.line);
    }
    return result;
  }

  #define(name: string, place: Place): void {
    const [variables, loops] = [this.#variables, this.#loops];
    [this.#variables, this.#loops] = [['$'], 0];
    const { nodes, stop } = this.#nested('define', place);
    if (stop.word !== 'end') throw this.#fault('Unexpected {{else}} in define.', stop.line);
    [this.#variables, this.#loops] = [variables, loops];
    this.#definitions.push({ ...place, name, body: nodes });
  }

  #pipe(tokens: readonly Token[], place: Place, isRange = false): Pipe {
    return new PipeReader(tokens, place, this.#variables, this.#known).read(isRange);
  }

  #name(tokens: readonly Token[], what: string, { line }: Place): string {
    const [token, extra] = tokens;
    if (token?.type !== 'string' || extra !== undefined) {
      throw this.#fault(`{{${what}}} needs the name of a template in quotes.`, line);
    }
    try {
      return token.text.startsWith('`') ? token.text.slice(1, -1) : JSON.parse(token.text);
    } catch {
      throw this.#fault(`${token.text.slice(0, 60)} is no text.`, line);
    }
  }

  #nothingAfter([token]: readonly Token[], what: string): void {
    if (token) throw this.#fault(`Unexpected ${token.text.slice(0, 60)} in ${what}.`, token.line);
  }

  #fault(message: string, line: number): TemplateError {
    return new TemplateError(message, [{ file: this.#file, line }], 'syntax');
  }
}
