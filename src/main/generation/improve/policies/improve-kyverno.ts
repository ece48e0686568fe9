import { list, type Mapping, mapping } from '../../validation/plain.ts';
import { lineOfPath, type YamlPath } from '../../validation/yaml/line-of-path.ts';
import { asItIs, type Improvement } from '../improvement.ts';
import { changeYaml, type YamlChange } from '../yaml/changes.ts';
import { readYamlFile, type YamlFile } from '../yaml/yaml-file.ts';

/** What is wanted of one policy; no changes where it is left. */
type Proposal = {
  readonly path: YamlPath;
  readonly document: number;
  readonly text: string;
  readonly changes: readonly YamlChange[];
};

/**
 * An author's Kyverno policies with small changes: the deprecated action of a whole policy becomes that
 * of its rules where every version of Kyverno takes both to mean the same.
 */
export function improveKyverno(content: string): Improvement {
  const file = readYamlFile(content);
  if (!file) return asItIs(content);
  const proposed = file.documents
    .slice(0, 300)
    .flatMap(({ value }, document) => proposalsOf(mapping(value), document));
  // One policy after the other: half of one would change what it does.
  let current: YamlFile = file;
  const done: Proposal[] = [];
  for (const one of proposed.filter(({ changes }) => changes.length > 0)) {
    const { text, made } = changeYaml(current, one.changes);
    const next = made.length === one.changes.length ? readYamlFile(text) : null;
    if (next === null) continue;
    current = next;
    done.push(one);
  }
  const note = ({ document, path, text }: Proposal) => ({
    line: lineAt(current, document, path),
    text,
  });
  return {
    content: current.text,
    done: done.map(note),
    left: proposed.filter(({ changes }) => changes.length === 0).map(note),
  };
}

function proposalsOf(policy: Mapping, document: number): readonly Proposal[] {
  if (!/^kyverno\.io\/v\d/.test(String(policy.apiVersion))) return [];
  if (policy.kind !== 'ClusterPolicy' && policy.kind !== 'Policy') return [];
  const spec = mapping(policy.spec);
  const action = spec.validationFailureAction;
  if (typeof action !== 'string') return [];
  const name = String(mapping(policy.metadata).name ?? '');
  const path = ['spec', 'validationFailureAction'];
  const rules = list(spec.rules).map(mapping);
  if (!/^audit$/i.test(action)) {
    const text = `${name}: validationFailureAction is deprecated. It is left, since Kyverno before 1.13 would report instead of refuse without it: from 1.13 on say failureAction: Enforce in the validate of each rule.`;
    return [{ document, path, text, changes: [] }];
  }
  const isPlain =
    spec.validationFailureActionOverrides === undefined &&
    rules.length > 0 &&
    rules.every(
      ({ validate, verifyImages }) => validate !== undefined && verifyImages === undefined,
    );
  if (!isPlain) {
    const text = `${name}: validationFailureAction is deprecated. It is left, since rules that do not validate, or overrides, follow it too.`;
    return [{ document, path, text, changes: [] }];
  }
  const changes = rules.flatMap(({ validate }, index): YamlChange[] => {
    const keys = Object.keys(mapping(validate));
    if (keys.includes('failureAction')) return [];
    const place = ['spec', 'rules', index, 'validate', 'failureAction'];
    return [
      {
        type: 'set',
        document,
        path: place,
        value: 'Audit',
        ...(keys[0] ? { before: keys[0] } : {}),
      },
    ];
  });
  const text = `${name}: each rule says that it reports (failureAction), since the policy's own field is deprecated.`;
  return [
    { document, path: ['spec'], text, changes: [...changes, { type: 'remove', document, path }] },
  ];
}

function lineAt(file: YamlFile, document: number, path: YamlPath): number {
  const node = file.documents[document]?.node;
  const offset = node ? lineOfPath(node, path) : 0;
  return file.text.slice(0, offset).split('\n').length;
}
