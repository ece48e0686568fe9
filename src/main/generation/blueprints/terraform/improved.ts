import type { ScanResult, Service } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import { improveTerraform } from '../../improve/terraform/improve-terraform.ts';
import { lockFile } from '../../improve/terraform/project.ts';
import { inFolder, parentOf } from '../../scan/project-tree.ts';
import { isImproved, type Surroundings, type WrittenFile } from '../blueprint.ts';
import { leftNotes, textsOf } from '../left-notes.ts';

/** The author's Terraform, and what `terraform init` chose beside it. */
export function terraformReads(
  project: ScanResult,
  _service: Service | null,
  { existing }: Target,
): readonly string[] {
  const files = authorsPaths(project);
  if (existing === 'replace') return files;
  const folders = new Set(files.map(parentOf));
  // Last, so that a project with more files than are read loses these and no part of a module.
  return [...files, ...[...folders].map((folder) => inFolder(folder, lockFile))];
}

/** The author's Terraform with small changes; null where all of it is ours, or is to be written anew. */
export function improvedTerraform(
  project: ScanResult,
  surroundings: Surroundings,
): readonly WrittenFile[] | null {
  const paths = authorsPaths(project);
  const files = [...surroundings.texts].filter(
    ([path]) => isImproved(surroundings, path) && !path.endsWith(lockFile),
  );
  const [first] = files;
  if (!first) return null;
  const all = [...surroundings.texts].map(([path, { content }]) => ({ path, content }));
  const unread = paths.filter((path) => !surroundings.texts.has(path));
  const improved = improveTerraform(all, unread);
  const beside = {
    line: 1,
    text: 'This project has Terraform of yours, so ours is not written beside it: two would own the same things. Choose to replace existing files to have ours in a folder of its own.',
  };
  return files.map(([path, { content }]) => {
    const { content: after = content, left = [], done = [] } = improved.get(path) ?? {};
    const said = path === first[0] ? [beside, ...left] : left;
    return {
      kind: 'terraform',
      path,
      content: after,
      notes: leftNotes(said),
      mended: textsOf(done),
    };
  });
}

function authorsPaths(project: ScanResult): readonly string[] {
  return project.existing.filter(({ kind }) => kind === 'terraform').map(({ path }) => path);
}
