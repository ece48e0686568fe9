import { type Document, isAlias, isCollection, isMap, isScalar, type Node } from 'yaml';
import { quote, type Report } from '../report.ts';
import { keyText } from './key-text.ts';

/** Most nodes that a document may have once its aliases are expanded. */
const maxExpandedNodes = 500_000;
const maxDepth = 200;

/**
 * Walks a parsed document once: duplicate keys become findings, and a document that its aliases blow
 * up, that holds itself, or that nests too deep is refused. False where it must not be read further.
 */
export function checkNodes(
  document: Document.Parsed,
  lineAt: (offset: number) => number,
  namespace: string,
  report: Report,
): boolean {
  const sizes = new Map<Node, number>();
  const open = new Set<Node>();
  let refusal: { readonly offset: number; readonly rule: string; readonly text: string } | null =
    null;
  const refuse = (node: Node, rule: string, text: string): number => {
    refusal ??= { offset: node.range?.[0] ?? 0, rule, text };
    return maxExpandedNodes + 1;
  };

  const sizeOf = (value: unknown, depth: number): number => {
    if (refusal !== null || value === null || typeof value !== 'object') return 1;
    const node = value as Node;
    if (depth > maxDepth)
      return refuse(node, 'too-deep', 'The nesting is deeper than 200 levels. Flatten it.');
    if (isAlias(node)) {
      const source = node.resolve(document);
      if (source === undefined)
        return refuse(node, 'yaml', `The alias ${quote(node.source)} has no anchor above it.`);
      if (open.has(source))
        return refuse(node, 'alias-bomb', 'This alias contains itself. Write the value out.');
      return sizes.get(source) ?? sizeOf(source, depth + 1);
    }
    if (!isCollection(node)) return 1;
    const known = sizes.get(node);
    if (known !== undefined) return known;
    open.add(node);
    let size = 1;
    if (isMap(node)) {
      const keys = new Set<unknown>();
      for (const pair of node.items) {
        const key = keyText(pair.key);
        if (key === '<<') {
          const source = isAlias(pair.value) ? pair.value.resolve(document) : pair.value;
          if (!isCollection(source)) {
            return refuse(
              node,
              'yaml',
              'What << merges must be a mapping. Give it an alias of one.',
            );
          }
        }
        if (isScalar(pair.key) && key !== null && key !== '<<') {
          if (keys.has(key)) {
            const at = lineAt(pair.key.range?.[0] ?? node.range?.[0] ?? 0);
            const message = `The key ${quote(key)} is there twice in one mapping; only one can count. Remove one.`;
            report.add(
              `${namespace}/duplicate-key`,
              // GitLab's YAML takes the last of them, and pipelines of public projects live with that.
              namespace === 'gitlab-ci' ? 'warning' : 'error',
              at,
              message,
              'https://yaml.org/spec/1.2.2/#3213-node-comparison',
            );
          }
          keys.add(key);
        }
        size += sizeOf(pair.key, depth + 1) + sizeOf(pair.value, depth + 1);
        if (size > maxExpandedNodes) break;
      }
    } else {
      for (const item of node.items) {
        size += sizeOf(item, depth + 1);
        if (size > maxExpandedNodes) break;
      }
    }
    open.delete(node);
    sizes.set(node, size);
    if (size > maxExpandedNodes)
      return refuse(
        node,
        'alias-bomb',
        'The aliases expand to more than 500,000 values. Write the values out.',
      );
    return size;
  };

  sizeOf(document.contents, 0);
  const found = refusal as { offset: number; rule: string; text: string } | null;
  if (found === null) return true;
  report.add(
    `${namespace}/${found.rule}`,
    'error',
    lineAt(found.offset),
    found.text,
    'https://yaml.org/spec/1.2.2/#71-alias-nodes',
  );
  return false;
}
