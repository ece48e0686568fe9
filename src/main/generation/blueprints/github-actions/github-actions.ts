import type { ScanResult, Service } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import { improveWorkflow } from '../../improve/workflow/improve-workflow.ts';
import { purposeOf, type WorkflowPurpose } from '../../improve/workflow/workflow-purpose.ts';
import { isImproved, type Surroundings, type WrittenFile } from '../blueprint.ts';
import { deployedReads } from '../ci/deployed-manifests.ts';
import { testJobs } from '../ci/test-jobs.ts';
import { freePath } from '../free-path.ts';
import { leftNotes } from '../left-notes.ts';
import { commitOf } from './action-pins.ts';
import { type WorkflowPart, workflowText } from './workflow.ts';

const folder = '.github/workflows';

/** The author's workflows, and the manifests that ours is to apply. */
export function githubActionsReads(
  project: ScanResult,
  _service: Service | null,
  target: Target,
): readonly string[] {
  if (target.existing === 'replace') return [];
  const theirs = project.existing.filter(
    ({ kind, path }) => kind === 'github-actions' && path.startsWith(`${folder}/`),
  );
  return [...theirs.map(({ path }) => path), ...deployedReads(project, target)];
}

/**
 * `.github/workflows/ci.yml`: tests, images, scan and deployment of all services. An author's
 * workflows get small changes instead, and beside them only what none of them does.
 * @throws OmegaError `INVALID_INPUT` where no service has an image to build.
 */
export function githubActionsFiles(
  project: ScanResult,
  _service: Service | null,
  surroundings: Surroundings,
): readonly WrittenFile[] {
  const theirs = [...surroundings.texts].filter(
    ([path]) => path.startsWith(`${folder}/`) && isImproved(surroundings, path),
  );
  const improved = theirs.map(([path, { content }]): WrittenFile => {
    const { content: after, left } = improveWorkflow(content, commitOf);
    return { kind: 'github-actions', path, content: after, notes: leftNotes(left) };
  });
  const purposes = theirs.map(([, { content }]) => purposeOf(content));
  const part = missingPart(project, purposes);
  if (part === null) return improved;
  const taken = new Set(theirs.map(([path]) => path));
  const names = fileNames[part].map((name) => `${folder}/${name}.yml`);
  const [first = `${folder}/omega.yml`, ...rest] = names.filter((path) => !taken.has(path));
  const path = freePath(project, first, ...rest);
  const own = {
    kind: 'github-actions',
    path,
    content: workflowText(project, surroundings, part),
  } as const;
  return [own, ...improved];
}

const fileNames: Readonly<Record<WorkflowPart, readonly string[]>> = {
  all: ['ci', 'omega-ci'],
  tests: ['tests', 'omega-tests'],
  images: ['images', 'omega-images'],
};

/** What none of the author's workflows does, or null: never a second pipeline for the same. */
function missingPart(
  project: ScanResult,
  purposes: readonly WorkflowPurpose[],
): WorkflowPart | null {
  if (purposes.length === 0) return 'all';
  const wantsTests = testJobs(project).length > 0 && !purposes.some(({ tests }) => tests);
  const wantsImages = !purposes.some(({ images }) => images);
  if (wantsTests) return wantsImages ? 'all' : 'tests';
  return wantsImages ? 'images' : null;
}
