import { Cursor, HclError } from './cursor.ts';
import { parseExpression } from './parse-expression.ts';
import type { Attribute, Block, Body, SyntaxFault } from './syntax.ts';

/** What a text holds; `faults` are where it is no HCL, at most one of each top-level block. */
export type HclFile = { readonly body: Body; readonly faults: readonly SyntaxFault[] };

const maxFaults = 20;

/**
 * Parses HCL's native syntax. After a fault it goes on with the next line that begins a block at
 * the line's start, so that one slip does not hide the others. Never throws for bad content.
 */
export function parseHcl(text: string): HclFile {
  const cursor = new Cursor(text);
  const body = newBody();
  const faults: SyntaxFault[] = [];
  if (text.startsWith('\ufeff')) cursor.at = 1;
  for (;;) {
    const start = cursor.at;
    try {
      cursor.skipLines();
      if (cursor.at >= text.length) break;
      addItem(cursor, body);
    } catch (error) {
      if (!(error instanceof HclError)) throw error;
      faults.push(error.fault);
      if (faults.length >= maxFaults) break;
      const next = nextBlock(text, Math.max(start + 1, cursor.at));
      if (next === null) break;
      cursor.restart(next);
    }
  }
  return { body, faults };
}

/** A body that is being read. */
type OpenBody = {
  readonly attributes: Attribute[];
  readonly blocks: Block[];
  readonly names: Set<string>;
};

function newBody(): OpenBody {
  return { attributes: [], blocks: [], names: new Set() };
}

function nextBlock(text: string, from: number): number | null {
  const start = /^[a-z_]+(?: +"[^"\n]*")* *\{/gm;
  start.lastIndex = from;
  return start.exec(text)?.index ?? null;
}

/** Parses an attribute or a block of a body, up to the end of its line. */
function addItem(cursor: Cursor, body: OpenBody): void {
  const line = cursor.line();
  const start = cursor.at;
  const name = cursor.word();
  if (name === null) {
    if (cursor.sees('"')) cursor.fail('Names of arguments and blocks stand without quotes.');
    cursor.fail(`An argument or a block begins with a name, not with ${cursor.here}.`);
  }
  if (cursor.sees('=') && !cursor.sees('==')) {
    cursor.takes('=');
    const value = parseExpression(cursor);
    if (body.names.has(name)) {
      cursor.fail(`"${name}" is set twice in this block. Keep one of the two.`, start);
    }
    body.names.add(name);
    const endLine = cursor.line();
    body.attributes.push({ type: 'attribute', name, value, line, start, endLine });
  } else {
    body.blocks.push(parseBlock(cursor, name, line, start));
  }
  if (!cursor.seesLineEnd()) {
    cursor.fail(
      `A new line is needed after "${name}" and its ${cursor.text[cursor.at - 1] === '}' ? 'block' : 'value'}, before ${cursor.here}.`,
    );
  }
}

function parseBlock(cursor: Cursor, name: string, line: number, start: number): Block {
  const labels: string[] = [];
  for (;;) {
    const label = parseLabel(cursor);
    if (label === null) break;
    labels.push(label);
  }
  if (!cursor.takes('{')) {
    cursor.fail(
      `After "${name}" comes "=" and a value, or "{" and a block, in the same line, not ${cursor.here}.`,
    );
  }
  const body = newBody();
  const open = cursor.at - 1;
  return cursor.within(false, () => {
    if (cursor.seesLineEnd()) {
      for (;;) {
        cursor.skipLines();
        if (cursor.sees('}')) break;
        if (cursor.at >= cursor.text.length)
          cursor.fail(`The block "${name}" of line ${line} is not closed. Add "}".`);
        addItem(cursor, body);
      }
    } else if (!cursor.sees('}')) {
      parseOnlyAttribute(cursor, name, body.attributes);
    }
    const endLine = cursor.line();
    const close = cursor.at;
    cursor.takes('}');
    return { type: 'block', name, labels, body, line, endLine, start, open, close };
  });
}

/** Parses the one argument that a block in one line may hold. */
function parseOnlyAttribute(cursor: Cursor, block: string, attributes: Attribute[]): void {
  const line = cursor.line();
  const start = cursor.at;
  const name = cursor.word();
  if (name === null || cursor.sees('==') || !cursor.takes('=')) {
    cursor.fail(`A block in one line holds one argument. Break the lines of "${block}".`);
  }
  const value = parseExpression(cursor);
  attributes.push({ type: 'attribute', name, value, line, start, endLine: cursor.line() });
  if (!cursor.sees('}')) {
    cursor.fail(
      `A block in one line holds one argument and then "}", not ${cursor.here}. Break the lines of "${block}".`,
    );
  }
}

const labelText =
  /"((?:[^"\\\n$%]|\\(?:[nrt"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})|\$\$\{|%%\{|[$%](?!\{))*)"/y;

function parseLabel(cursor: Cursor): string | null {
  const word = cursor.word();
  if (word !== null || !cursor.sees('"')) return word;
  const found = cursor.match(labelText);
  if (found) return found[1] ?? '';
  return cursor.fail(
    'A label of a block is a plain text in double quotes, with nothing to fill in.',
  );
}
