import { isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { keyText } from '../../validation/yaml/key-text.ts';
import { lineEndOf, lineStart, type TextEdit } from '../text-edits.ts';
import type { YamlFile } from '../yaml/yaml-file.ts';
import { withHiddenPassword } from './docker-login.ts';
import { type PinnedRuntime, pinnedImage } from './known-tags.ts';
import { ownNames, withNewNames } from './old-variables.ts';

/** An edit of a pipeline, and what it does, in a sentence. */
export type PipelineEdit = TextEdit & { readonly said: string };

const scripts = new Set(['script', 'before_script', 'after_script']);

/** Whether a value of the pipeline's root is a job, as far as its shape tells. */
export function isJob(value: unknown): boolean {
  return isMap(value) && value.items.some(({ key }) => scripts.has(keyText(key) ?? ''));
}

/**
 * Edits of a pipeline that change nothing of what it does today, or give back what GitLab has taken
 * away: names that are gone, a password on a command line, images whose version the project pins.
 */
export function pipelineEdits(
  { text, step }: YamlFile,
  root: YAMLMap,
  runtimes: readonly PinnedRuntime[],
): readonly PipelineEdit[] {
  const own = ownNames(text);
  const edits: PipelineEdit[] = [...oldKeys(root)];
  const visit = (node: unknown, key: string, inScript: boolean): void => {
    if (isScalar(node)) edits.push(...scalarEdits(text, node, { key, inScript, own, runtimes }));
    if (isSeq(node)) for (const item of node.items) visit(item, itemKey(key, item), inScript);
    if (!isMap(node)) return;
    for (const pair of node.items) {
      const name = keyText(pair.key) ?? '';
      const report =
        key === 'reports' && name === 'cobertura' ? coverage(text, step, pair, node) : null;
      if (report !== null) edits.push(report);
      else visit(pair.value, childKey(key, name), inScript || isScript(name, pair.value));
    }
  };
  visit(root, '', false);
  return edits;
}

/** A script, or a hidden list, which scripts take their lines from. */
function isScript(name: string, value: unknown): boolean {
  return scripts.has(name) || (name.startsWith('.') && isSeq(value));
}

/** Of a service only its name is an image; a job may be called `image` as well. */
function childKey(key: string, name: string): string {
  if (name === 'name') return key === 'image' || key === 'service' ? 'image name' : '';
  return name;
}

function itemKey(key: string, item: unknown): string {
  if (key !== 'services') return '';
  return isScalar(item) ? 'image name' : 'service';
}

type Place = {
  readonly key: string;
  readonly inScript: boolean;
  readonly own: ReadonlySet<string>;
  readonly runtimes: readonly PinnedRuntime[];
};

function scalarEdits(text: string, node: Scalar, place: Place): readonly PipelineEdit[] {
  const [start, end] = node.range ?? [];
  if (start === undefined || end === undefined || typeof node.value !== 'string') return [];
  const written = text.slice(start, end);
  const isImage = place.key === 'image' || place.key === 'image name';
  const image = isImage ? pinnedImage(node.value, place.runtimes) : null;
  if (image !== null && written.includes(node.value)) {
    const said = `${node.value} becomes ${image}, the version that the project pins.`;
    return [{ start, end, text: written.replace(node.value, image), said }];
  }
  const renamed = withNewNames(written, place.own);
  // Within quotes a quote would have to be written otherwise; folded lines are no lines.
  const isPlain = node.type === 'PLAIN' ? !written.includes('\n') : node.type === 'BLOCK_LITERAL';
  const hidden = place.inScript && isPlain ? withHiddenPassword(renamed) : renamed;
  if (hidden === written) return [];
  const said = [
    ...(renamed === written
      ? []
      : ['CI_BUILD_ variables, which GitLab 16 took away, have the names of today.']),
    ...(hidden === renamed
      ? []
      : ['docker login takes its password from standard input, where no other process reads it.']),
  ];
  return [{ start, end, text: hidden, said: said.join(' ') }];
}

/** `types` and `type`, which GitLab 15 took away, by the names that they have had since. */
function oldKeys(root: YAMLMap): readonly PipelineEdit[] {
  const has = (map: YAMLMap, name: string): boolean =>
    map.items.some(({ key }) => keyText(key) === name);
  const said = 'types and type, which GitLab 15 took away, are called stages and stage.';
  const rename = ({ key }: Pair, name: string): readonly PipelineEdit[] => {
    const [start, end] = (key as Scalar | null)?.range ?? [];
    return start === undefined || end === undefined || (key as Scalar).type !== 'PLAIN'
      ? []
      : [{ start, end, text: name, said }];
  };
  return root.items.flatMap((pair) => {
    const { key, value } = pair;
    if (keyText(key) === 'types' && isSeq(value) && !has(root, 'stages'))
      return rename(pair, 'stages');
    if (!isMap(value) || !isJob(value) || has(value, 'stage')) return [];
    const type = value.items.find((one) => keyText(one.key) === 'type');
    return type && isScalar(type.value) ? rename(type, 'stage') : [];
  });
}

/** `cobertura: FILE`, which GitLab 15 took away, as the report that took its place. */
function coverage(
  text: string,
  step: number,
  { key, value }: Pair,
  reports: YAMLMap,
): PipelineEdit | null {
  const [start] = (key as Scalar).range ?? [];
  const only = isSeq(value) && value.items.length === 1 ? value.items[0] : value;
  if (start === undefined || !isScalar(only) || !only.range || reports.flow) return null;
  if (reports.items.some((one) => keyText(one.key) === 'coverage_report')) return null;
  const end = value === only ? only.range[1] : ((value as YAMLMap).range?.[1] ?? only.range[1]);
  const path = text.slice(only.range[0], only.range[1]);
  if (/[\n#]/.test(path) || text.slice(start, end).includes('#') || only.anchor) return null;
  const pad = ' '.repeat(start - lineStart(text, start) + step);
  const rest = text.slice(start, end);
  const behind = /\s*$/.exec(rest)?.[0] ?? '';
  const line = lineEndOf(text);
  return {
    start,
    end: end - behind.length,
    text: `coverage_report:${line}${pad}coverage_format: cobertura${line}${pad}path: ${path}`,
    said: 'reports.cobertura, which GitLab 15 took away, is the coverage report of that format.',
  };
}
