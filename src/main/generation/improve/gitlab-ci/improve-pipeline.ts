import { isMap } from 'yaml';
import { type Mapping, mapping } from '../../validation/plain.ts';
import { lineOfPath } from '../../validation/yaml/line-of-path.ts';
import { asItIs, type Improvement, type ImprovementNote } from '../improvement.ts';
import { applyTextEdits, lineEndOf } from '../text-edits.ts';
import { readYamlFile, type YamlFile } from '../yaml/yaml-file.ts';
import type { PinnedRuntime } from './known-tags.ts';
import { ownNames } from './old-variables.ts';
import { pipelineEdits } from './pipeline-edits.ts';
import { type PipelinePurpose, purposeOf } from './pipeline-purpose.ts';
import { isSamePipeline } from './same-pipeline.ts';
import { type TestBlock, whyNoTests } from './test-block.ts';

/** What is known of the project that a pipeline is of. */
export type PipelineFacts = {
  readonly runtimes: readonly PinnedRuntime[];
  /** Jobs of ours that test the services, for a pipeline that does not. */
  readonly tests: readonly TestBlock[];
  /** Whether it is taken in by another file, which may hold the rest. */
  readonly isPart: boolean;
};

/**
 * An author's GitLab pipeline with small changes that keep what it does; what only a person can
 * decide on is told. What cannot be read stays as it is.
 */
export function improvePipeline(content: string, facts: PipelineFacts): Improvement {
  const file = readYamlFile(content);
  // A file with inputs has a header of its own before the pipeline.
  const last = file?.documents.at(-1);
  const root = last?.node.contents;
  if (!file || !last || file.documents.length > 2 || !isMap(root)) return asItIs(content);
  const edits = pipelineEdits(file, root, facts.runtimes);
  const edited = applyTextEdits(content, edits);
  const after = edits.length === 0 ? file : readYamlFile(edited);
  const data = after?.documents.at(-1)?.value;
  const isSame =
    after !== null && isSamePipeline(last.value, data, ownNames(content), facts.runtimes);
  const [text, read] = isSame ? [edited, after] : [content, file];
  const done = isSame
    ? edits.map(({ start, said }) => ({
        line: content.slice(0, start).split('\n').length,
        text: said,
      }))
    : [];
  return withTests(text, read, facts, done);
}

function withTests(
  text: string,
  file: YamlFile,
  { tests, isPart }: PipelineFacts,
  done: readonly ImprovementNote[],
): Improvement {
  const value = mapping(file.documents.at(-1)?.value);
  const purpose = purposeOf(value);
  const left = isPart ? movingIncludes(file, value) : notes(file, value, purpose);
  if (isPart || tests.length === 0 || purpose.tests) return { content: text, done, left };
  const why = whyNoTests(value, purpose, tests);
  if (why !== null) {
    const names = tests.map(({ name, command }) => `${name} (${command})`).join(', ');
    const note = {
      line: 1,
      text: `No job runs the tests of ${names}. None was added, since ${why}.`,
    };
    return { content: text, done, left: why === '' ? left : [...left, note] };
  }
  const end = lineEndOf(text);
  const blocks = tests.map(({ text: block }) => block.replaceAll('\n', end));
  const content = `${text.trimEnd()}${end}${end}${blocks.join(end)}`;
  const added = mapping(readYamlFile(content)?.documents.at(-1)?.value);
  if (!tests.every(({ job }) => added[job] !== undefined)) return { content: text, done, left };
  const said = tests.map(({ job, command }) => ({
    line: 1,
    text: `${job} runs ${command}, which no job did.`,
  }));
  return { content, done: [...done, ...said], left };
}

function notes(
  file: YamlFile,
  value: Mapping,
  { builds, scans }: PipelinePurpose,
): readonly ImprovementNote[] {
  const left = [...movingIncludes(file, value)];
  // Another file may do it.
  if (builds !== null && !scans && value.include === undefined) {
    left.push({
      line: lineAt(file, [builds]),
      text: `${builds} builds an image that no job looks through, and no job lists what is in it: add GitLab’s Jobs/Container-Scanning.gitlab-ci.yml, or a job with Trivy, once you know which findings are to stop a pipeline.`,
    });
  }
  return left;
}

/** Files of other projects that may be others tomorrow. */
function movingIncludes(file: YamlFile, value: Mapping): readonly ImprovementNote[] {
  const entries = Array.isArray(value.include) ? value.include : [value.include];
  return entries.flatMap((one, at): readonly ImprovementNote[] => {
    const { project, ref, remote, integrity } = mapping(one);
    const address = typeof one === 'string' && /^https?:/.test(one) ? one : remote;
    const line = lineAt(file, Array.isArray(value.include) ? ['include', at] : ['include']);
    if (typeof address === 'string' && integrity === undefined) {
      const text = `Whoever writes ${address.slice(0, 200)} decides what this pipeline runs with your secrets: give its checksum (integrity), or keep a copy here.`;
      return [{ line, text }];
    }
    if (typeof project !== 'string' || (typeof ref === 'string' && isFixed(ref))) return [];
    const text = `What ${project.slice(0, 200)} holds on ${typeof ref === 'string' ? ref : 'its default branch'} today is taken in: name a tag or a commit, or this pipeline changes with every push there.`;
    return [{ line, text }];
  });
}

/** A commit, a version, or a variable that says one of them. */
function isFixed(ref: string): boolean {
  return /^[0-9a-f]{7,64}$|\d+\.\d+|^v?\d+$|\$/.test(ref);
}

function lineAt(file: YamlFile, path: readonly (string | number)[]): number {
  const node = file.documents.at(-1)?.node;
  const offset = node ? lineOfPath(node, path) : 0;
  return file.text.slice(0, offset).split('\n').length;
}
