import { isSeq, type YAMLSeq } from 'yaml';
import { lineStart, type TextEdit } from '../text-edits.ts';
import { behind } from '../yaml/places.ts';
import { bodyOf, columnOf, isBlockOf, type Kustomization, renameKey } from './fields.ts';

/** `bases` are resources: under another name, or behind those that are there. */
export function moveBases({ text, fields }: Kustomization): readonly TextEdit[] {
  const bases = fields.get('bases');
  const resources = fields.get('resources');
  if (!bases) return [];
  if (!resources) return [renameKey(bases, 'resources')];
  if (!isBlockOf(bases, text) || !isBlockOf(resources, text) || !isSeq(resources.value)) return [];
  const column = columnOf(resources, text);
  const at = behind(text, resources.value as YAMLSeq, column);
  const key = bases.key.range?.[0] ?? 0;
  const [start, end] = bodyOf(bases, text);
  const from = above(text, lineStart(text, key));
  // A file that ends without a line break would end within a line.
  if (at === null || text[at - 1] !== '\n' || text[end - 1] !== '\n') return [];
  const said = text.slice(from, lineStart(text, key)) + behindKey(text.slice(key, start));
  const pad = ' '.repeat(column);
  const comments = said.replace(/^[ \t]*(?=#)/gm, pad);
  const body = text.slice(start, end);
  const own = columnOf(bases, text);
  const moved =
    own === column ? body : body.replace(/^[ \t]*(?=\S)/gm, (had) => shifted(had, column - own));
  if (at > from && at < end) return [];
  return [
    { start: at, end: at, text: `${comments}${moved}` },
    { start: from, end, text: '' },
  ];
}

function shifted(pad: string, by: number): string {
  return ' '.repeat(Math.max(0, pad.length + by));
}

/** Where the comment right above a line begins; the head of a file is about all of it. */
function above(text: string, line: number): number {
  let at = line;
  while (at > 0) {
    const before = lineStart(text, at - 1);
    if (!/^[ \t]*#/.test(text.slice(before, at))) break;
    at = before;
  }
  return at === 0 ? line : at;
}

/** A comment on a key's line, as a line of its own. */
function behindKey(line: string): string {
  const comment = line.indexOf('#');
  return comment < 0 ? '' : line.slice(comment);
}
