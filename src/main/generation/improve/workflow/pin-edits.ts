import { isMap, isScalar, isSeq } from 'yaml';
import { keyText } from '../../validation/yaml/key-text.ts';
import { nextLine, type TextEdit } from '../text-edits.ts';

/** The commit of a release of an action, or null where it is not known. */
export type CommitOf = (
  action: string,
  ref: string,
) => { readonly commit: string; readonly version: string } | null;

/** Edits that put the commit in place of a tag after each `uses:`, with the version as its comment. */
export function pinEdits(text: string, root: unknown, commitOf: CommitOf): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  const visit = (node: unknown): void => {
    if (isSeq(node)) for (const item of node.items) visit(item);
    if (!isMap(node)) return;
    for (const { key, value } of node.items) {
      if (keyText(key) !== 'uses' || !isScalar(value)) visit(value);
      else edits.push(...editOf(text, value.value, value.range, commitOf));
    }
  };
  visit(root);
  return edits;
}

function editOf(
  text: string,
  value: unknown,
  range: readonly number[] | null | undefined,
  commitOf: CommitOf,
): readonly TextEdit[] {
  const [start, end] = range ?? [];
  const [, action, ref] = /^([\w.-]+\/[\w./-]+)@([\w.-]+)$/.exec(String(value)) ?? [];
  if (start === undefined || end === undefined || action === undefined || ref === undefined)
    return [];
  const release = commitOf(action, ref);
  const written = text.slice(start, end);
  // A comment that is there, or a step on one line, leaves no room to say which version it is.
  if (release === null || text.slice(end, nextLine(text, end)).trim() !== '') return [];
  const pinned = written.replace(`@${ref}`, `@${release.commit}`);
  return [{ start, end, text: `${pinned} # ${release.version}` }];
}
