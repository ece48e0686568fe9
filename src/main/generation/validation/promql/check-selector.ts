import type { SyntaxNode } from '@lezer/common';
import { quote } from '../report.ts';
import { type Context, childrenOf } from './check-types.ts';
import { badPattern, misquoted, textOf } from './literals.ts';

/** Checks the matchers of a metric: names, texts, patterns, and that they say what is asked for. */
export function checkSelector({ text, say }: Context, node: SyntaxNode): void {
  const read = ({ from, to }: SyntaxNode): string => text.slice(from, to);
  const name = node.getChild('Identifier') ?? node.getChild('MetricName');
  const matchers = node.getChild('LabelMatchers');
  let narrows = name !== null;
  let named = name !== null;
  for (const matcher of matchers ? childrenOf(matchers) : []) {
    if (matcher.name === 'QuotedLabelName') {
      if (named) say(matcher.from, 'The metric is named twice. Remove one of its names.');
      named = true;
      narrows = true;
      continue;
    }
    const value = matcher.getChild('StringLiteral');
    const operation = matcher.getChild('MatchOp');
    const label = matcher.getChild('LabelName');
    if (!value || !operation) continue;
    const wrong = misquoted(read(value));
    if (wrong !== null) {
      say(value.from, wrong);
      narrows = true;
      continue;
    }
    const sign = read(operation);
    const wanted = textOf(read(value));
    const fault = sign.endsWith('~') ? badPattern(wanted) : null;
    if (fault !== null)
      say(value.from, `${quote(wanted)} is no pattern of RE2: ${fault}. Mend it.`);
    if (label && read(label) === '__name__' && sign === '=') {
      if (named) say(matcher.from, 'The metric is named twice. Remove one of its names.');
      named = true;
    }
    if (fault !== null || !matchesEmpty(sign, wanted)) narrows = true;
  }
  if (!narrows) {
    say(
      node.from,
      'Every series would be read: at least one matcher must not match the empty text. Name the metric.',
    );
  }
}

function matchesEmpty(sign: string, wanted: string): boolean {
  switch (sign) {
    case '=':
      return wanted === '';
    case '!=':
      return wanted !== '';
    default: {
      const plain = wanted.replace(/\(\?P</g, '(?<').replace(/^\(\?[ims]+\)/, '');
      let matches: boolean;
      try {
        matches = new RegExp(`^(?:${plain})$`).test('');
      } catch {
        return false;
      }
      return sign === '=~' ? matches : !matches;
    }
  }
}
