import type { Finding } from '#shared/artifact.ts';
import { OmegaError } from '#shared/error.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import type { Surroundings, WrittenFile } from '../blueprint.ts';
import { composeFiles, composeReads } from '../compose/improved.ts';
import { isDeployable } from '../deployable.ts';
import { dockerfileFiles, dockerfileReads } from '../dockerfile/improved.ts';
import { freePath } from '../free-path.ts';
import { kubernetesFiles, kubernetesReads } from '../kubernetes/improved.ts';
import {
  changesSection,
  findingsSection,
  readSection,
  secretsSection,
  sizesSection,
} from './sections.ts';

const judged =
  /^(?:dockerfile|dockerignore|compose|kubernetes|kustomize|helm|terraform|github-actions|gitlab-ci|prometheus|prometheus-rules|collector|grafana|kyverno|env-example)$/;

/** The project's infrastructure files, with those that the improvements ask for. */
export function reportReads(
  project: ScanResult,
  _service: Service | null,
  target: Target,
): readonly string[] {
  const asImproved = improving(target);
  const improved = [
    ...project.services.flatMap((one) => dockerfileReads(project, one, asImproved)),
    ...kubernetesReads(project, null, asImproved),
  ];
  const there = new Set(project.existing.map(({ path }) => path));
  const all = [...composeReads(project, null, asImproved), ...improved].filter((path) =>
    there.has(path),
  );
  return [...new Set([...all, ...filesOf(project)])];
}

function filesOf(project: ScanResult): readonly string[] {
  return project.existing
    .filter(({ kind }) => judged.test(kind))
    .map(({ path }) => path)
    .sort();
}

/** What could be mended is asked of every file, whatever the run does with those that are there. */
function improving(target: Target): Target {
  return { ...target, existing: 'improve' };
}

/**
 * `docs/security-report.md`: what the validators find in the project's files with those of the run
 * in place, what small changes would mend yet, what a person has to decide, and where sizes come
 * from. It has no time in it, and nothing of what the run itself mends: the same files give the same
 * report, so that it is true still when they are written.
 * @throws OmegaError `INVALID_INPUT` where nothing of the project is deployed.
 */
export function reportFiles(
  project: ScanResult,
  _service: Service | null,
  surroundings: Surroundings,
): readonly WrittenFile[] {
  const services = project.services.filter(isDeployable);
  if (services.length === 0) {
    throw new OmegaError(
      'INVALID_INPUT',
      'The scan found no deployable service, so there is nothing to report on. Open the folder that holds the services.',
    );
  }
  const path = freePath(project, 'docs/security-report.md', 'security-report.md');
  const findings = [...(surroundings.findings ?? new Map<string, readonly Finding[]>())]
    .flatMap(([file, found]) => found.map((one) => ({ ...one, file })))
    .sort((a, b) =>
      a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || (a.rule < b.rule ? -1 : 1),
    );
  const texts = new Map(
    [...surroundings.texts].map(([at, { content }]) => [at, { content, isOurs: false }]),
  );
  const proposed = proposals(project, services, { target: improving(surroundings.target), texts });
  const unread = filesOf(project).filter((one) => !surroundings.texts.has(one));
  const lines = [
    '# Security report',
    '',
    'Written by Omega Studio of the files of this project, with those in place that were proposed beside it. What it does not name was not looked at.',
    '',
    ...findingsSection(path, findings),
    ...secretsSection(path, findings),
    ...changesSection(path, proposed),
    ...sizesSection(services, proposed),
    ...readSection(path, [...surroundings.texts.keys()].sort(), unread),
  ];
  return [{ kind: 'report', path, content: `${lines.join('\n').trimEnd()}\n` }];
}

/** What Dockerfiles, manifests and Compose's file would be as improved; kinds without a blueprint for it are left out. */
function proposals(
  project: ScanResult,
  services: readonly Service[],
  surroundings: Surroundings,
): readonly (WrittenFile & { readonly service: Service | null })[] {
  const of = (service: Service | null, write: () => readonly WrittenFile[]) => {
    try {
      return write().map((file) => ({ ...file, service }));
    } catch (error) {
      if (error instanceof OmegaError && error.code === 'INVALID_INPUT') return [];
      throw error;
    }
  };
  return [
    ...services.flatMap((one) => [
      ...of(one, () => dockerfileFiles(project, one, surroundings)),
      ...of(one, () => kubernetesFiles(project, one, surroundings)),
    ]),
    ...of(null, () => composeFiles(project, null, surroundings)),
  ];
}
