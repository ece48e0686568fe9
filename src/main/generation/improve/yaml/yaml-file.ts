import { type Document, isMap, isPair, isSeq, LineCounter, visit } from 'yaml';
import { readYamlDocuments } from '../../read-yaml.ts';
import { Report } from '../../validation/report.ts';
import { checkNodes } from '../../validation/yaml/check-nodes.ts';
import { tooDeep } from '../../validation/yaml/nesting.ts';
import { maxEdited } from '../improvement.ts';

/** A YAML text that can be edited: its documents with their places in the text, and its habits. */
export type YamlFile = {
  readonly text: string;
  readonly documents: readonly { readonly node: Document.Parsed; readonly value: unknown }[];
  /** Columns by which a nested mapping is moved in. */
  readonly step: number;
  /** Columns by which a list is moved in below its key: often none. */
  readonly listStep: number;
};

const maxLines = 25_000;

/** The file, or null where it cannot be read without doubt: faults, duplicate keys, alias bombs. */
export function readYamlFile(text: string): YamlFile | null {
  if (text.length > maxEdited) return null;
  if (tooDeep(text) !== null || text.split('\n', maxLines + 1).length > maxLines) return null;
  const lineCounter = new LineCounter();
  try {
    const options = { lineCounter, prettyErrors: false, uniqueKeys: false, merge: true };
    const parsed = readYamlDocuments(text, options);
    if (parsed === null) return null;
    const report = new Report();
    const lineAt = (offset: number): number => lineCounter.linePos(offset).line;
    const documents = parsed.map((node) => {
      const isSound = node.errors.length === 0 && checkNodes(node, lineAt, 'yaml', report);
      return { node, value: isSound ? node.toJS({ maxAliasCount: -1 }) : null, isSound };
    });
    if (report.findings.length > 0 || documents.some(({ isSound }) => !isSound)) return null;
    return { text, documents, ...habits(text, parsed) };
  } catch {
    // What the library cannot read, the validator says; nothing is changed in it.
    return null;
  }
}

/** The column of an offset, from 0. */
export function columnOf(text: string, offset: number): number {
  return offset - (offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1);
}

function habits(
  text: string,
  documents: readonly Document.Parsed[],
): Pick<YamlFile, 'step' | 'listStep'> {
  const steps = new Map<number, number>();
  const listSteps = new Map<number, number>();
  let seen = 0;
  for (const document of documents) {
    visit(document, (_, node) => {
      if (seen > maxHabits) return visit.BREAK;
      if (!isPair(node)) return;
      const { key, value } = node as { key: { range?: [number] }; value: unknown };
      if (!key?.range || (!isMap(value) && !isSeq(value)) || value.flow || !value.range) return;
      const moved = columnOf(text, value.range[0]) - columnOf(text, key.range[0]);
      const counts = isMap(value) ? steps : listSteps;
      counts.set(moved, (counts.get(moved) ?? 0) + 1);
      seen += 1;
    });
  }
  steps.delete(0);
  const step = most(steps) ?? 2;
  return { step, listStep: most(listSteps) ?? step };
}

/** Places that are looked at to learn how a file is written. */
const maxHabits = 500;

function most(counts: ReadonlyMap<number, number>): number | null {
  return [...counts].filter(([moved]) => moved >= 0).sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
