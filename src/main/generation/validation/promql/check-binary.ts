import type { SyntaxNode } from '@lezer/common';
import { type Context, childrenOf } from './check-types.ts';
import type { ValueType } from './signatures.ts';

const operators =
  /^(?:Pow|Mul|Div|Mod|Atan2|Add|Sub|Eql|Gte|Gtr|Lte|Lss|Neq|And|Or|Unless|TrimUpper|TrimLower)$/;

/** Checks an operation between two expressions; `inner` tells what an operand gives. */
export function checkBinary(
  { text, say }: Context,
  node: SyntaxNode,
  inner: (child: SyntaxNode) => ValueType | null,
): ValueType | null {
  const parts = childrenOf(node).filter(({ name }) => name !== 'LineComment');
  const operator = parts.find(({ name }) => operators.test(name));
  const [left, right] = [parts[0], parts.at(-1)];
  if (!operator || !left || !right) return null;
  const [first, second] = [inner(left), inner(right)];
  const set = /^(?:And|Or|Unless)$/.test(operator.name);
  const compares = /^(?:Eql|Gte|Gtr|Lte|Lss|Neq)$/.test(operator.name);
  const bool = parts.some(({ name }) => name === 'BoolModifier');
  const sign = text.slice(operator.from, operator.to);
  for (const [operand, type] of [
    [left, first],
    [right, second],
  ] as const) {
    if (type === 'string' || type === 'matrix') {
      say(
        operand.from,
        `${sign} takes numbers and instant vectors, and this is ${type === 'string' ? 'a text' : 'a range vector'}.`,
      );
      return null;
    }
    if (set && type === 'scalar')
      say(operand.from, `${sign} takes instant vectors on both sides, and this is a number.`);
  }
  if (first === null || second === null) return null;
  if (bool && !compares) say(operator.from, 'bool stands after a comparison only. Remove it.');
  if (compares && !bool && first === 'scalar' && second === 'scalar') {
    say(operator.from, `Two numbers are compared with ${sign} bool. Add bool.`);
  }
  checkMatching(text, say, node, first === 'vector' && second === 'vector', set);
  return first === 'scalar' && second === 'scalar' ? 'scalar' : 'vector';
}

function checkMatching(
  text: string,
  say: Context['say'],
  node: SyntaxNode,
  vectors: boolean,
  set: boolean,
): void {
  const clause =
    node.getChild('MatchingModifierClause') ??
    node.getChild('BoolModifier')?.getChild('MatchingModifierClause');
  if (!clause) return;
  if (!vectors) {
    say(
      clause.from,
      'on, ignoring and group_ stand between two instant vectors only. Remove them.',
    );
    return;
  }
  const [matched, grouped] = clause.getChildren('GroupingLabels');
  const many = clause.getChild('GroupLeft') ?? clause.getChild('GroupRight');
  if (many && set)
    say(many.from, 'and, or and unless match many to many; they have no group_. Remove it.');
  if (!many || !matched || !grouped || !clause.getChild('On')) return;
  const labels = new Set(labelsOf(text, matched));
  const twice = labelsOf(text, grouped).find((label) => labels.has(label));
  if (twice !== undefined)
    say(
      grouped.from,
      `The label ${twice} is matched and taken over at once. Name it in one list only.`,
    );
}

function labelsOf(text: string, list: SyntaxNode): readonly string[] {
  return childrenOf(list).map(({ from, to }) => text.slice(from, to));
}
