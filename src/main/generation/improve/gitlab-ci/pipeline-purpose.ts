import { list, type Mapping, mapping } from '../../validation/plain.ts';

/** What is known of an author's pipeline without running it. */
export type PipelinePurpose = {
  /** Whether some job runs tests, builds images, or looks for faults in them. */
  readonly tests: boolean;
  readonly scans: boolean;
  /** The first job that builds an image; null where none does. */
  readonly builds: string | null;
  readonly jobs: ReadonlySet<string>;
};

const globals =
  /^(?:spec|image|services|before_script|after_script|variables|cache|default|stages|types|include|workflow|\$schema)$/;
const testing =
  /(?:^|[^a-z])(?:unit|integration|e2e)?tests?(?:ing)?(?![a-z])|\b(?:pytest|tox|nox|rspec|phpunit|pest|vitest|jest|verify|check|ctest|unittest)\b|\bmvnw?\b.{0,200}\b(?:package|install)\b|\bgradlew?\b.{0,200}\bbuild\b/i;
const imaging =
  /\b(?:docker|podman)(?:\s+buildx)?\s+(?:build|bake)\b|\bdocker[ -]compose\s+(?:build|push)|buildah|buildctl|\/kaniko\/executor|\bko\s+(?:build|publish)\b/;
const scanning = /trivy|grype|snyk|clair|anchore|docker\s+scout|container[_-]scanning|syft/i;

/** Reads what the jobs of a pipeline do out of their scripts and images. */
export function purposeOf(value: Mapping): PipelinePurpose {
  const jobs = Object.entries(value).filter(([name]) => !globals.test(name));
  const text = ([name, job]: readonly [string, unknown]): string => {
    const { stage, script, before_script: before, image, extends: base } = mapping(job);
    return [name, ...wordsOf([stage, script, before, image, base, list(job)], 0)].join('\n');
  };
  return {
    tests: jobs.some((one) => testing.test(text(one))),
    scans: scanning.test([...Object.keys(value), ...wordsOf(value, 0)].join('\n')),
    builds: jobs.find((one) => imaging.test(text(one)))?.[0] ?? null,
    jobs: new Set(jobs.map(([name]) => name)),
  };
}

/** Every text within a value. */
function wordsOf(value: unknown, depth: number): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || depth > 10) return [];
  return Object.values(value).flatMap((one) => wordsOf(one, depth + 1));
}
