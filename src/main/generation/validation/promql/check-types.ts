import type { SyntaxNode } from '@lezer/common';
import { quote } from '../report.ts';
import { checkBinary } from './check-binary.ts';
import { checkSelector } from './check-selector.ts';
import { misquoted } from './literals.ts';
import { parameterOf, signatureOf, type ValueType } from './signatures.ts';

/** What the checks of one expression share. */
export type Context = {
  readonly text: string;
  readonly maxDepth: number;
  readonly say: (offset: number, message: string) => void;
};

const words: Readonly<Record<ValueType, string>> = {
  vector: 'an instant vector',
  matrix: 'a range vector, such as x[5m]',
  scalar: 'a number',
  string: 'a text',
};

/** The children of a node. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const all: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) all.push(child);
  return all;
}

/** What an expression gives; says every fault within it. Null where a fault hides it. */
export function typeOfExpression(context: Context, node: SyntaxNode): ValueType | null {
  const { text, say } = context;
  const inner = (child: SyntaxNode | null | undefined): ValueType | null =>
    child ? typeOfExpression(context, child) : null;
  switch (node.name) {
    case 'NumberDurationLiteral':
      return 'scalar';
    case 'StringLiteral': {
      const wrong = misquoted(text.slice(node.from, node.to));
      if (wrong !== null) say(node.from, wrong);
      return 'string';
    }
    case 'VectorSelector':
      checkSelector(context, node);
      return 'vector';
    case 'MatrixSelector': {
      const given = inner(node.firstChild);
      if (given !== null && node.firstChild?.name !== 'VectorSelector') {
        say(
          node.from,
          'A range stands after a metric only: x[5m]. Of other expressions take a subquery: (…)[5m:].',
        );
      }
      checkRange(context, node);
      return 'matrix';
    }
    case 'SubqueryExpr':
      expect(context, node.firstChild, inner(node.firstChild), 'vector', 'A subquery');
      checkRange(context, node);
      return 'matrix';
    case 'OffsetExpr':
    case 'StepInvariantExpr':
    case 'AnchoredExpr':
    case 'SmoothedExpr': {
      const given = inner(node.firstChild);
      const what = modified(node)?.name ?? '';
      if (
        given !== null &&
        !/^(?:VectorSelector|MatrixSelector|SubqueryExpr|OffsetExpr|StepInvariantExpr|AnchoredExpr|SmoothedExpr)$/.test(
          what,
        )
      ) {
        say(node.from, 'offset and @ stand after a metric or its range only. Move it there.');
      }
      if (isRepeated(node)) say(node.from, 'offset or @ stands here twice. Keep one.');
      return given;
    }
    case 'ParenExpr':
      return inner(node.firstChild);
    case 'UnaryExpr': {
      const of = node.lastChild;
      const given = inner(of);
      if (of && (given === 'string' || given === 'matrix')) {
        say(
          of.from,
          `A sign stands before a number or an instant vector, not before ${words[given]}.`,
        );
        return null;
      }
      return given;
    }
    case 'BinaryExpr':
      return checkBinary(context, node, inner);
    case 'FunctionCall':
      return checkCall(context, node);
    case 'AggregateExpr':
      return checkAggregation(context, node);
    default:
      return null;
  }
}

/**
 * What a modifier stands after. The published grammar hangs it on the whole of `a - b offset 1h`;
 * Prometheus' own binds it to what is right before it.
 */
function modified(node: SyntaxNode): SyntaxNode | null {
  let at = node.firstChild;
  while (at && /^(?:Binary|Unary)Expr$/.test(at.name)) at = at.lastChild;
  return at;
}

/** Whether an expression that this one stands after has the same modifier. */
function isRepeated(node: SyntaxNode): boolean {
  for (let at = modified(node); at && /Expr$/.test(at.name); at = modified(at)) {
    if (at.name === node.name) return true;
  }
  return false;
}

function checkRange({ text, say }: Context, node: SyntaxNode): void {
  for (const range of childrenOf(node).filter(({ name }) => name === 'DurationExpr')) {
    const written = text.slice(range.from, range.to).trim();
    if (/^0(?:ms|[smhdwy])?$/.test(written))
      say(range.from, 'A range of 0 holds nothing. Give it a length, such as 5m.');
    else if (
      /^[\d.]+[a-z]/.test(written) &&
      !/^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?$/.test(written)
    )
      say(
        range.from,
        `${quote(written)} is no duration. Write the largest unit first, such as 1h30m.`,
      );
  }
}

function expect(
  { say }: Context,
  node: SyntaxNode | null | undefined,
  given: ValueType | null,
  wanted: ValueType,
  who: string,
): void {
  if (!node || given === null || given === wanted) return;
  say(node.from, `${who} takes ${words[wanted]} here, and this is ${words[given]}.`);
}

function argumentsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const body = node.getChild('FunctionCallBody');
  return body ? childrenOf(body).filter(({ name }) => name !== 'LineComment') : [];
}

function checkCall(context: Context, node: SyntaxNode): ValueType | null {
  const { text, say } = context;
  const called = node.getChild('FunctionIdentifier');
  const name = called ? text.slice(called.from, called.to) : '';
  const args = argumentsOf(node);
  const given = args.map((arg) => typeOfExpression(context, arg));
  const signature = signatureOf(name);
  if (signature === undefined) {
    say(node.from, `PromQL has no function ${quote(name)}. Use one that it has.`);
    return null;
  }
  const { args: wanted, optional, repeats, gives } = signature;
  const least = wanted.length - optional;
  if (args.length < least || (!repeats && args.length > wanted.length)) {
    const number = repeats
      ? `at least ${least}`
      : optional > 0
        ? `${least} to ${wanted.length}`
        : `${least}`;
    say(node.from, `${name}() takes ${number} arguments, and has ${args.length}.`);
    return gives;
  }
  args.forEach((arg, index) => {
    const type = wanted[Math.min(index, wanted.length - 1)] as ValueType;
    expect(context, arg, given[index] ?? null, type, `${name}()`);
  });
  return gives;
}

function checkAggregation(context: Context, node: SyntaxNode): ValueType {
  const { text, say } = context;
  const operation = node.getChild('AggregateOp');
  const name = operation ? text.slice(operation.from, operation.to).toLowerCase() : '';
  const args = argumentsOf(node);
  const given = args.map((arg) => typeOfExpression(context, arg));
  const parameter = parameterOf(name);
  const wanted: readonly ValueType[] = parameter ? [parameter, 'vector'] : ['vector'];
  if (args.length !== wanted.length) {
    say(
      node.from,
      `${name}() takes ${wanted.length} ${wanted.length === 1 ? 'argument' : 'arguments'}, and has ${args.length}.`,
    );
    return 'vector';
  }
  args.forEach((arg, index) => {
    expect(context, arg, given[index] ?? null, wanted[index] as ValueType, `${name}()`);
  });
  return 'vector';
}
