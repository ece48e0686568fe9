import type { ScanResult } from '#shared/scan.ts';
import { improveDockerfile } from '../../improve/dockerfile/improve-dockerfile.ts';
import { type RunsAs, runsAs } from '../../improve/dockerfile/runs-as.ts';
import type { Surroundings } from '../blueprint.ts';
import { isDeployable } from '../deployable.ts';
import { dockerfilePath } from '../names.ts';
import { dockerfileFacts } from './improved.ts';

/**
 * Whom the image of a Dockerfile runs as once the file is improved, as the run proposes beside this
 * one: the files of a run agree, and the next finds nothing left to do.
 */
export function imageUser(
  project: ScanResult,
  path: string,
  { texts }: Surroundings,
  stage: string | null = null,
): RunsAs | null {
  const text = texts.get(path);
  if (!text) return null;
  const service = project.services.find(
    (one) => isDeployable(one) && dockerfilePath(project, one) === path,
  );
  const facts = service ? dockerfileFacts(service) : null;
  return runsAs(text.isOurs ? text.content : improveDockerfile(text.content, facts).content, stage);
}
