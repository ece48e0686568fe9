import { type HclFile, parseHcl } from '../../validation/terraform/hcl/parse-hcl.ts';
import type { Attribute, Block } from '../../validation/terraform/hcl/syntax.ts';
import { applyTextEdits, lineEndOf, lineStart, nextLine, type TextEdit } from '../text-edits.ts';
import { alignmentOf, chainAt } from './alignment.ts';
import { entryEdits } from './entry-edits.ts';
import { treeOf } from './expected-tree.ts';
import type { HclChange } from './hcl-change.ts';

/**
 * Makes changes in an HCL text without writing the rest of it anew. What comes out is read again and
 * must say the same but for the changes; null where it does not, or where the text has no room for them.
 */
export function changeHcl(
  text: string,
  hcl: HclFile,
  changes: readonly HclChange[],
): string | null {
  if (changes.length === 0) return text;
  const edits: TextEdit[] = [];
  const blocks = Map.groupBy(
    changes.filter((one) => one.type === 'argument' || one.type === 'inner'),
    ({ block }) => block,
  );
  for (const [block, some] of blocks) {
    const made = intoBlock(text, block, some);
    if (made === null) return null;
    edits.push(...made);
  }
  for (const change of changes) {
    const made =
      change.type === 'value'
        ? otherValue(text, change.argument, change.value)
        : change.type === 'entry'
          ? entryEdits(text, change.argument, change.name, change.value)
          : change.type === 'after'
            ? [behind(text, change.block, change.lines)]
            : [];
    if (made === null) return null;
    edits.push(...made);
  }
  const lineEnd = lineEndOf(text);
  const after = applyTextEdits(
    text,
    edits.map((edit) => ({ ...edit, text: edit.text.replaceAll('\n', lineEnd) })),
  );
  const read = parseHcl(after);
  const isMeant = read.faults.length === 0 && treeOf(read.body) === treeOf(hcl.body, changes);
  return isMeant ? after : null;
}

type Addition = Extract<HclChange, { type: 'argument' | 'inner' }>;

function intoBlock(
  text: string,
  block: Block,
  additions: readonly Addition[],
): readonly TextEdit[] | null {
  const added = additions.filter((one) => one.type === 'argument');
  const inner = additions.filter((one) => one.type === 'inner').map(({ lines }) => lines);
  if (block.line === block.endLine) return intoLine(text, block, added, inner);
  const at = lineStart(text, block.close);
  if (text.slice(at, block.close).trim() !== '') return null;
  const step = indentWithin(text, block);
  const edits: TextEdit[] = [];
  for (const first of [true, false]) {
    const some = added.filter((one) => (one.first ?? false) === first);
    if (some.length > 0) edits.push(...argumentLines(text, block, some, first, step));
  }
  const isEmpty = block.body.attributes.length + block.body.blocks.length + added.length === 0;
  inner.forEach((lines, index) => {
    const gap = index > 0 || !isEmpty ? '\n' : '';
    edits.push({ start: at, end: at, text: `${gap}${indented(lines, step)}` });
  });
  return edits;
}

function argumentLines(
  text: string,
  { body, open, line, close }: Block,
  added: readonly Extract<Addition, { type: 'argument' }>[],
  first: boolean,
  step: string,
): readonly TextEdit[] {
  const last = body.attributes.at(-1);
  const isAtTop = first || last === undefined;
  // Behind the last argument, or right below the opening brace with a line between it and a block.
  const at = isAtTop
    ? nextLine(text, open)
    : startOfLine(text, last.start, last.endLine - last.line + 1);
  const opens = isAtTop && body.blocks.length > 0 && body.attributes.length === 0;
  const chain = isAtTop
    ? chainAt(body.attributes, line + 1, 1)
    : chainAt(body.attributes, last.endLine, -1);
  const { width, edits } = alignmentOf(
    text,
    chain,
    added.filter(({ value }) => !value.includes('\n')).map(({ name }) => name),
  );
  const lines = added.flatMap(({ name, value }) =>
    `${value.includes('\n') ? name : name.padEnd(width)} = ${value}`.split('\n'),
  );
  const wantsGap =
    opens && text.slice(at, close).trim() !== '' && !/^[ \t]*\r?\n/.test(text.slice(at, at + 200));
  return [
    ...edits,
    { start: at, end: at, text: `${indented(lines, step)}${wantsGap ? '\n' : ''}` },
  ];
}

/** A block in one line gets lines of its own. */
function intoLine(
  text: string,
  block: Block,
  added: readonly Extract<Addition, { type: 'argument' }>[],
  inner: readonly (readonly string[])[],
): readonly TextEdit[] | null {
  const held = text.slice(block.open + 1, block.close);
  if (/[#\n]|\/[/*]/.test(held)) return null;
  const pad = indentOf(text, block.start);
  const step = `${pad}  `;
  const own = block.body.attributes[0];
  const names = [...(own ? [own.name] : []), ...added.map(({ name }) => name)];
  const width = Math.max(0, ...names.map((name) => name.length));
  const before = own
    ? [`${own.name.padEnd(width)} = ${held.slice(held.indexOf('=') + 1).trim()}`]
    : [];
  const lines = [...before, ...added.map(({ name, value }) => `${name.padEnd(width)} = ${value}`)];
  const body = [
    ...(lines.length > 0 ? [indented(lines, step)] : []),
    ...inner.map((one) => indented(one, step)),
  ];
  return [{ start: block.open + 1, end: block.close, text: `\n${body.join('\n')}${pad}` }];
}

function otherValue(text: string, argument: Attribute, value: string): readonly TextEdit[] | null {
  if (argument.line !== argument.endLine) return null;
  const sign = text.indexOf('=', argument.start + argument.name.length);
  // Only what stands in quotes, or is a word, ends where it can be seen without doubt.
  const found = /^([ \t]*)("[^"\\$%\n]*"|[\w.-]+)/.exec(text.slice(sign + 1, nextLine(text, sign)));
  if (!found) return null;
  const start = sign + 1 + (found[1] ?? '').length;
  return [{ start, end: start + (found[2] ?? '').length, text: value }];
}

function behind(text: string, block: Block, lines: readonly string[]): TextEdit {
  const at = nextLine(text, block.close);
  const opens = at > 0 && text[at - 1] !== '\n' ? '\n' : '';
  return { start: at, end: at, text: `${opens}\n${indented(lines, '')}` };
}

function indented(lines: readonly string[], pad: string): string {
  return lines.map((line) => (line === '' ? '\n' : `${pad}${line}\n`)).join('');
}

/** The indent of a block's own lines: of the first that it has, else one step more than its own. */
function indentWithin(text: string, block: Block): string {
  const starts = [...block.body.attributes, ...block.body.blocks].map(({ start }) => start);
  const first = Math.min(...starts);
  return starts.length > 0 ? indentOf(text, first) : `${indentOf(text, block.start)}  `;
}

function indentOf(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
}

/** The beginning of the line that comes `lines` after that of an offset. */
function startOfLine(text: string, offset: number, lines: number): number {
  let at = offset;
  for (let count = 0; count < lines; count += 1) at = nextLine(text, at);
  return at;
}
