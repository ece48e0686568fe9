import { generateArtifacts, planArtifacts } from '#main/generation/blueprints/generate.ts';
import { scanProject } from '#main/generation/scan/scan-project.ts';
import { detectFormat, validateFile } from '#main/generation/validation/validate.ts';
import type { ArtifactKind } from '#shared/artifact.ts';
import type { ScanResult } from '#shared/scan.ts';
import { median, rounded, timed } from './statistics.ts';
import { makeProject } from './synthetic-project.ts';

/** How many services: `batch` one-service projects, and monorepos of `few` and of `many`. */
export type BlueprintSize = {
  readonly batch: number;
  readonly few: number;
  readonly many: number;
  readonly repeats: number;
};

/** What writing and validating costs. Memory is the process's whole resident set. */
export type BlueprintFigures = {
  readonly services: number;
  readonly artifacts: number;
  readonly files: number;
  readonly errors: number;
  /** Median time for all artifacts of the batch, in ms. */
  readonly ms: number;
  readonly peakMb: number;
  /** Time per service in a batch of `many` over that in a batch of `few`. */
  readonly scaling: number;
  /** The same for one project that holds all the services. */
  readonly monorepoScaling: number;
};

/** The kinds of the figure; the others have a suite of their own. */
const kinds: readonly ArtifactKind[] = ['dockerfile', 'compose', 'kubernetes'];

type Made = { artifacts: number; files: number; errors: number; peak: number };

/** Measures blueprints with validation, without external validators, whose speed is not ours. */
export async function measureBlueprints(size: BlueprintSize): Promise<BlueprintFigures> {
  const path = process.env.PATH;
  process.env.PATH = '';
  try {
    const { project: few } = await scanned(size.few);
    const { project: many } = await scanned(size.many);
    const { project: batch } = await scanned(size.batch);
    const made = { artifacts: 0, files: 0, errors: 0, peak: 0 };
    await make(apart(batch), made);
    await make([few], made);
    const result = { artifacts: 0, files: 0, errors: 0, peak: 0 };
    const ms = await repeated(size.repeats, () => {
      Object.assign(result, { artifacts: 0, files: 0, errors: 0 });
      return make(apart(batch), result);
    });
    return {
      services: size.batch,
      artifacts: result.artifacts,
      files: result.files,
      errors: result.errors,
      ms: rounded(ms, 0),
      peakMb: rounded(result.peak / 1e6, 0),
      scaling: await growth(
        size,
        () => make(apart(few), made),
        () => make(apart(many), made),
      ),
      monorepoScaling: await growth(
        size,
        () => make([few], made),
        () => make([many], made),
      ),
    };
  } finally {
    process.env.PATH = path;
  }
}

async function scanned(services: number): Promise<{ project: ScanResult }> {
  const tree = await makeProject({ services, files: 0 });
  try {
    const project = await scanProject(tree.root, { signal: new AbortController().signal });
    if (project.services.length !== services) {
      throw new Error(`the scan found ${project.services.length} services of ${services}`);
    }
    return { project };
  } finally {
    tree.dispose();
  }
}

/** The same services, each as a project of its own. */
function apart(project: ScanResult): readonly ScanResult[] {
  return project.services.map((service) => ({ ...project, services: [service] }));
}

async function make(projects: readonly ScanResult[], made: Made): Promise<void> {
  const { signal } = new AbortController();
  for (const project of projects) {
    for (const { kind, service } of planArtifacts(project, kinds)) {
      made.artifacts += 1;
      for (const { path, content } of generateArtifacts(kind, project, service)) {
        const format = detectFormat(path, content);
        made.files += 1;
        // Files beside the main one (an example of the environment) may be of no judged format.
        if (format === null) continue;
        const findings = await validateFile({ path, content, format }, signal);
        made.errors += findings.filter((finding) => finding.severity === 'error').length;
      }
      made.peak = Math.max(made.peak, process.memoryUsage.rss());
    }
  }
}

/** Few and many take turns; few is so short that it is measured ten times in a turn. */
async function growth(
  size: BlueprintSize,
  few: () => Promise<void>,
  many: () => Promise<void>,
): Promise<number> {
  const times: { few: number[]; many: number[] } = { few: [], many: [] };
  for (let n = 0; n < size.repeats; n += 1) {
    for (let m = 0; m < 10; m += 1) times.few.push(await timed(few));
    times.many.push(await timed(many));
  }
  return rounded(median(times.many) / size.many / (median(times.few) / size.few));
}

async function repeated(repeats: number, work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < repeats; n += 1) times.push(await timed(work));
  return median(times);
}
