import type { Block } from '../../validation/terraform/hcl/syntax.ts';
import { localFolder } from '../../validation/terraform/local-folder.ts';
import { folderOf, readModule, type TerraformModule } from '../../validation/terraform/module.ts';
import type { TextFile } from '../../validation/validator.ts';
import type { Flow } from './flow.ts';
import { type LockedProviders, readLock } from './lock.ts';

/** The Terraform of a project, by folder. */
export type TerraformProject = {
  readonly modules: ReadonlyMap<string, TerraformModule>;
  /** What `terraform init` chose, of folders where it ran and its lock file was kept. */
  readonly locks: ReadonlyMap<string, LockedProviders>;
  /** Folders of modules that another one of the project calls. */
  readonly called: ReadonlySet<string>;
  /** The module that a `module` block of a folder calls; null where it is not of this project. */
  readonly calledBy: (block: Block, folder: string) => TerraformModule | null;
  /** Where values of variables go, by folder and name, as far as they were followed. */
  readonly flows: Map<string, Flow>;
};

/** Name of the file in which Terraform keeps the versions that it chose. */
export const lockFile = '.terraform.lock.hcl';

/** Reads the files of a project; a folder of which not all files are among them is not `isWhole`. */
export function readProject(
  files: readonly TextFile[],
  unread: readonly string[],
): TerraformProject {
  const missing = new Set(unread.map(folderOf));
  const byFolder = Map.groupBy(files, ({ path }) => folderOf(path));
  const modules = new Map<string, TerraformModule>();
  const locks = new Map<string, LockedProviders>();
  for (const [folder, inside] of byFolder) {
    const module = readModule(folder, inside);
    modules.set(folder, missing.has(folder) ? { ...module, isWhole: false } : module);
    const lock = inside.find(({ path }) => path.split('/').at(-1) === lockFile);
    if (lock) locks.set(folder, readLock(lock.content));
  }
  const calledBy = (block: Block, folder: string): TerraformModule | null =>
    modules.get(localFolder(block, folder) ?? '\0') ?? null;
  const called = new Set<string>();
  for (const { folder, modules: calls } of modules.values()) {
    for (const { item } of calls.values()) {
      const target = calledBy(item, folder);
      if (target) called.add(target.folder);
    }
  }
  return { modules, locks, called, calledBy, flows: new Map() };
}

/** Whether Terraform is run in a folder: a module that others call is none, nor one without signs of it. */
export function isRoot({ locks, called }: TerraformProject, module: TerraformModule): boolean {
  if (called.has(module.folder)) return false;
  const hasBackend = module.files.some(({ hcl }) =>
    hcl.body.blocks.some(
      ({ name, body }) =>
        name === 'terraform' && body.blocks.some((one) => /^(?:backend|cloud)$/.test(one.name)),
    ),
  );
  return locks.has(module.folder) || hasBackend;
}
