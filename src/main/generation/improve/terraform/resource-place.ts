import type { Block } from '../../validation/terraform/hcl/syntax.ts';
import type { TerraformModule } from '../../validation/terraform/module.ts';
import type { FileChanges } from './file-changes.ts';
import type { TerraformProject } from './project.ts';

/** A resource that may be made safer, and where. */
export type ResourcePlace = {
  readonly project: TerraformProject;
  readonly module: TerraformModule;
  readonly block: Block;
  readonly path: string;
  readonly to: FileChanges;
};

/** Wants an argument set that the resource does not have; `does` says what it does then. */
export function setArgument(
  path: string,
  block: Block,
  name: string,
  value: string,
  to: FileChanges,
  does: string,
): void {
  const change = { type: 'argument', block, name, value } as const;
  to.change(path, change, block.line, `${block.labels.join('.')} ${does}.`);
}
