import type { Attribute } from '../../validation/terraform/hcl/syntax.ts';
import { lineStart, nextLine, type TextEdit } from '../text-edits.ts';
import { alignmentOf } from './alignment.ts';

/** Adds an entry to the object that an argument is set to; null where its lines are not simple. */
export function entryEdits(
  text: string,
  { value: object, start, line, endLine }: Attribute,
  name: string,
  value: string,
): readonly TextEdit[] | null {
  if (object.type !== 'object') return null;
  if (line === endLine) {
    const found = /^[\w-]+[ \t]*=[ \t]*\{[^{}#\n]*?(?=[ \t]*\})/.exec(
      text.slice(start, nextLine(text, start)),
    );
    if (!found) return null;
    const at = start + found[0].length;
    const comma = object.items.length === 0 || /,\s*$/.test(found[0]) ? ' ' : ', ';
    return [{ start: at, end: at, text: `${comma}${name} = ${value}` }];
  }
  const lines = linesOf(text, start, endLine - line + 1);
  const entries = lines.slice(1, -1).map((at) => {
    const [, pad = '', key] =
      /^([ \t]*)([\w"-]+)[ \t]*=[^{[(<]*$/.exec(text.slice(at, nextLine(text, at)).trimEnd()) ?? [];
    return key === undefined ? null : { start: at + pad.length, name: key, pad };
  });
  const last = entries.at(-1);
  const simple = entries.filter((one) => one !== null);
  // Comments and nested values between the entries: a person has to place this one.
  if (!last || simple.length !== object.items.length || simple.length !== entries.length)
    return null;
  const { width, edits } = alignmentOf(text, simple, [name]);
  const at = nextLine(text, last.start);
  return [...edits, { start: at, end: at, text: `${last.pad}${name.padEnd(width)} = ${value}\n` }];
}

/** Where each of some lines begins, from that of an offset on. */
function linesOf(text: string, offset: number, count: number): readonly number[] {
  const starts = [lineStart(text, offset)];
  while (starts.length < count) starts.push(nextLine(text, starts.at(-1) ?? 0));
  return starts;
}
