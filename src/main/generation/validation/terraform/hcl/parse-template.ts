import type { Cursor } from './cursor.ts';
import { parseForHead } from './parse-collection.ts';
import { parseExpression } from './parse-expression.ts';
import type { Expression } from './syntax.ts';

type Part = string | Expression;

/** Reads the text up to the next `${`, `%{` or the end of the template; null at the end. */
type ReadText = () => string | null;

const quotedText =
  /(?:[^"\\\n$%]+|\\(?:[nrt"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})|\$\$\{|%%\{|[$%](?!\{))+/y;
const heredocText = /(?:[^\n$%]+|\$\$\{|%%\{|[$%](?!\{))+/y;
const directiveWord = /(?:if|else|endif|for|endfor)(?![\p{ID_Continue}-])/uy;

/** Parses a text in double quotes, at its opening quote. */
export function parseQuoted(cursor: Cursor): Expression {
  const line = cursor.line();
  cursor.at++;
  const parts = parseParts(cursor, () => {
    const text = cursor.match(quotedText)?.[0];
    if (text !== undefined) return toText(text);
    const { text: all, at } = cursor;
    if (all[at] === '"') return null;
    if (all[at] === '\\')
      cursor.fail(
        `"${all.slice(at, at + 2)}" is no escape sequence. Write "\\\\" for a backslash.`,
      );
    return cursor.fail(
      'The text is not closed in its line. Add a double quote, or use a heredoc (<<-EOT).',
    );
  });
  cursor.at++;
  return toExpression(parts, line);
}

/** Parses `<<MARK` or `<<-MARK` and the lines up to the mark. */
export function parseHeredoc(cursor: Cursor): Expression {
  const line = cursor.line();
  const opening = cursor.match(/<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy);
  const mark = opening?.[1];
  if (mark === undefined)
    return cursor.fail('A heredoc begins with <<NAME and a new line right after it.');
  const end = new RegExp(`[ \\t\\r]*${mark}[ \\t\\r]*(?=\\n|$)`, 'y');
  let isLineStart = true;
  const parts = parseParts(cursor, () => {
    const { text } = cursor;
    if (isLineStart && cursor.match(end)) return null;
    if (cursor.at >= text.length) {
      return cursor.fail(
        `The heredoc of line ${line} is not closed. Add a line with ${mark} alone.`,
      );
    }
    isLineStart = false;
    if (text[cursor.at] !== '\n') return cursor.match(heredocText)?.[0] ?? null;
    cursor.at++;
    isLineStart = true;
    return '\n';
  });
  return toExpression(parts, line);
}

function parseParts(cursor: Cursor, readText: ReadText): readonly Part[] {
  return cursor.within(cursor.newlinesAreSpace, () => {
    const parts: Part[] = [];
    const stop = parseUntil(cursor, readText, parts, []);
    if (stop !== null) cursor.fail(`"%{ ${stop} }" has no beginning. Remove it.`);
    return parts;
  });
}

/** Parses parts up to a directive of `stops`, which is returned, or to the template's end (null). */
function parseUntil(
  cursor: Cursor,
  readText: ReadText,
  parts: Part[],
  stops: readonly string[],
): string | null {
  const begun = cursor.line();
  for (;;) {
    const { text, at } = cursor;
    if (text.startsWith('${', at)) {
      parts.push(parseInterpolation(cursor));
    } else if (text.startsWith('%{', at)) {
      const stop = parseDirective(cursor, readText, parts, stops);
      if (stop !== null) return stop;
    } else {
      const read = readText();
      if (read !== null) parts.push(read);
      else if (stops.length === 0) return null;
      else cursor.fail(`The "%{" of line ${begun} has no "%{ ${stops.at(-1)} }".`);
    }
  }
}

function parseInterpolation(cursor: Cursor): Expression {
  return inMarks(cursor, () => parseExpression(cursor));
}

/** Parses `${ … }` or `%{ … }` with their `~`, at the opening mark. */
function inMarks<T>(cursor: Cursor, parse: () => T): T {
  const mark = cursor.text.slice(cursor.at, cursor.at + 2);
  cursor.at += 2;
  if (cursor.text[cursor.at] === '~') cursor.at++;
  return cursor.within(true, () => {
    const result = parse();
    if (!cursor.takes('~}') && !cursor.takes('}')) {
      cursor.fail(`"${mark}" is not closed: "}" is missing before ${cursor.here}.`);
    }
    return result;
  });
}

function parseDirective(
  cursor: Cursor,
  readText: ReadText,
  parts: Part[],
  stops: readonly string[],
): string | null {
  const line = cursor.line();
  const head = inMarks(cursor, () => {
    cursor.skip();
    const word = cursor.match(directiveWord)?.[0];
    if (word === 'if') return { type: word, condition: parseExpression(cursor) } as const;
    if (word === 'for') return { type: word, ...parseForHead(cursor) } as const;
    return {
      type: 'end',
      word: word ?? cursor.fail('After "%{" comes if, else, endif, for or endfor.'),
    } as const;
  });
  if (head.type === 'if') {
    const inner: Part[] = [head.condition];
    cursor.within(false, () => {
      const stop = parseUntil(cursor, readText, inner, ['else', 'endif']);
      if (stop === 'else') parseUntil(cursor, readText, inner, ['endif']);
    });
    parts.push({ type: 'template', parts: inner, line });
    return null;
  }
  if (head.type === 'for') {
    const { names, over } = head;
    const inner: Part[] = [];
    cursor.within(false, () => parseUntil(cursor, readText, inner, ['endfor']));
    parts.push({
      type: 'for',
      names,
      over,
      inner: inner.filter((part) => typeof part !== 'string'),
      makes: 'text',
      line,
    });
    return null;
  }
  if (!stops.includes(head.word) && stops.length > 0)
    cursor.fail(
      `"%{ ${head.word} }" does not belong here: "%{ ${stops.at(-1)} }" is missing before it.`,
    );
  return head.word;
}

function toExpression(parts: readonly Part[], line: number): Expression {
  if (parts.every((part) => typeof part === 'string')) {
    return { type: 'literal', value: parts.join(''), line };
  }
  const [only] = parts;
  // "${x}" alone is x itself, of whatever type.
  if (parts.length === 1 && typeof only === 'object') {
    return { type: 'operation', operands: [only], line };
  }
  return { type: 'template', parts, line };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function toText(text: string): string {
  if (!/[\\$%]/.test(text)) return text;
  return text.replace(
    /\\(?:[uU]([0-9a-fA-F]{4,8})|(.))|\$\$\{|%%\{/g,
    (all: string, code: string | undefined, letter: string | undefined) => {
      if (code !== undefined) return toCharacter(Number.parseInt(code, 16));
      return letter === undefined ? all.slice(1) : (escapes[letter] ?? letter);
    },
  );
}

function toCharacter(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}
