import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { keyText } from '../../validation/yaml/key-text.ts';
import type { YamlPath } from '../../validation/yaml/line-of-path.ts';
import { nextLine } from '../text-edits.ts';

/** What is at a path: a node, or the deepest one on the way and the steps that are missing. */
export type Found =
  | {
      readonly type: 'there';
      readonly node: unknown;
      readonly pair: Pair | null;
      readonly inFlow: boolean;
    }
  | {
      readonly type: 'missing';
      readonly parent: unknown;
      readonly pair: Pair | null;
      readonly rest: YamlPath;
    }
  /** An alias is on the way: what it stands for belongs to others too. */
  | { readonly type: 'shared' };

/** Looks a path up among the nodes that stand there themselves. */
export function find(root: unknown, path: YamlPath): Found {
  let node = root;
  let pair: Pair | null = null;
  let inFlow = false;
  for (const [at, step] of path.entries()) {
    if (isAlias(node)) return { type: 'shared' };
    if (isCollection(node) && node.flow) inFlow = true;
    if (isMap(node)) {
      const next: Pair | undefined = node.items.find((one) => keyText(one.key) === String(step));
      if (!next) return { type: 'missing', parent: node, pair, rest: path.slice(at) };
      pair = next;
      node = next.value;
    } else if (isSeq(node) && typeof step === 'number' && step < node.items.length) {
      node = node.items[step];
      pair = null;
    } else return { type: 'missing', parent: node, pair, rest: path.slice(at) };
  }
  return isAlias(node) ? { type: 'shared' } : { type: 'there', node, pair, inFlow };
}

/** Whether a value was left empty: `key:` and nothing behind it. */
export function isEmpty(node: unknown): boolean {
  return node === null || (isScalar(node) && node.value === null && !node.source);
}

/** Where a node begins, or null where it is nowhere. */
export function startOf(node: unknown): number | null {
  return (node as { range?: readonly number[] | null } | null)?.range?.[0] ?? null;
}

/** Where the text of a node ends, without comments and line breaks behind it. */
function endOf(node: unknown): number | null {
  if (isPair(node)) return isEmpty(node.value) ? endOf(node.key) : endOf(node.value);
  if (isCollection(node) && !node.flow && node.items.length > 0) return endOf(node.items.at(-1));
  return (node as { range?: readonly number[] | null } | null)?.range?.[1] ?? null;
}

/**
 * Where lines can be put behind the last item of a block collection whose items stand in `column`:
 * the beginning of a line, behind comments that are moved in further, which belong to the item.
 */
export function behind(text: string, collection: YAMLMap | YAMLSeq, column: number): number | null {
  return behindNode(text, collection.items.at(-1), column);
}

/** The same behind one item. */
export function behindNode(text: string, item: unknown, column: number): number | null {
  const end = endOf(item);
  if (end === null) return null;
  // A block scalar ends with its line break.
  let at = text[end - 1] === '\n' ? end : nextLine(text, end);
  for (;;) {
    const [, pad = '', item] = /^([ \t]*)#([ \t]*- )?/.exec(text.slice(at, at + 1_000)) ?? [];
    const isComment = text[at + pad.length] === '#';
    // An item that was commented out stands in the column of its list, which may be the key's.
    if (!isComment || pad.length < column || (pad.length === column && !item)) return at;
    at = nextLine(text, at);
  }
}
