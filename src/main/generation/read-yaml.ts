import {
  Composer,
  CST,
  type Document,
  type DocumentOptions,
  Lexer,
  type LineCounter,
  type ParseOptions,
  Parser,
  type SchemaOptions,
} from 'yaml';

/** Tokens that are read at most: 25,000 lines of a real file have fewer; each takes up to 3 µs. */
const maxTokens = 300_000;
/** Values without anything between them that are read at most; each is a fault and takes up to 20 µs. */
const maxAdjacent = 1_000;
/** One fault makes the parser stumble over all that follows, so the first few are enough. */
const maxFaults = 50;

const properties: ReadonlySet<string | null> = new Set(['anchor', 'tag']);
const values: ReadonlySet<string | null> = new Set([
  'scalar',
  'single-quoted-scalar',
  'double-quoted-scalar',
  'alias',
]);

/** How a YAML text is read; `lineCounter` learns where its lines begin. */
export type YamlOptions = ParseOptions &
  DocumentOptions &
  SchemaOptions & { readonly lineCounter: LineCounter };

/**
 * The documents of a YAML text, errors kept in them; null where it is too dense to be read
 * in a moment. A text of 1 MB takes about a second at most, however hostile. Throws where nesting exhausts the stack.
 */
export function readYamlDocuments(
  text: string,
  options: YamlOptions,
): readonly Document.Parsed[] | null {
  if (isTooDense(text)) return null;
  const { lineCounter } = options;
  const composer = new Composer({ ...options, logLevel: 'silent' });
  const tokens = untilHopeless(new Parser(lineCounter.addNewLine).parse(text));
  return Array.from(composer.compose(tokens, false, text.length));
}

/** A single pass of the lexer, ended at the bounds: what it lets through is parsed in a moment. */
function isTooDense(text: string): boolean {
  let [tokens, adjacent] = [0, 0];
  let before: 'value' | 'property' | null = null;
  for (const token of new Lexer().lex(text)) {
    tokens += 1;
    const type = CST.tokenType(token);
    const property = properties.has(type);
    if (property || values.has(type)) {
      if (before === 'value' || (before === 'property' && property)) adjacent += 1;
      before = property ? 'property' : 'value';
      // A plain scalar's text follows its own token and has no type; spaces separate nothing.
    } else if (type !== null && type !== 'space') before = null;
    if (tokens > maxTokens || adjacent > maxAdjacent) return true;
  }
  return false;
}

function* untilHopeless<T extends { readonly type: string }>(tokens: Iterable<T>): Iterable<T> {
  let faults = 0;
  for (const token of tokens) {
    yield token;
    if (token.type === 'error') faults += 1;
    if (faults >= maxFaults) return;
  }
}
