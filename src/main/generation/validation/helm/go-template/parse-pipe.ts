import { closest } from '../../suggest.ts';
import type { Token } from './lex.ts';
import { readChar, readNumber, readString } from './literals.ts';
import type { Command, Operand, Pipe, Place } from './nodes.ts';
import { TemplateError } from './template-error.ts';

/** Parentheses within parentheses. */
const maxNesting = 100;

/** Reads the pipeline of one action from its tokens. */
export class PipeReader {
  readonly #tokens: readonly Token[];
  readonly #place: Place;
  readonly #variables: string[];
  readonly #known: (name: string) => boolean;
  #at = 0;
  #depth = 0;

  /** `variables` are those in scope; what the pipeline declares is added. */
  constructor(
    tokens: readonly Token[],
    place: Place,
    variables: string[],
    known: (name: string) => boolean,
  ) {
    this.#tokens = tokens;
    this.#place = place;
    this.#variables = variables;
    this.#known = known;
  }

  /** The whole pipeline; `isRange` allows two variables. */
  read(isRange: boolean): Pipe {
    const pipe = this.#pipe(isRange);
    const extra = this.#tokens[this.#at];
    if (extra) throw this.#fault(`Unexpected ${extra.text.slice(0, 60)}.`);
    return pipe;
  }

  #pipe(isRange: boolean): Pipe {
    const place = this.#here();
    const names: string[] = [];
    const [first, second, third, fourth] = this.#tokens.slice(this.#at, this.#at + 4);
    let declares = false;
    if (first?.type === 'variable') {
      if (second?.type === 'declare' || second?.type === 'assign') names.push(first.text);
      else if (second?.type === 'comma' && third?.type === 'variable') {
        if (fourth?.type !== 'declare' && fourth?.type !== 'assign')
          throw this.#fault('Two variables need := after them.');
        if (!isRange) throw this.#fault('Only range sets two variables.');
        names.push(first.text, third.text);
      }
    }
    if (names.length > 0) {
      declares = (names.length === 1 ? second : fourth)?.type === 'declare';
      this.#at += names.length * 2;
      if (!declares) for (const name of names) this.#mustBeThere(name);
    }
    const commands: Command[] = [this.#command()];
    while (this.#tokens[this.#at]?.type === 'pipe') {
      this.#at += 1;
      const command = this.#command();
      const { type } = command.operands[0];
      if (type === 'literal' || type === 'dot' || type === 'nil')
        throw this.#fault('What stands after | must be a function.');
      commands.push(command);
    }
    if (declares) this.#variables.push(...names);
    return { ...place, variables: names, declares, commands };
  }

  #command(): Command {
    const place = this.#here();
    const operands: Operand[] = [];
    for (;;) {
      const token = this.#tokens[this.#at];
      if (!token || token.type === 'pipe' || token.type === 'close') break;
      if (operands.length > 0 && !token.space)
        throw this.#fault(`A blank is missing before ${token.text.slice(0, 60)}.`);
      operands.push(this.#operand());
    }
    const [first, ...rest] = operands;
    if (!first) throw this.#fault('A value is missing: the command is empty.');
    if (first.type === 'nil' && rest.length === 0) throw this.#fault('nil is no command.');
    return { ...place, operands: [first, ...rest] };
  }

  #operand(): Operand {
    const operand = this.#term();
    const names: string[] = [];
    for (;;) {
      const token = this.#tokens[this.#at];
      if (token?.type !== 'field' || token.space) break;
      names.push(token.text.slice(1));
      this.#at += 1;
    }
    if (names.length === 0) return operand;
    if (operand.type === 'literal' || operand.type === 'nil' || operand.type === 'dot')
      throw this.#fault(`Unexpected .${names[0]} after a value that has no fields.`);
    if (operand.type === 'field' || operand.type === 'variable')
      return { ...operand, names: [...operand.names, ...names] };
    const { file, line } = operand;
    return { file, line, type: 'chain', of: operand, names };
  }

  #term(): Operand {
    const place = this.#here();
    const { type, text } = this.#tokens[this.#at++] as Token;
    switch (type) {
      case 'dot':
        return { ...place, type: 'dot' };
      case 'field':
        return { ...place, type: 'field', names: [text.slice(1)] };
      case 'variable':
        this.#mustBeThere(text);
        return { ...place, type: 'variable', name: text, names: [] };
      case 'string':
        return { ...place, type: 'literal', value: this.#or(readString(text), text) };
      case 'char':
        return { ...place, type: 'literal', value: this.#or(readChar(text), text) };
      case 'number':
        return { ...place, type: 'literal', value: this.#or(readNumber(text), text) };
      case 'word':
        if (text === 'true' || text === 'false')
          return { ...place, type: 'literal', value: text === 'true' };
        if (text === 'nil') return { ...place, type: 'nil' };
        if (!this.#known(text)) throw this.#unknown(text, place);
        return { ...place, type: 'call', name: text };
      case 'open': {
        this.#depth += 1;
        if (this.#depth > maxNesting)
          throw new TemplateError('Parentheses nest too deep.', [place], 'bounds');
        const pipe = this.#pipe(false);
        if (this.#tokens[this.#at++]?.type !== 'close')
          throw this.#fault('A parenthesis is not closed.');
        this.#depth -= 1;
        return { ...place, type: 'pipe', pipe };
      }
      default:
        throw this.#fault(`Unexpected ${text.slice(0, 60)}.`);
    }
  }

  #or<T>(value: T | null, text: string): T {
    if (value === null) throw this.#fault(`${text.slice(0, 60)} is no value.`);
    return value;
  }

  #mustBeThere(name: string): void {
    if (this.#variables.includes(name)) return;
    const meant = closest(name, this.#variables);
    const hint = meant === null ? '' : ` Did you mean ${meant}?`;
    throw this.#fault(`The variable ${name} is not declared here.${hint}`);
  }

  #unknown(name: string, place: Place): TemplateError {
    const message = `Helm has no function "${name.slice(0, 60)}".`;
    return new TemplateError(message, [place], 'unknown-function');
  }

  #here(): Place {
    const token = this.#tokens[Math.min(this.#at, this.#tokens.length - 1)];
    return { file: this.#place.file, line: token?.line ?? this.#place.line };
  }

  #fault(message: string): TemplateError {
    return new TemplateError(message, [this.#here()], 'syntax');
  }
}
