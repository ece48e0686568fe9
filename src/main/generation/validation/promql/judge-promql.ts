import type { SyntaxNode } from '@lezer/common';
import { quote } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import { typeOfExpression } from './check-types.ts';
import { functionNames, type ValueType } from './signatures.ts';

/** A fault of an expression; `offset` is 0-based within its text. */
export type PromqlProblem = { readonly offset: number; readonly message: string };

/** What is known of an expression: its faults, and what it gives where there are none. */
export type PromqlVerdict = {
  readonly problems: readonly PromqlProblem[];
  readonly gives: ValueType | null;
};

/** Longest expression that is read, in characters; real ones have some hundreds, or name hundreds of services. */
const maxLength = 100_000;
const maxDepth = 150;

type Parser = { parse(text: string): { readonly topNode: SyntaxNode } };
let loaded: Promise<Parser> | null = null;

/** Loads the parser, once. */
export function promqlParser(): Promise<Parser> {
  loaded ??= import('@prometheus-io/lezer-promql').then(({ parser }) => parser);
  return loaded;
}

/**
 * Judges an expression as `promtool` does: syntax by the grammar that Prometheus publishes, then
 * functions, numbers and types of arguments, matchers, patterns and vector matching.
 */
export function judgePromql(parser: Parser, text: string): PromqlVerdict {
  const fault = (offset: number, message: string): PromqlVerdict => ({
    problems: [{ offset, message }],
    gives: null,
  });
  if (text.trim() === '') return fault(0, 'The expression is empty. Write one.');
  if (text.length > maxLength) {
    return fault(0, `The expression has more than ${maxLength} characters. Split it.`);
  }
  const { topNode } = parser.parse(text);
  const broken = firstError(topNode, text);
  if (broken !== null) return fault(broken.offset, broken.message);
  const problems: PromqlProblem[] = [];
  const root = topNode.firstChild;
  const gives = root
    ? typeOfExpression(
        { text, maxDepth, say: (offset, message) => problems.push({ offset, message }) },
        root,
      )
    : null;
  return { problems, gives: problems.length === 0 ? gives : null };
}

function firstError(top: SyntaxNode, text: string): PromqlProblem | null {
  const cursor = top.cursor();
  let depth = 0;
  let first: SyntaxNode | null = null;
  const forward = (): boolean => {
    if (cursor.firstChild()) {
      depth += 1;
      return true;
    }
    while (!cursor.nextSibling()) {
      if (!cursor.parent()) return false;
      depth -= 1;
    }
    return true;
  };
  do {
    if (depth > maxDepth) {
      return { offset: cursor.from, message: 'The expression nests too deep. Split it.' };
    }
    if (cursor.type.isError) {
      first = cursor.node;
      break;
    }
  } while (forward());
  if (first === null) return null;
  const called = /([a-zA-Z_]\w*)\s*$/.exec(text.slice(0, first.from))?.[1];
  if (called !== undefined && text[first.from] === '(') {
    const hint = didYouMean(called, functionNames);
    const message = `PromQL has no function ${quote(called)}.${hint || ' Use one that it has.'}`;
    return { offset: first.from, message };
  }
  const near = text.slice(first.from).trimStart().split(/\s/, 1)[0] ?? '';
  const place = near === '' ? 'its end' : quote(near, 30);
  return { offset: first.from, message: `The expression is no PromQL at ${place}. Mend it there.` };
}
