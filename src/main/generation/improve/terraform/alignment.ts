import type { Attribute } from '../../validation/terraform/hcl/syntax.ts';
import type { TextEdit } from '../text-edits.ts';

/** The name of an argument, or of an entry, and where it and the sign behind it stand. */
export type Lead = { readonly start: number; readonly name: string };

/** How new lines beside others are to stand: their names padded to `width`, and theirs moved. */
export type Alignment = { readonly width: number; readonly edits: readonly TextEdit[] };

/**
 * Where the `=` of new names belongs that come to stand beside lines that follow each other, as
 * `terraform fmt` has it: in one column. Lines that are not so aligned today stay as they are.
 */
export function alignmentOf(
  text: string,
  chain: readonly Lead[],
  names: readonly string[],
): Alignment {
  const longest = Math.max(0, ...names.map((name) => name.length));
  if (chain.length === 0) return { width: longest, edits: [] };
  const signs = chain.map(({ start, name }) => text.indexOf('=', start + name.length));
  const columns = chain.map(({ start }, at) => (signs[at] ?? 0) - start);
  const width = Math.max(...chain.map(({ name }) => name.length));
  const isAligned = columns.every((column) => column === width + 1);
  if (!isAligned) {
    const [column = 0] = columns;
    const shared = columns.every((one) => one === column) ? column - 1 : 0;
    return { width: shared, edits: [] };
  }
  const more = longest - width;
  if (more <= 0) return { width, edits: [] };
  return {
    width: longest,
    edits: signs.map((start) => ({ start, end: start, text: ' '.repeat(more) })),
  };
}

/** The arguments in lines of their own that follow each other up to `line`, or down from it. */
export function chainAt(
  found: readonly Attribute[],
  line: number,
  step: 1 | -1,
): readonly Attribute[] {
  const byLine = new Map(
    found.filter((one) => one.line === one.endLine).map((one) => [one.line, one]),
  );
  const chain: Attribute[] = [];
  for (let at = line; ; at += step) {
    const next = byLine.get(at);
    if (!next) return chain;
    chain.push(next);
  }
}
