import type { Cursor } from './cursor.ts';
import { parseExpression } from './parse-expression.ts';
import type { CallExpression, Expression, ObjectItem } from './syntax.ts';

const forWord = /for(?![\p{ID_Continue}-])/uy;

/** Parses what follows the `(` of a call, up to its `)`. */
export function parseArguments(
  cursor: Cursor,
  name: string,
): Pick<CallExpression, 'args' | 'expands'> {
  return cursor.within(true, () => {
    const args: Expression[] = [];
    let expands = false;
    while (!cursor.takes(')')) {
      args.push(parseExpression(cursor));
      if (cursor.takes('...')) {
        expands = true;
        if (!cursor.takes(')'))
          cursor.fail(`"..." ends the arguments of ${name}: ")" comes after it.`);
        break;
      }
      if (cursor.takes(',')) continue;
      if (!cursor.sees(')')) {
        cursor.fail(`The arguments of ${name} need "," or ")" before ${cursor.here}.`);
      }
    }
    return { args, expands };
  });
}

/** Parses what follows a `[`: a list, or a `for` that makes one. */
export function parseTuple(cursor: Cursor, line: number): Expression {
  return cursor.within(true, () => {
    cursor.skip();
    if (cursor.match(forWord)) return parseFor(cursor, line, ']');
    const items: Expression[] = [];
    while (!cursor.takes(']')) {
      items.push(parseExpression(cursor));
      if (cursor.takes(',') || cursor.sees(']')) continue;
      cursor.fail(`The list of line ${line} needs "," or "]" before ${cursor.here}.`);
    }
    return { type: 'tuple', items, line };
  });
}

/** Parses what follows a `{` in an expression: an object, or a `for` that makes one. */
export function parseObject(cursor: Cursor, line: number): Expression {
  const start = cursor.at;
  cursor.skipLines();
  if (cursor.match(forWord)) return cursor.within(true, () => parseFor(cursor, line, '}'));
  cursor.at = start;
  return cursor.within(false, () => {
    const items: ObjectItem[] = [];
    for (;;) {
      cursor.skipLines();
      if (cursor.takes('}')) break;
      items.push(parseItem(cursor));
      if (cursor.takes('}')) break;
      if (cursor.takes(',') || cursor.seesLineEnd()) continue;
      cursor.fail(`Entries of an object are parted by a line's end or ",", not by ${cursor.here}.`);
    }
    return { type: 'object', items, line };
  });
}

function parseItem(cursor: Cursor): ObjectItem {
  if (cursor.at >= cursor.text.length) cursor.fail('The object is not closed. Add "}".');
  const line = cursor.line();
  const key = parseExpression(cursor);
  if (!cursor.takes('=') && !cursor.takes(':')) {
    cursor.fail(`After an object's key comes "=" and its value, not ${cursor.here}.`);
  }
  const isBare = key.type === 'reference' && key.steps.length === 0;
  return {
    key: isBare ? { type: 'literal', value: key.root, line } : key,
    value: parseExpression(cursor),
    line,
  };
}

function parseFor(cursor: Cursor, line: number, close: ']' | '}'): Expression {
  const { names, over } = parseForHead(cursor);
  if (!cursor.takes(':'))
    cursor.fail(`After the collection of a "for" comes ":", not ${cursor.here}.`);
  const first = parseExpression(cursor);
  const inner = [first];
  const makes = close === '}' ? 'object' : 'tuple';
  if (cursor.takes('=>')) {
    if (makes === 'tuple') cursor.fail('A "for" in [ ] makes a list, which has no keys. Use { }.');
    inner.push(parseExpression(cursor));
    cursor.takes('...');
  } else if (makes === 'object') {
    cursor.fail(`A "for" in { } needs "key => value", and has ${cursor.here} where "=>" belongs.`);
  }
  cursor.skip();
  if (cursor.match(/if(?![\p{ID_Continue}-])/uy)) inner.push(parseExpression(cursor));
  if (!cursor.takes(close)) {
    cursor.fail(
      `The "for" of line ${line} is not closed: "${close}" is missing before ${cursor.here}.`,
    );
  }
  return { type: 'for', names, over, inner, makes, line };
}

/** Parses `name, name in collection`, of a `for` in an expression or in a template. */
export function parseForHead(cursor: Cursor): {
  readonly names: readonly string[];
  readonly over: Expression;
} {
  const names: string[] = [];
  do {
    names.push(cursor.word() ?? cursor.fail(`"for" needs a name, not ${cursor.here}.`));
  } while (names.length < 2 && cursor.takes(','));
  const place = cursor.at;
  if (cursor.word() !== 'in') cursor.fail('After the names of a "for" comes "in".', place);
  return { names, over: parseExpression(cursor) };
}
