import type { SyntaxNode } from '@lezer/common';
import { textOf } from '../validation/promql/literals.ts';

/** What reads PromQL. */
export type PromqlParser = { parse(text: string): { readonly topNode: SyntaxNode } };

/** The series that an expression asks for: a metric, and what its labels must be. */
export type Series = {
  /** Empty where only labels are asked for. */
  readonly metric: string;
  readonly matchers: readonly {
    readonly label: string;
    readonly sign: string;
    readonly value: string;
  }[];
};

const maxLength = 100_000;

/**
 * The series of an expression, one after the other. What Grafana puts in for `$__rate_interval` is
 * put in first, so that the expression can be read; of a broken one what can be read is given.
 */
export function seriesOf(parser: PromqlParser, expression: string): readonly Series[] {
  if (expression.length > maxLength) return [];
  const text = expression
    .replace(/\[\$\{?\w+\}?(?=[\]:])/g, '[5m')
    .replace(/:\$\{?\w+\}?\]/g, ':1m]');
  const cursor = parser.parse(text).topNode.cursor();
  const found: Series[] = [];
  do {
    if (cursor.name !== 'VectorSelector') continue;
    const node = cursor.node;
    const name = node.getChild('Identifier') ?? node.getChild('MetricName');
    const matchers = (
      node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []
    ).flatMap((matcher) => {
      const [label, sign, value] = ['LabelName', 'MatchOp', 'StringLiteral'].map((one) => {
        const child = matcher.getChild(one);
        return child ? text.slice(child.from, child.to) : null;
      });
      return label && sign && value ? [{ label, sign, value: textOf(value) }] : [];
    });
    found.push({ metric: name ? text.slice(name.from, name.to) : '', matchers });
  } while (cursor.next());
  return found;
}

/** The plain names that a matcher lets through: one, or the alternatives of a pattern. */
export function namesOf({ sign, value }: Series['matchers'][number]): readonly string[] {
  if (sign !== '=' && sign !== '=~') return [];
  const all = sign === '=' ? [value] : value.replace(/^\((.*)\)$/, '$1').split('|');
  return all.filter((one) => /^[A-Za-z0-9][\w-]*$/.test(one));
}
