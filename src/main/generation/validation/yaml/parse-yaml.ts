import {
  type CollectionTag,
  type Document,
  isAlias,
  LineCounter,
  type ScalarTag,
  type Tags,
} from 'yaml';
import { ruleUrl } from '#shared/rules.ts';
import { readYamlDocuments } from '../../read-yaml.ts';
import { quote, Report } from '../report.ts';
import { checkNodes } from './check-nodes.ts';
import { lineOfPath, type YamlPath } from './line-of-path.ts';
import { tooDeep } from './nesting.ts';

/** One document of a YAML file: its plain value, and the line of any path within it. */
export type YamlDocument = {
  readonly value: unknown;
  /** 1-based line of the document's first node. */
  readonly line: number;
  /** 1-based line of the key at `path`, or of the nearest ancestor that is there. */
  readonly lineOf: (path: YamlPath) => number;
};

const yamlUrl = 'https://yaml.org/spec/1.2.2/';
/** Reading takes time by the line, up to 50 µs each where every line is wrong. */
const maxLines = 25_000;
/** One fault makes the parser stumble over what follows; the first few say where it is. */
const maxSyntaxErrors = 3;

/** Kubernetes reads these words as YAML 1.1 does, so an unquoted `no` is never a text there. */
const oldBoolean: ScalarTag = {
  tag: 'tag:yaml.org,2002:bool',
  default: true,
  test: /^(?:yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/,
  resolve: (text) => /^(?:yes|on)$/i.test(text),
};

/**
 * Reads a YAML text without ever throwing: syntax errors, duplicate keys, alias bombs and runaway
 * nesting become findings under `namespace`. A document with a syntax error is not returned; comments
 * and empty documents are left out. `dialect` may be a tag that the format has of its own.
 */
export function parseYaml(
  content: string,
  namespace:
    | 'compose'
    | 'kubernetes'
    | 'kubeconform'
    | 'kustomize'
    | 'prometheus'
    | 'collector'
    | 'github-actions'
    | 'gitlab-ci'
    | 'helm',
  dialect: 'yaml-1.2' | 'kubernetes' | CollectionTag = 'yaml-1.2',
): { readonly documents: readonly YamlDocument[]; readonly report: Report } {
  const report = new Report();
  const deepAt = tooDeep(content);
  if (deepAt !== null) {
    const message = 'The nesting is deeper than 200 levels, which no real file needs. Flatten it.';
    report.add(`${namespace}/too-deep`, 'error', deepAt, message, yamlUrl);
    return { documents: [], report };
  }
  if (content.split('\n', maxLines + 1).length > maxLines) {
    const message = `The file has more than ${maxLines} lines, which are too many to judge. Split it.`;
    report.add(`${namespace}/too-large`, 'error', 1, message, ruleUrl(`${namespace}/too-large`));
    return { documents: [], report };
  }
  const lines = new LineCounter();
  const own = dialect === 'kubernetes' ? [oldBoolean] : dialect === 'yaml-1.2' ? [] : [dialect];
  const customTags = (tags: Tags): Tags => [...own, ...tags];
  let parsed: readonly Document.Parsed[] | null;
  try {
    const options = { lineCounter: lines, prettyErrors: false, uniqueKeys: false, merge: true };
    parsed = readYamlDocuments(content, { ...options, customTags });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `The YAML cannot be read: ${quote(reason, 120)}. Simplify the file.`;
    report.add(`${namespace}/yaml`, 'error', 1, message, yamlUrl);
    return { documents: [], report };
  }
  if (parsed === null) {
    const message = 'The file holds more YAML than can be judged in a moment. Split it.';
    report.add(`${namespace}/too-large`, 'error', 1, message, ruleUrl(`${namespace}/too-large`));
    return { documents: [], report };
  }
  const documents: YamlDocument[] = [];
  for (const document of parsed) {
    for (const error of document.errors.slice(0, maxSyntaxErrors)) {
      const message = `This is not valid YAML: ${error.message}. Mend the syntax here.`;
      report.add(`${namespace}/yaml`, 'error', lines.linePos(error.pos[0]).line, message, yamlUrl);
    }
    if (document.errors.length > 0 || document.contents === null) continue;
    const lineAt = (offset: number): number => lines.linePos(offset).line;
    if (!checkNodes(document, lineAt, namespace, report)) continue;
    const root = document.contents;
    const line = lineAt(isAlias(root) ? 0 : (root.range?.[0] ?? 0));
    let value: unknown;
    try {
      // How far aliases expand was bounded above.
      value = document.toJS({ maxAliasCount: -1 });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const message = `The YAML has no value: ${quote(reason, 120)}. Mend this document.`;
      report.add(`${namespace}/yaml`, 'error', line, message, yamlUrl);
      continue;
    }
    if (value === null) continue;
    documents.push({ value, line, lineOf: (path) => lineAt(lineOfPath(document, path)) });
  }
  return { documents, report };
}
