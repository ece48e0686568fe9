import {
  usesOf,
  type WorkflowJob,
  workflowOf,
} from '../validation/github-workflow/workflow-model.ts';
import { list, type Mapping, mapping } from '../validation/plain.ts';
import { parseYaml, type YamlDocument } from '../validation/yaml/parse-yaml.ts';
import type { ComparedFile, Place } from './claim.ts';
import { buildsOf } from './command-builds.ts';
import { unknownPart, withoutVariables } from './image-name.ts';
import type { Command, PipelineBuild, PipelineJob } from './pipeline.ts';
import { commandsOf, folderAfter, type Known } from './shell-commands.ts';

/** Combinations of a matrix that are looked at; GitHub runs at most 256. */
const maxCombinations = 256;

/** The jobs of a workflow, one for each combination of a matrix. */
export function githubJobs({ path, content }: ComparedFile): readonly PipelineJob[] {
  const [document] = parseYaml(content, 'github-actions').documents;
  if (!document) return [];
  const { root, jobs, lineOf } = workflowOf(document);
  return jobs.flatMap((job) => {
    const combinations = matrixOf(job);
    return combinations.map((matrix, index) =>
      // Commands that no matrix changes are the same in each of its jobs.
      jobOf({ job, root, matrix, path, lineOf }, index === 0),
    );
  });
}

type JobContext = {
  readonly job: WorkflowJob;
  readonly root: Mapping;
  readonly matrix: Matrix;
  readonly path: string;
  readonly lineOf: YamlDocument['lineOf'];
};

/** A combination, and where it stands if it is written out. */
type Matrix = { readonly values: Mapping; readonly at: readonly (string | number)[] | null };

function matrixOf({ value, path }: WorkflowJob): readonly Matrix[] {
  const { include, exclude, ...axes } = mapping(mapping(value.strategy).matrix);
  const names = Object.keys(axes);
  const written = list(include).map((one, index) => ({
    values: mapping(one),
    at: [...path, 'strategy', 'matrix', 'include', index],
  }));
  if (names.length === 0)
    return written.length > 0 ? written.slice(0, maxCombinations) : [{ values: {}, at: null }];
  // How entries merge into combinations of several axes is not followed.
  if (names.length > 1 || written.length > 0 || exclude !== undefined)
    return [{ values: {}, at: null }];
  const [name = ''] = names;
  const held = list(axes[name]).slice(0, maxCombinations);
  return held.length === 0
    ? [{ values: {}, at: null }]
    : held.map((one, index) => ({
        values: { [name]: one },
        at: [...path, 'strategy', 'matrix', name, index],
      }));
}

function jobOf({ job, root, matrix, path, lineOf }: JobContext, isFirst: boolean): PipelineJob {
  const fill = (text: unknown, env: Known): string =>
    typeof text === 'string' || typeof text === 'number'
      ? withoutVariables(expressions(String(text), matrix.values, env))
      : unknownPart;
  const envOf = (held: unknown, given: Known): Known => {
    const own = Object.entries(mapping(held)).flatMap(([name, value]) => {
      const text = fill(value, given);
      return text.includes(unknownPart) ? [] : [[name, text] as const];
    });
    return new Map([...given, ...own]);
  };
  const jobEnv = envOf(job.value.env, envOf(root.env, new Map()));
  const place = (at: readonly (string | number)[]): Place => ({ path, line: lineOf(at) });
  const builds: PipelineBuild[] = [];
  const commands: Command[] = [];
  const variables = new Map<string, Place>();
  const name = (held: unknown, at: readonly (string | number)[]): void => {
    for (const one of Object.keys(mapping(held))) variables.set(one, place([...at, one]));
  };
  name(root.env, ['env']);
  name(job.value.env, [...job.path, 'env']);
  const usual =
    mapping(mapping(job.value.defaults).run)['working-directory'] ??
    mapping(mapping(root.defaults).run)['working-directory'];
  for (const { value, path: at } of job.steps) {
    const env = envOf(value.env, jobEnv);
    name(value.env, [...at, 'env']);
    const uses = usesOf(value)?.name;
    if (uses === 'docker/build-push-action') {
      const read = (key: string, otherwise: string): string | null => {
        const held = mapping(value.with)[key];
        const text = held === undefined ? otherwise : fill(held, env);
        return text.includes(unknownPart) ? null : text;
      };
      const context = read('context', '.');
      const file = read('file', context === null ? unknownPart : `${context}/Dockerfile`);
      const tags = fill(mapping(value.with).tags ?? unknownPart, env).split(/[\n,]/);
      builds.push({
        image: tags.map((tag) => tag.trim()).find((tag) => tag !== '') ?? null,
        dockerfile: file === null ? null : folderAfter('.', file),
        context: context === null ? null : folderAfter('.', context),
        at: place(matrix.at ?? at),
      });
    }
    if (typeof value.run !== 'string') continue;
    const folder = value['working-directory'] ?? usual ?? '.';
    const script = expressions(value.run, matrix.values, env);
    const found = commandsOf(
      script,
      { path, variables: env, folder: folderAfter('.', fill(folder, env)) },
      (line) =>
        lineOf([...at, 'run']) + (value.run === undefined || isInline(value.run) ? 0 : line + 1),
    );
    if (isFirst || script !== value.run) commands.push(...found.commands);
  }
  return { builds: [...builds, ...commands.flatMap(buildsOf)], commands, variables };
}

/** A script of one line mostly stands beside its key. */
function isInline(script: unknown): boolean {
  return !String(script).trimEnd().includes('\n');
}

/** Puts in what `${{ matrix.NAME }}` and `${{ env.NAME }}` are known to be. */
function expressions(text: string, matrix: Mapping, env: Known): string {
  return text.replace(/\$\{\{\s*(matrix|env)\.([\w.-]{1,200})\s*\}\}/g, (whole, of, name) => {
    const value =
      of === 'env'
        ? env.get(name)
        : String(name)
            .split('.')
            .reduce<unknown>((held, key) => mapping(held)[key], matrix);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : whole;
  });
}
