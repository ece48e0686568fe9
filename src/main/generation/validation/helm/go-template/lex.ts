import { TemplateError } from './template-error.ts';

/** A token of an action; `space` says whether blanks stand before it. */
export type Token = {
  readonly type:
    | 'word'
    | 'field'
    | 'variable'
    | 'dot'
    | 'string'
    | 'char'
    | 'number'
    | 'declare'
    | 'assign'
    | 'pipe'
    | 'comma'
    | 'open'
    | 'close';
  readonly text: string;
  readonly line: number;
  readonly space: boolean;
};

/** A template's text in parts: plain text, and actions with their tokens. */
export type Part =
  | { readonly type: 'text'; readonly text: string; readonly line: number }
  | { readonly type: 'action'; readonly tokens: readonly Token[]; readonly line: number };

const space = /[ \t\r\n]/;
const comment = /\/\*[\s\S]*?\*\//y;
const tokens =
  /([ \t\r\n]+?(?=[ \t\r\n]-\}\}|[^ \t\r\n]|$))|(\.[\p{L}_][\p{L}\p{N}_]*)|(\$[\p{L}\p{N}_]*)|("(?:[^"\\\n]|\\[^\n])*"|`[^`]*`)|('(?:[^'\\\n]|\\[^\n])+')|([+-]?(?:0[xXbBoO][\da-fA-F_]+(?:[pP][+-]?\d+)?|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?))|([\p{L}_][\p{L}\p{N}_]*)|(:=)|(=)|(\|)|(,)|(\()|(\))|(\.)/uy;
const types = [
  'field',
  'variable',
  'string',
  'char',
  'number',
  'word',
  'declare',
  'assign',
  'pipe',
  'comma',
  'open',
  'close',
  'dot',
] as const;

/** Tokens that only a blank or one of a few characters may follow. */
const named: ReadonlySet<string> = new Set(['word', 'field', 'variable', 'number']);

/**
 * Cuts a template into parts as Go's text/template/parse does, trim marks applied.
 * @throws TemplateError for what is no template.
 */
export function lex(file: string, text: string): readonly Part[] {
  const parts: Part[] = [];
  let [at, line] = [0, 1];
  let trimNext = false;
  const advance = (to: number): void => {
    for (let i = text.indexOf('\n', at); i >= 0 && i < to; i = text.indexOf('\n', i + 1)) line += 1;
    at = to;
  };
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    const end = open < 0 ? text.length : open;
    const trimEnd = open >= 0 && text[open + 2] === '-' && space.test(text[open + 3] ?? '') ? 3 : 0;
    const raw = text.slice(at, end);
    const kept = trimNext ? raw.replace(/^[ \t\r\n]+/, '') : raw;
    const skipped = raw.slice(0, raw.length - kept.length).split('\n').length - 1;
    const cut = trimEnd > 0 ? trimRight(kept) : kept;
    if (cut !== '') parts.push({ type: 'text', text: cut, line: line + skipped });
    advance(end);
    if (open < 0) break;
    const begin = open + 2 + (trimEnd > 0 ? 2 : 0);
    const startLine = line;
    comment.lastIndex = begin;
    if (text.startsWith('/*', begin)) {
      const found = comment.exec(text);
      const after = found ? comment.lastIndex : -1;
      const close = after < 0 ? null : closing(text, after);
      if (close === null)
        throw new TemplateError('A comment is not closed with */}}.', [{ file, line }], 'syntax');
      trimNext = close.trim;
      advance(close.end);
      continue;
    }
    const action = lexAction(file, text, begin, line);
    parts.push({ type: 'action', tokens: action.tokens, line: startLine });
    trimNext = action.trim;
    advance(action.end);
  }
  return parts;
}

function lexAction(
  file: string,
  text: string,
  begin: number,
  startLine: number,
): { readonly tokens: readonly Token[]; readonly end: number; readonly trim: boolean } {
  const found: Token[] = [];
  let [at, line, blank] = [begin, startLine, true];
  for (;;) {
    const close = closing(text, at);
    if (close !== null) return { tokens: found, ...close };
    tokens.lastIndex = at;
    const match = tokens.exec(text);
    if (match === null) {
      const what =
        at >= text.length
          ? 'The action is not closed with }}.'
          : `${JSON.stringify(text[at])} has no meaning within an action.`;
      throw new TemplateError(
        what,
        [{ file, line: at >= text.length ? startLine : line }],
        'syntax',
      );
    }
    const [whole, blanks] = match;
    if (blanks === undefined) {
      const type = types[match.slice(2).findIndex((group) => group !== undefined)] as Token['type'];
      const next = text[at + whole.length] ?? ' ';
      if (named.has(type) && !/[\s.,|:()}]/.test(next))
        throw new TemplateError(
          `Unexpected ${JSON.stringify(next)} right after ${whole.slice(0, 60)}.`,
          [{ file, line }],
          'syntax',
        );
      found.push({ type, text: whole, line, space: blank });
      blank = false;
    } else blank = true;
    line += whole.split('\n').length - 1;
    at += whole.length;
  }
}

/** The end of an action at `at`, or null where it goes on. */
function closing(text: string, at: number): { end: number; trim: boolean } | null {
  if (text.startsWith('}}', at)) return { end: at + 2, trim: false };
  if (space.test(text[at] ?? '') && text.startsWith('-}}', at + 1)) {
    return { end: at + 4, trim: true };
  }
  return null;
}

function trimRight(text: string): string {
  let end = text.length;
  while (end > 0 && space.test(text[end - 1] as string)) end -= 1;
  return text.slice(0, end);
}
