import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, type YAMLMap } from 'yaml';
import { list, type Mapping, mapping } from '../../validation/plain.ts';
import { keyText } from '../../validation/yaml/key-text.ts';
import { asItIs, type Improvement, type ImprovementNote } from '../improvement.ts';
import { applyTextEdits, lineStart, linesAt, nextLine, type TextEdit } from '../text-edits.ts';
import { changeYaml, type YamlChange } from '../yaml/changes.ts';
import { readYamlFile } from '../yaml/yaml-file.ts';
import { type CommitOf, pinEdits } from './pin-edits.ts';
import { readsOnly } from './reads-only.ts';

/** Minutes after which a job of an author is ended that says nothing about it: far beyond what tests take. */
const timeout = 60;

/**
 * An author's workflow of GitHub Actions with small changes: a token that only reads where nothing
 * writes, actions by their commits, an end for jobs that hang. What cannot be read stays as it is.
 */
export function improveWorkflow(content: string, commitOf: CommitOf): Improvement {
  const file = readYamlFile(content);
  const document = file?.documents[0];
  const root = document?.node.contents;
  if (file?.documents.length !== 1 || !isMap(root)) return asItIs(content);
  const value = mapping(document?.value);
  const jobs = Object.entries(mapping(value.jobs));
  const silent = jobs.filter(([, job]) => mapping(job).permissions === undefined);
  const reads = jobs.length > 0 && jobs.every(([, job]) => readsOnly(job));
  const edits = [
    ...(value.permissions === undefined && silent.length > 0 && reads
      ? permissionEdit(content, root)
      : []),
    ...timeoutEdits(content, root),
    ...pinEdits(content, root, commitOf),
  ];
  const edited = checked(content, edits, value);
  const left = notes(value, silent.length > 0 && !reads, edited);
  const next = readYamlFile(edited);
  const changes = jobs.flatMap(([id, job]) => (readsOnly(job) ? credentialChanges(id, job) : []));
  return { content: next === null ? edited : changeYaml(next, changes).text, done: [], left };
}

function pairOf(map: YAMLMap, name: string) {
  return map.items.find(({ key }) => keyText(key) === name);
}

function startOf(node: unknown): number | null {
  return isScalar(node) ? (node.range?.[0] ?? null) : null;
}

/** Before `jobs:`, with a blank line where the author has one there. */
function permissionEdit(text: string, root: YAMLMap): readonly TextEdit[] {
  const at = startOf(pairOf(root, 'jobs')?.key);
  if (at === null || root.flow || lineStart(text, at) !== at) return [];
  const spaced = /\n\r?\n$/.test(text.slice(Math.max(0, at - 3), at));
  return [linesAt(text, at, ['permissions:', '  contents: read', ...(spaced ? [''] : [])])];
}

/** Below `runs-on` of each job that has steps and no end. */
function timeoutEdits(text: string, root: YAMLMap): readonly TextEdit[] {
  const jobs = pairOf(root, 'jobs')?.value;
  if (!isMap(jobs) || jobs.flow) return [];
  return jobs.items.flatMap(({ value: job }) => {
    if (!isMap(job) || job.flow || pairOf(job, 'timeout-minutes') || !pairOf(job, 'steps'))
      return [];
    const runsOn = pairOf(job, 'runs-on');
    const at = startOf(runsOn?.key);
    if (at === null || !isScalar(runsOn?.value)) return [];
    const column = at - lineStart(text, at);
    return [
      linesAt(text, nextLine(text, at), [`${' '.repeat(column)}timeout-minutes: ${timeout}`]),
    ];
  });
}

function credentialChanges(id: string, job: unknown): readonly YamlChange[] {
  return list(mapping(job).steps).flatMap((step, at): YamlChange[] => {
    const { uses, with: inputs } = mapping(step);
    if (typeof uses !== 'string' || !/^actions\/checkout@/.test(uses)) return [];
    if (mapping(inputs)['persist-credentials'] !== undefined) return [];
    const path = ['jobs', id, 'steps', at, 'with', 'persist-credentials'];
    return [{ type: 'set', document: 0, path, value: false }];
  });
}

/** The text after the edits, where it still says the same but for them; else as it was. */
function checked(text: string, edits: readonly TextEdit[], before: Mapping): string {
  const after = applyTextEdits(text, edits);
  const value = mapping(readYamlFile(after)?.documents[0]?.value);
  const plain = (one: Mapping): unknown => {
    const { permissions: _permissions, jobs, ...rest } = one;
    const bare = Object.entries(mapping(jobs)).map(([id, job]) => {
      const { 'timeout-minutes': _timeout, ...kept } = mapping(job);
      return [id, JSON.parse(JSON.stringify(kept).replace(/@[\w.-]+"/g, '@"'))];
    });
    return [rest, bare];
  };
  return isDeepStrictEqual(plain(value), plain(before)) ? after : text;
}

function notes(value: Mapping, unsure: boolean, text: string): readonly ImprovementNote[] {
  if (!unsure || value.permissions !== undefined) return [];
  const line = text.split('\n').findIndex((one) => one.startsWith('jobs:')) + 1;
  const said =
    'The token of this workflow may do whatever the repository’s setting gives it. Some job publishes or uses actions whose needs are not known: give each the permissions that it needs.';
  return [{ line: Math.max(1, line), text: said }];
}
