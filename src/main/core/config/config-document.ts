import { type Document, LineCounter, parseDocument } from 'yaml';
import type { ConfigProblem } from '#shared/config.ts';
import { OmegaError } from '#shared/error.ts';

const intro = ` Settings of Omega Studio. Changes take effect when the file is saved.
 \`omega config list\` shows every setting, its default and its environment variable.`;

/** The file's text as a document, or what is wrong with it. An empty text is an empty document. */
export function parseConfigDocument(
  text: string,
): { readonly document: Document } | { readonly problem: ConfigProblem } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    return { problem: { field: '', message: `Line ${line}, column ${col}: ${error.message}` } };
  }
  const values: unknown = toValues(document);
  if (values !== null && (typeof values !== 'object' || Array.isArray(values))) {
    return { problem: { field: '', message: 'The file must hold sections, like "async:".' } };
  }
  return { document };
}

/** The document's plain values; null where it is empty or its aliases are hostile. */
export function toValues(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 10 });
  } catch {
    // "Excessive alias count": a value that is no map is refused by the caller.
    return [];
  }
}

/** The text with some fields set and everything else, comments included, as it was. */
export function editConfigText(
  text: string,
  changes: ReadonlyMap<string, unknown>,
  path: string,
): string {
  const parsed = parseConfigDocument(text);
  if ('problem' in parsed) {
    throw new OmegaError(
      'CONFLICT',
      `"${path}" cannot be changed while it is broken. ${parsed.problem.message} Mend the file first.`,
      { details: { path } },
    );
  }
  const { document } = parsed;
  if (document.contents === null) document.commentBefore ??= intro;
  for (const [key, value] of changes) {
    const [section = '', field = ''] = key.split('.');
    const there = document.get(section);
    if (there === undefined || there === null || typeof there !== 'object') {
      document.set(section, document.createNode({}));
    }
    // A plain value goes into the node that is there, and so keeps its comment.
    document.setIn([section, field], Array.isArray(value) ? document.createNode(value) : value);
  }
  return document.toString();
}
