import type { ParsedInput } from '#shared/contract.ts';
import { OmegaError } from '#shared/error.ts';
import type { ScanResult } from '#shared/scan.ts';
import type { GenerationPorts, PlannedArtifact } from '../ports.ts';

/** An artifact that is asked for, and the run that would ask; absent means that it is asked for alone. */
export type AskedFor = Pick<ParsedInput<'prompt.preview'>, 'root' | 'kind' | 'service' | 'run'>;

/**
 * The artifacts of the request in which a run asks for the wanted one, as the queue cuts them; `set`
 * is the batch size that is set. Throws `NOT_FOUND` where the project has no such artifact.
 */
export function requestArtifacts(
  ports: GenerationPorts,
  project: ScanResult,
  { kind, service, run }: AskedFor,
  set: number,
): readonly PlannedArtifact[] {
  const isWanted = (planned: PlannedArtifact): boolean =>
    planned.kind === kind && (planned.service?.name ?? null) === service;
  const all = run ? ports.plan(project, run.kinds, run.services) : [];
  const at = all.findIndex(isWanted);
  if (at >= 0) {
    const size = run?.batchSize ?? set;
    const first = at - (at % size);
    return all.slice(first, first + size);
  }
  const names = service === null ? undefined : [service];
  const alone = ports.plan(project, [kind], names).find(isWanted);
  if (alone) return [alone];
  const whose = service === null ? 'of the whole project' : `of a service called "${service}"`;
  throw new OmegaError(
    'NOT_FOUND',
    `There is no ${kind} ${whose} to make here; look at the scan for what was found.`,
  );
}
