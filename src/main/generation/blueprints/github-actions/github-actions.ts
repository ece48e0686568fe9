import type { ScanResult, Service } from '#shared/scan.ts';
import type { Surroundings, WrittenFile } from '../blueprint.ts';
import { freePath } from '../free-path.ts';
import { workflowText } from './workflow.ts';

const folder = '.github/workflows';

/**
 * `.github/workflows/ci.yml`: tests, images, scan and deployment of all services.
 * @throws OmegaError `INVALID_INPUT` where no service has an image to build.
 */
export function githubActionsFiles(
  project: ScanResult,
  _service: Service | null,
  { target }: Surroundings,
): readonly WrittenFile[] {
  const path = freePath(project, `${folder}/ci.yml`, `${folder}/omega-ci.yml`);
  return [{ kind: 'github-actions', path, content: workflowText(project, target, 'all') }];
}
