import { list, type Mapping, mapping } from '../../validation/plain.ts';
import type { PipelinePurpose } from './pipeline-purpose.ts';

/** A job of ours that tests a service, ready to stand in a pipeline. */
export type TestBlock = {
  /** Of the service, as a person calls it. */
  readonly name: string;
  readonly job: string;
  /** What it runs, in a few words. */
  readonly command: string;
  readonly text: string;
};

const usualStages = ['build', 'test', 'deploy'];
const shared = ['before_script', 'after_script', 'services', 'tags'] as const;

/**
 * Why jobs that test cannot simply be added to a pipeline, as the end of a sentence; null where they
 * can, empty where other files may test already.
 */
export function whyNoTests(
  value: Mapping,
  { jobs }: PipelinePurpose,
  tests: readonly TestBlock[],
): string | null {
  if (value.include !== undefined) return '';
  const all = [...jobs].map((name) => mapping(value[name]));
  if (all.some(({ trigger }) => trigger !== undefined)) return '';
  const global = shared.find(
    (key) => value[key] !== undefined || mapping(value.default)[key] !== undefined,
  );
  if (global !== undefined) return `${global} of all jobs would be theirs too`;
  if (all.some(({ tags }) => tags !== undefined))
    return 'the jobs name their runners by tags, and nobody knows which of them runs containers';
  const stages = value.stages === undefined ? usualStages : list(value.stages).map(String);
  if (!stages.includes('test')) return 'there is no stage called test';
  const taken = tests.find(({ job }) => jobs.has(job));
  if (taken) return `there is a ${taken.job} of another meaning`;
  return jobs.size === 0 ? 'there is no job at all' : null;
}
