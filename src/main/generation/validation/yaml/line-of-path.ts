import { type Document, isAlias, isMap, isSeq, type Node } from 'yaml';
import { keyText } from './key-text.ts';

/** Keys and indexes from a document's root to a value. */
export type YamlPath = readonly (string | number)[];

/** Offset of the key (or list item) at `path`, or of the nearest ancestor; follows aliases and `<<`. */
export function lineOfPath(document: Document.Parsed, path: YamlPath): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    const target = resolve(document, node);
    if (isMap(target)) {
      const pair = findPair(document, target, String(step), 0);
      if (pair === null) return offset;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(target)) {
      node = target.items[Number(step)];
      if (node === undefined) return offset;
      offset = startOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return node !== null && typeof node === 'object' && 'range' in node
    ? (node as Node).range?.[0]
    : undefined;
}

function resolve(document: Document.Parsed, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function findPair(
  document: Document.Parsed,
  node: unknown,
  key: string,
  depth: number,
): { readonly key: unknown; readonly value: unknown } | null {
  const map = resolve(document, node);
  if (isSeq(map)) {
    for (const item of map.items) {
      const found = findPair(document, item, key, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }
  if (!isMap(map) || depth > 10) return null;
  const own = map.items.findLast((pair) => keyText(pair.key) === key);
  if (own !== undefined) return own;
  for (const pair of map.items) {
    if (keyText(pair.key) !== '<<') continue;
    const merged = findPair(document, pair.value, key, depth + 1);
    if (merged !== null) return merged;
  }
  return null;
}
