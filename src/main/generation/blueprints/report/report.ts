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
  const improved = [
    ...project.services.flatMap((one) => dockerfileReads(project, one, target)),
    ...kubernetesReads(project, null, target),
  ];
  const there = new Set(project.existing.map(({ path }) => path));
  const all = [...composeReads(project, null, target), ...improved].filter((path) =>
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

/**
 * `docs/security-report.md`: what the validators found in the files that are there, what the small
 * changes of this run mend, what a person has to decide, and where sizes come from. It has no time
 * in it: the same files give the same report.
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
  const proposed = proposals(project, services, surroundings);
  const unread = filesOf(project).filter((one) => !surroundings.texts.has(one));
  const lines = [
    '# Security report',
    '',
    'Written by Omega Studio from the files of this project as they are. What it does not name was not looked at.',
    '',
    ...findingsSection(path, findings),
    ...secretsSection(path, findings),
    ...changesSection(path, proposed),
    ...sizesSection(services, proposed),
    ...readSection(path, [...surroundings.texts.keys()].sort(), unread),
  ];
  return [{ kind: 'report', path, content: `${lines.join('\n').trimEnd()}\n` }];
}

/** What a service's own job writes beside this one, and Compose's; kinds without a blueprint for it are left out. */
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
