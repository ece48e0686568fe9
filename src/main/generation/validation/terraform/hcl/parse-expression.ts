import type { Cursor } from './cursor.ts';
import { parseArguments, parseObject, parseTuple } from './parse-collection.ts';
import { parseHeredoc, parseQuoted } from './parse-template.ts';
import type { Expression, Step } from './syntax.ts';

/** Binary operators, those that bind least first; the longer of two that begin alike is first. */
const levels: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['>=', '<=', '>', '<'],
  ['+', '-'],
  ['*', '/', '%'],
];
const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const constants: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/**
 * Parses an expression at the cursor, as HCL's native syntax has it
 * (https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md).
 */
export function parseExpression(cursor: Cursor): Expression {
  return cursor.within(cursor.newlinesAreSpace, () => {
    const condition = parseOperation(cursor, 0);
    if (!cursor.takes('?')) return condition;
    const yes = parseExpression(cursor);
    if (!cursor.takes(':')) {
      cursor.fail(`A condition needs ":" and what holds otherwise, not ${cursor.here}.`);
    }
    const no = parseExpression(cursor);
    return { type: 'operation', operands: [condition, yes, no], line: condition.line };
  });
}

function parseOperation(cursor: Cursor, level: number): Expression {
  const operators = levels[level];
  if (operators === undefined) return parseWithSteps(cursor);
  const left = parseOperation(cursor, level + 1);
  // One flat list: a sum of thousands must not make a tree of thousands of levels.
  const operands = [left];
  for (;;) {
    const operator = operators.find((candidate) => cursor.sees(candidate));
    if (operator === undefined) break;
    cursor.takes(operator);
    operands.push(parseOperation(cursor, level + 1));
  }
  return operands.length === 1 ? left : { type: 'operation', operands, line: left.line };
}

function parseWithSteps(cursor: Cursor): Expression {
  const term = parseTerm(cursor);
  const steps: Step[] = [];
  for (;;) {
    const step = parseStep(cursor);
    if (step === null) break;
    steps.push(...step);
  }
  if (steps.length === 0) return term;
  if (term.type === 'reference') return { ...term, steps };
  return { type: 'access', on: term, steps, line: term.line };
}

/** `.name`, `.0`, `.*` or `[…]`; null where no step follows. `.0.1` is scanned as one number. */
function parseStep(cursor: Cursor): readonly Step[] | null {
  const line = cursor.line();
  if (cursor.sees('...')) return null;
  if (cursor.takes('.')) {
    if (cursor.takes('*')) return [{ type: 'splat' }];
    cursor.skip();
    const index = cursor.match(/\d+(?:\.\d+)?(?![eE\d])/y);
    if (index) {
      return index[0].split('.').map((digits) => ({
        type: 'index',
        index: { type: 'literal', value: Number(digits), line },
      }));
    }
    const name = cursor.word();
    if (name === null)
      cursor.fail(`After a "." comes a name, an index or "*", not ${cursor.here}.`);
    return [{ type: 'name', name }];
  }
  if (!cursor.takes('[')) return null;
  return cursor.within(true, () => {
    if (cursor.takes('*')) {
      if (!cursor.takes(']')) cursor.fail(`"[*" is closed by "]", not ${cursor.here}.`);
      return [{ type: 'splat' }];
    }
    const index = parseExpression(cursor);
    if (!cursor.takes(']'))
      cursor.fail(`The index is not closed: "]" is missing before ${cursor.here}.`);
    return [{ type: 'index', index }];
  });
}

function parseTerm(cursor: Cursor): Expression {
  cursor.skip();
  const start = cursor.at;
  const line = cursor.line();
  if (cursor.takes('(')) {
    return cursor.within(true, () => {
      const inner = parseExpression(cursor);
      if (!cursor.takes(')')) {
        cursor.fail(
          `The parenthesis of line ${line} is not closed: ")" is missing before ${cursor.here}.`,
        );
      }
      // A wrapper of its own: `(name)` as an object's key is a reference, and `name` is a text.
      return { type: 'operation', operands: [inner], line };
    });
  }
  if (cursor.takes('-') || cursor.takes('!')) {
    const operand = cursor.within(cursor.newlinesAreSpace, () => parseWithSteps(cursor));
    const isNumber = operand.type === 'literal' && typeof operand.value === 'number';
    if (isNumber && cursor.text[start] === '-')
      return { ...operand, value: -Number(operand.value) };
    return { type: 'operation', operands: [operand], line };
  }
  if (cursor.sees('"')) return parseQuoted(cursor);
  if (cursor.sees('<<')) return parseHeredoc(cursor);
  if (cursor.takes('[')) return parseTuple(cursor, line);
  if (cursor.takes('{')) return parseObject(cursor, line);
  const digits = cursor.match(number);
  if (digits) return { type: 'literal', value: Number(digits[0]), line };
  return parseNamed(cursor, line);
}

function parseNamed(cursor: Cursor, line: number): Expression {
  let name = cursor.word();
  if (name === null) {
    if (cursor.sees("'")) cursor.fail('Texts are written in double quotes: " instead of \'.');
    return cursor.fail(`A value is missing: here is ${cursor.here}.`);
  }
  // `provider::name::function(…)`, since Terraform 1.8.
  while (cursor.takes('::')) {
    const part = cursor.word() ?? cursor.fail('After "::" comes the name of a function.');
    name = `${name}::${part}`;
    if (!cursor.sees('::') && !cursor.sees('('))
      cursor.fail('"::" is used in calls alone. Add "(…)".');
  }
  if (cursor.takes('(')) return { type: 'call', name, ...parseArguments(cursor, name), line };
  const constant = constants.get(name);
  if (constant !== undefined) return { type: 'literal', value: constant, line };
  return { type: 'reference', root: name, steps: [], line };
}
