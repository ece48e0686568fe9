import { list, type Mapping, mapping } from '../plain.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import type { YamlDocument } from '../yaml/parse-yaml.ts';

/** One step of a job, with its place. */
export type WorkflowStep = { readonly value: Mapping; readonly path: YamlPath };
/** One job, with its place. */
export type WorkflowJob = {
  readonly id: string;
  readonly value: Mapping;
  readonly path: YamlPath;
  readonly steps: readonly WorkflowStep[];
};
/** A workflow as our own rules look at it. */
export type Workflow = {
  readonly root: Mapping;
  readonly events: readonly string[];
  readonly jobs: readonly WorkflowJob[];
  readonly lineOf: YamlDocument['lineOf'];
};

/** Reads a workflow's parts out of its document; what has another form than GitHub takes is left out. */
export function workflowOf(document: YamlDocument): Workflow {
  const root = mapping(document.value);
  const on = root.on;
  const events =
    typeof on === 'string' ? [on] : Array.isArray(on) ? on.map(String) : Object.keys(mapping(on));
  const jobs = Object.entries(mapping(root.jobs)).map(([id, job]): WorkflowJob => {
    const value = mapping(job);
    const path = ['jobs', id];
    const steps = list(value.steps).map((step, at) => ({
      value: mapping(step),
      path: [...path, 'steps', at],
    }));
    return { id, value, path, steps };
  });
  return { root, events, jobs, lineOf: document.lineOf };
}

/** The action of a step or the workflow of a job, split at its reference; null for scripts and the project's own. */
export function usesOf(value: Mapping): { readonly name: string; readonly ref: string } | null {
  const [, name, ref] =
    /^([^@\s]+)@(\S+)$/.exec(typeof value.uses === 'string' ? value.uses : '') ?? [];
  return name === undefined || ref === undefined || name.startsWith('.') ? null : { name, ref };
}
