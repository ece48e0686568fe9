import type { TerraformModule } from '../../validation/terraform/module.ts';
import { readConstraint } from '../../validation/terraform/version-constraint.ts';
import type { TerraformProject } from './project.ts';

/** Whether a module can only run with a provider of this major version or a later one. */
export function runsWith(
  { locks }: TerraformProject,
  module: TerraformModule,
  provider: string,
  major: number,
): boolean {
  const required = module.required.get(provider);
  const locked = locks.get(module.folder)?.get(required?.address ?? `hashicorp/${provider}`);
  if (locked !== undefined) return Number(locked.split('.')[0]) >= major;
  const constraint = required?.version ? readConstraint(required.version) : null;
  if (constraint === null) return false;
  const earlier = Array.from({ length: major }, (_, before) => before);
  return !earlier.some(
    (one) => constraint.admits(`${one}.0.0`) || constraint.admits(`${one}.999.999`),
  );
}
