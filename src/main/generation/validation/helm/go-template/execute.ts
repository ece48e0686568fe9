import { didYouMean } from '../../suggest.ts';
import { type Budget, OverBudget } from './budget.ts';
import { FunctionError } from './function-error.ts';
import { withNilMaps } from './nil-arguments.ts';
import type { Command, Definition, Node, Operand, Pipe, Place } from './nodes.ts';
import { Output } from './output.ts';
import { shown } from './print.ts';
import { TemplateError } from './template-error.ts';
import { isTrue, type Method, type Value } from './values.ts';
import { entriesOf, fieldOf } from './walk.ts';

/** What templates are run with. */
export type Program = {
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly functions: ReadonlyMap<string, Method>;
  readonly budget: Budget;
};

type Jump = 'next' | 'break' | 'continue';
type Scope = { readonly variables: { name: string; value: Value }[]; readonly out: Output };

/** Functions whose arguments are evaluated only until the result is known. */
const lazy = { and: false, or: true } as const;

/** Runs the templates of one chart: Go's text/template/exec, within a budget. */
export class Executor {
  readonly #program: Program;
  #definitions: ReadonlyMap<string, Definition>;
  #depth = 0;

  constructor(program: Program) {
    this.#program = program;
    this.#definitions = program.definitions;
  }

  /** Runs templates that exist for this call only, as `tpl` does; the first is run. */
  runText([first, ...others]: readonly [Definition, ...Definition[]], data: Value): Output {
    const held = this.#definitions;
    this.#definitions = new Map([
      ...held,
      ...[first, ...others].map((one) => [one.name, one] as const),
    ]);
    try {
      return this.run(first.name, data);
    } finally {
      this.#definitions = held;
    }
  }

  /**
   * Runs a template with `data` as its dot.
   * @throws TemplateError with the places that led to the fault.
   */
  run(name: string, data: Value): Output {
    const definition = this.#definitions.get(name);
    if (!definition) {
      const message = `There is no template "${name.slice(0, 100)}".${didYouMean(name, this.#definitions.keys())}`;
      throw new FunctionError(message, 'unknown-template');
    }
    const { budget } = this.#program;
    budget.depth(this.#depth + 1);
    this.#depth += 1;
    try {
      const out = new Output(budget);
      const scope = { variables: [{ name: '$', value: data }], out };
      this.#list(definition.body, data, scope);
      return out;
    } finally {
      this.#depth -= 1;
    }
  }

  #list(nodes: readonly Node[], dot: Value, scope: Scope): Jump {
    for (const node of nodes) {
      const jump = this.#node(node, dot, scope);
      if (jump !== 'next') return jump;
    }
    return 'next';
  }

  #node(node: Node, dot: Value, scope: Scope): Jump {
    return this.#at(node, () => {
      this.#program.budget.step();
      switch (node.type) {
        case 'text':
          scope.out.write(node.text, node.line, true);
          return 'next';
        case 'action': {
          const value = this.#pipe(node.pipe, dot, scope);
          if (node.pipe.variables.length === 0) scope.out.write(shown(value), node.line, false);
          return 'next';
        }
        case 'if':
        case 'with':
          return this.#choice(node, dot, scope);
        case 'range':
          return this.#range(node, dot, scope);
        case 'template': {
          const data = node.pipe === null ? null : this.#pipe(node.pipe, dot, scope);
          scope.out.write(this.run(node.name, data).text, node.line, false);
          return 'next';
        }
        default:
          return node.type;
      }
    });
  }

  #choice(node: Node & { readonly type: 'if' | 'with' | 'range' }, dot: Value, scope: Scope): Jump {
    const held = scope.variables.length;
    const value = this.#pipe(node.pipe, dot, scope);
    const jump = isTrue(value)
      ? this.#list(node.body, node.type === 'with' ? value : dot, scope)
      : this.#list(node.otherwise, dot, scope);
    scope.variables.length = held;
    return jump;
  }

  #range(node: Node & { readonly type: 'if' | 'with' | 'range' }, dot: Value, scope: Scope): Jump {
    const held = scope.variables.length;
    const { variables, declares } = node.pipe;
    const value = this.#pipe({ ...node.pipe, variables: [] }, dot, scope);
    const entries = entriesOf(value, this.#program.budget);
    for (const [key, item] of entries) {
      this.#program.budget.step();
      const mark = scope.variables.length;
      const given = variables.length === 2 ? [key, item] : [item];
      variables.forEach((name, index) => {
        this.#set(scope, name, given[index] ?? null, declares);
      });
      const jump = this.#list(node.body, item, scope);
      scope.variables.length = mark;
      if (jump === 'break') break;
    }
    const jump = entries.length === 0 ? this.#list(node.otherwise, dot, scope) : 'next';
    scope.variables.length = held;
    return jump;
  }

  #set(scope: Scope, name: string, value: Value, declares: boolean): void {
    if (declares) scope.variables.push({ name, value });
    else {
      const held = scope.variables.findLast((one) => one.name === name);
      if (held) held.value = value;
    }
  }

  #pipe(pipe: Pipe, dot: Value, scope: Scope): Value {
    let value: Value | undefined;
    for (const command of pipe.commands) value = this.#command(command, dot, scope, value);
    for (const name of pipe.variables) this.#set(scope, name, value ?? null, pipe.declares);
    return value ?? null;
  }

  #command(command: Command, dot: Value, scope: Scope, piped: Value | undefined): Value {
    const [first, ...rest] = command.operands;
    this.#program.budget.step();
    return this.#at(command, () => {
      if (first.type === 'call') return this.#call(first.name, rest, dot, scope, piped);
      const value = this.#operand(first, dot, scope, true);
      const given = rest.length > 0 || piped !== undefined;
      if (typeof value === 'function') {
        const args = rest.map((operand) => this.#operand(operand, dot, scope));
        return value(...args, ...(piped === undefined ? [] : [piped]));
      }
      if (given) {
        const what = 'names' in first ? first.names.at(-1) : null;
        throw new FunctionError(`${what ?? 'This value'} is no function and takes no arguments.`);
      }
      return value;
    });
  }

  #call(
    name: string,
    operands: readonly Operand[],
    dot: Value,
    scope: Scope,
    piped: Value | undefined,
  ): Value {
    // The parser lets no other names through.
    const call = this.#program.functions.get(name) as Method;
    if (name === 'and' || name === 'or') {
      let value: Value = null;
      for (const operand of operands) {
        value = this.#operand(operand, dot, scope);
        if (isTrue(value) === lazy[name]) return value;
      }
      return piped === undefined ? value : piped;
    }
    const args = operands.map((operand) => this.#operand(operand, dot, scope));
    if (piped !== undefined) args.push(piped);
    this.#program.budget.step(1 + args.length);
    try {
      return call(...withNilMaps(call, operands, args));
    } catch (error) {
      if (!(error instanceof FunctionError) || error.reason !== 'fault') throw error;
      throw new FunctionError(`${name}: ${error.message}`);
    }
  }

  /** The value of an operand; of a method what it returns, unless it is to be called with more. */
  #operand(operand: Operand, dot: Value, scope: Scope, raw = false): Value {
    const value = this.#rawOperand(operand, dot, scope);
    return typeof value === 'function' && !raw ? value() : value;
  }

  #rawOperand(operand: Operand, dot: Value, scope: Scope): Value {
    switch (operand.type) {
      case 'dot':
        return dot;
      case 'nil':
        return null;
      case 'literal':
        return operand.value;
      case 'field':
        return fieldOf(dot, operand.names);
      case 'variable': {
        const held = scope.variables.findLast(({ name }) => name === operand.name);
        return fieldOf(held?.value ?? null, operand.names);
      }
      case 'call':
        return this.#call(operand.name, [], dot, scope, undefined);
      case 'pipe':
        return this.#pipe(operand.pipe, dot, scope);
      case 'chain':
        return fieldOf(this.#operand(operand.of, dot, scope), operand.names);
    }
  }

  /** Runs `work`, and says of what it throws where that was. */
  #at<T>(place: Place, work: () => T): T {
    try {
      return work();
    } catch (error) {
      const { file, line } = place;
      if (error instanceof TemplateError) {
        const last = error.places.at(-1);
        throw last?.file === file ? error : error.within({ file, line });
      }
      if (error instanceof FunctionError)
        throw new TemplateError(error.message, [{ file, line }], error.reason);
      if (error instanceof OverBudget || error instanceof RangeError) {
        const message = error instanceof OverBudget ? error.message : 'Templates nest too deep.';
        throw new TemplateError(message, [{ file, line }], 'bounds', { cause: error });
      }
      throw error;
    }
  }
}
