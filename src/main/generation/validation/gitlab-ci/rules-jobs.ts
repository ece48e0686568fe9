import { list, mapping } from '../plain.ts';
import { quote, type Report } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import { namesUnder, type Pipeline } from './pipeline-model.ts';

const reference = 'https://docs.gitlab.com/ci/yaml/';

/** References between jobs that GitLab refuses: unknown stages, needs and templates, and circles. */
export function judgeJobs(pipeline: Pipeline, report: Report): void {
  const { jobs, stages, lineOf, includes } = pipeline;
  const error = (
    rule: string,
    path: readonly (string | number)[],
    text: string,
    at: string,
  ): void => report.add(rule, 'error', lineOf(path), text, `${reference}#${at}`);
  for (const [name, job] of jobs) {
    const bases = namesUnder(job.extends);
    for (const base of bases) {
      if (jobs.has(base) || includes) continue;
      const text = `${quote(name)} extends ${quote(base)}, which is not in this file.${didYouMean(base, [...jobs.keys()])}`;
      error('gitlab-ci/unknown-extends', [name, 'extends'], text, 'extends');
    }
    if (inCircle(name, (one) => namesUnder(jobs.get(one)?.extends))) {
      error(
        'gitlab-ci/extends-cycle',
        [name, 'extends'],
        `${quote(name)} extends itself by a circle. Break it.`,
        'extends',
      );
      continue;
    }
    if (name.startsWith('.')) continue;
    const whole = inherited(name, pipeline);
    if (!whole.known) continue;
    const keys = whole.keys;
    if (
      !['script', 'trigger', 'run', 'pages'].some((key) => hasValue(keys.get(key))) &&
      !includes
    ) {
      error(
        'gitlab-ci/no-script',
        [name],
        `The job ${quote(name)} has no script, trigger or run, so GitLab refuses it. Add one, or begin its name with a dot.`,
        'script',
      );
    }
    const stage = keys.get('stage');
    if (typeof stage === 'string' && !stages.includes(stage) && !includes && !stage.includes('$')) {
      const text = `The stage ${quote(stage)} of ${quote(name)} is not among the stages.${didYouMean(stage, stages)}`;
      error('gitlab-ci/unknown-stage', [name, 'stage'], text, 'stages');
    }
    judgeNeeds(name, job.needs, pipeline, error);
    judgeDependencies(name, job.dependencies, pipeline, error);
    judgeOrder(
      name,
      [...needsOf(keys.get('needs')), ...dependenciesOf(keys.get('dependencies'))],
      pipeline,
      error,
    );
    for (const key of hasValue(keys.get('rules')) ? ['only', 'except', 'start_in'] : []) {
      if (!hasValue(keys.get(key))) continue;
      const text = `${quote(name)} has rules and ${key}, of which GitLab takes one. Write ${key} as a rule.`;
      error(
        'gitlab-ci/rules-and-only',
        [name, job[key] === undefined ? 'rules' : key],
        text,
        'rules',
      );
    }
    if (hasValue(keys.get('script')) && hasValue(keys.get('trigger'))) {
      const text = `${quote(name)} has a script and a trigger, of which GitLab takes one. Make two jobs of it.`;
      error('gitlab-ci/script-and-trigger', [name], text, 'trigger');
    }
  }
  for (const name of jobs.keys()) {
    if (inCircle(name, (one) => needsOf(jobs.get(one)?.needs).map(({ job }) => job))) {
      error(
        'gitlab-ci/needs-cycle',
        [name, 'needs'],
        `${quote(name)} waits for itself by a circle of needs. Break it.`,
        'needs',
      );
    }
  }
}

/** An empty script is none. */
function hasValue(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

type Tell = (rule: string, path: readonly (string | number)[], text: string, at: string) => void;

function judgeNeeds(name: string, needs: unknown, { jobs, includes }: Pipeline, error: Tell): void {
  for (const { job, at, optional } of needsOf(needs)) {
    // `needs: pipeline` and jobs of other projects are looked up elsewhere; a job may be made by a matrix.
    if (includes || optional || job.includes('$')) continue;
    const known = [...jobs.keys()].filter((one) => !one.startsWith('.'));
    if (known.includes(job) || known.some((one) => job.startsWith(`${one}: [`))) continue;
    const text = `${quote(name)} needs ${quote(job)}, which is no job of this file.${didYouMean(job, known)}`;
    error('gitlab-ci/unknown-needs', [name, 'needs', at], text, 'needs');
  }
}

function judgeDependencies(
  name: string,
  value: unknown,
  { jobs, includes }: Pipeline,
  error: Tell,
): void {
  for (const { job, at } of includes ? [] : dependenciesOf(value)) {
    const known = [...jobs.keys()].filter((one) => !one.startsWith('.'));
    if (
      known.includes(job) ||
      job.includes('$') ||
      known.some((one) => job.startsWith(`${one}: [`))
    )
      continue;
    const text = `${quote(name)} takes the artifacts of ${quote(job)}, which is no job of this file.${didYouMean(job, known)}`;
    error('gitlab-ci/unknown-needs', [name, 'dependencies', at], text, 'dependencies');
  }
}

function dependenciesOf(value: unknown): readonly Needed[] {
  return list(value).flatMap((one, at) =>
    typeof one === 'string' ? [{ job: one, at, optional: false }] : [],
  );
}

/** What a job waits for must stand in its own stage or an earlier one. */
function judgeOrder(
  name: string,
  needed: readonly Needed[],
  pipeline: Pipeline,
  error: Tell,
): void {
  const own = stageOf(name, pipeline);
  for (const { job } of pipeline.includes ? [] : needed) {
    const other = pipeline.jobs.has(job) ? stageOf(job, pipeline) : null;
    if (own === null || other === null || other <= own) continue;
    const text = `${quote(name)} waits for ${quote(job)} of a later stage, which GitLab refuses. Move one of them.`;
    error('gitlab-ci/needs-later', [name], text, 'needs');
  }
}

/** The place of a job's stage among the stages; null where that is not known. */
function stageOf(name: string, pipeline: Pipeline): number | null {
  const { keys, known } = inherited(name, pipeline);
  const stage = keys.get('stage') ?? mapping(pipeline.root.default).stage ?? 'test';
  const at = typeof stage === 'string' ? pipeline.stages.indexOf(stage) : -1;
  return known && at >= 0 ? at : null;
}

type Needed = { readonly job: string; readonly at: number; readonly optional: boolean };

function needsOf(needs: unknown): readonly Needed[] {
  return list(needs).flatMap((one, at) => {
    if (typeof one === 'string') return [{ job: one, at, optional: false }];
    const { job, project, pipeline, optional } = mapping(one);
    if (typeof job !== 'string' || project !== undefined || pipeline !== undefined) return [];
    return [{ job, at, optional: optional === true }];
  });
}

/** The keys of a job with those of its templates; not known where one of them is elsewhere. */
function inherited(
  name: string,
  { jobs }: Pipeline,
): { readonly keys: ReadonlyMap<string, unknown>; readonly known: boolean } {
  const keys = new Map<string, unknown>();
  const seen = new Set<string>();
  let known = true;
  const take = (one: string): void => {
    const job = jobs.get(one);
    if (!job) known = false;
    if (!job || seen.has(one)) return;
    seen.add(one);
    for (const [key, value] of Object.entries(job)) if (!keys.has(key)) keys.set(key, value);
    for (const base of [...namesUnder(job.extends)].reverse()) take(base);
  };
  take(name);
  return { keys, known };
}

function inCircle(start: string, next: (name: string) => readonly string[]): boolean {
  const seen = new Set<string>();
  const open = [...next(start)];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === start) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    open.push(...next(name));
  }
  return false;
}
