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
    return `${name}\n${JSON.stringify([stage, script, before, image, base, list(job)])}`;
  };
  return {
    tests: jobs.some((one) => testing.test(text(one))),
    scans: scanning.test(JSON.stringify(value)),
    builds: jobs.find((one) => imaging.test(text(one)))?.[0] ?? null,
    jobs: new Set(jobs.map(([name]) => name)),
  };
}
