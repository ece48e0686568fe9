import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { parse as parseTomlText } from 'smol-toml';
import { LineCounter } from 'yaml';
import { readYamlDocuments } from '../../read-yaml.ts';
import type { ProjectTree } from '../project-tree.ts';
import { withoutJsonComments } from './json-comments.ts';
import { isNestedDeeper } from './nesting.ts';
import type { Table } from './values.ts';
import { isTable, table } from './values.ts';

/** Characters of a YAML file that are parsed; larger ones are data, not configuration. */
const maxYaml = 256_000;
/** Nesting that a manifest may have; parsers are recursive. */
const maxDepth = 100;

const xml = new XMLParser({
  processEntities: false,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  removeNSPrefix: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/** A TOML manifest's content; null (and said in the tree) where it cannot be parsed. */
export async function readToml(tree: ProjectTree, path: string): Promise<Table | null> {
  return attempt(tree, path, 'TOML', (text) => requireTable(parseTomlText(text)));
}

/** A JSON manifest's content, comments and trailing commas allowed; null where it cannot be parsed. */
export async function readJson(tree: ProjectTree, path: string): Promise<Table | null> {
  return attempt(tree, path, 'JSON', (text) => {
    if (isNestedDeeper(text, maxDepth)) throw new Error(`nested deeper than ${maxDepth} levels`);
    return requireTable(JSON.parse(withoutJsonComments(text)));
  });
}

/** An XML manifest's content; attributes begin with `@`, entities stay as they are written. */
export async function readXml(tree: ProjectTree, path: string): Promise<Table | null> {
  return attempt(tree, path, 'XML', (text) => {
    if ((text.match(/<!(?:DOCTYPE|ENTITY)/i)?.length ?? 0) > 0)
      throw new Error('it has a document type, which is not read');
    const verdict = XMLValidator.validate(text);
    if (verdict !== true) throw new Error(`${verdict.err.msg} (line ${verdict.err.line})`);
    return requireTable(xml.parse(text));
  });
}

/** The documents of a YAML file, each as a table; empty (and said in the tree) where it cannot be parsed. */
export async function readYaml(tree: ProjectTree, path: string): Promise<readonly Table[]> {
  const found = await attempt(tree, path, 'YAML', (text) => {
    if (text.length > maxYaml) throw new Error(`longer than ${maxYaml} characters`);
    if (isNestedDeeper(text, maxDepth)) throw new Error(`nested deeper than ${maxDepth} levels`);
    const lineCounter = new LineCounter();
    // The parser compares every key of a map with every other one.
    const documents = readYamlDocuments(text, { lineCounter, uniqueKeys: false });
    if (documents === null) throw new Error('it holds more than can be read in a moment');
    return documents.map((document) => {
      const [error] = document.errors;
      if (error)
        throw new Error(`${error.message} (line ${lineCounter.linePos(error.pos[0]).line})`);
      return table(document.toJS({ maxAliasCount: 50 }));
    });
  });
  return found ?? [];
}

/** A manifest is a table at its top; a list or a single value is valid text and still no manifest. */
function requireTable(value: unknown): Table {
  if (!isTable(value)) throw new Error('its top level is no object');
  return value;
}

async function attempt<T>(
  tree: ProjectTree,
  path: string,
  format: string,
  parse: (text: string) => T,
): Promise<T | null> {
  const text = await tree.read(path);
  if (text === null) return null;
  try {
    return parse(text);
  } catch (error) {
    const [reason = 'it cannot be parsed'] = String((error as Error).message).split('\n');
    tree.misunderstood(path, `not valid ${format}, mend it: ${reason.slice(0, 200)}`);
    return null;
  }
}
