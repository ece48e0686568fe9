import { list, type Mapping, mapping } from '../plain.ts';
import type { YamlDocument } from '../yaml/parse-yaml.ts';

/** Keys of the file itself that are no jobs. */
const globals = new Set([
  'spec',
  'image',
  'services',
  'before_script',
  'after_script',
  'variables',
  'cache',
  'default',
  'stages',
  'include',
  'workflow',
  '$schema',
]);

/** A pipeline as our own rules look at it. */
export type Pipeline = {
  readonly root: Mapping;
  /** All jobs by name; those whose name begins with a dot are templates. */
  readonly jobs: ReadonlyMap<string, Mapping>;
  readonly stages: readonly string[];
  /** Whether it takes in files that were not looked at, or is itself taken in by another. */
  readonly includes: boolean;
  readonly lineOf: YamlDocument['lineOf'];
};

/** Reads a pipeline's parts out of its document; `isPart` where another file includes it. */
export function pipelineOf(document: YamlDocument, isPart: boolean): Pipeline {
  const root = mapping(document.value);
  const jobs = Object.entries(root)
    .filter(([name, value]) => !globals.has(name) && isJob(name, value))
    .map(([name, value]) => [name, mapping(value)] as const);
  const named = list(root.stages).flat(5).map(String);
  const stages = named.length > 0 ? named : ['build', 'test', 'deploy'];
  return {
    root,
    jobs: new Map(jobs),
    stages: ['.pre', ...stages, '.post'],
    includes: isPart || root.include !== undefined,
    lineOf: document.lineOf,
  };
}

/** A hidden key may hold anything that is referred to. */
function isJob(name: string, value: unknown): boolean {
  return !name.startsWith('.') || (typeof value === 'object' && !Array.isArray(value));
}

/** Names under `extends` or `needs`, which take one or several. */
export function namesUnder(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
}
