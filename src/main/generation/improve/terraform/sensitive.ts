import { attributeOf, literalOf } from '../../validation/terraform/hcl/read-values.ts';
import type { Block } from '../../validation/terraform/hcl/syntax.ts';
import type { TerraformModule } from '../../validation/terraform/module.ts';
import { isBareSecret } from '../../validation/terraform/rules-access.ts';
import { readConstraint } from '../../validation/terraform/version-constraint.ts';
import type { FileChanges } from './file-changes.ts';
import type { Flow } from './flow.ts';
import { isRoot, type TerraformProject } from './project.ts';
import { requiredVersion } from './required-version.ts';
import { flowOf } from './sensitive-flow.ts';

/** Variables of a module whose values are followed: each is a walk through all of its expressions. */
const maxSecrets = 50;

/** `sensitive = true` for variables that hold secrets by their names, and for the outputs that tell them. */
export function hideSecrets(
  project: TerraformProject,
  module: TerraformModule,
  to: FileChanges,
): void {
  const secrets = [...module.variables].filter(([, { item }]) => isSecret(item));
  const told = new Set<Block>();
  for (const [name, { item, file }] of secrets.slice(0, maxSecrets)) {
    const { path } = file;
    const flow = flowOf(project, module, name);
    const why = refusal(project, module, flow);
    if (why !== null) {
      const text = `"${name}" sounds like a secret and is not sensitive: ${why}.`;
      to.leave(path, item.line, text);
      continue;
    }
    const text = `The variable ${name} is sensitive: plans do not show it.`;
    to.change(path, sensitive(item), item.line, text);
    for (const output of flow.type === 'outputs' ? flow.outputs : []) {
      const [tells = ''] = output.labels;
      const at = module.outputs.get(tells)?.file.path;
      if (at === undefined) continue;
      if (at !== path) {
        const both = `"${name}" is sensitive now, and so is the output "${tells}" that tells it: take ${at} together with this file.`;
        to.leave(path, item.line, both);
      }
      if (told.has(output)) continue;
      told.add(output);
      const said = `The output ${tells} is sensitive, as what it tells.`;
      to.change(at, sensitive(output), output.line, said);
    }
  }
}

/** Why a variable is not made sensitive, or null where it can be. */
function refusal(project: TerraformProject, module: TerraformModule, flow: Flow): string | null {
  const known = requiredVersion(module);
  if (known !== null && readConstraint(known)?.admits('0.13.7') === true)
    return `required_version ${known} lets Terraform 0.13 run this, which does not know sensitive variables`;
  if (flow.type === 'stopped') return flow.why;
  const [output] = flow.outputs;
  return output && !isRoot(project, module)
    ? `the output "${output.labels[0]}" tells it, and who calls this module would have to mark theirs too`
    : null;
}

function sensitive(block: Block) {
  return { type: 'argument', block, name: 'sensitive', value: 'true' } as const;
}

/** Names that end in the secret itself, not in something about it: its path, its id, its rotation. */
const itself =
  /(?:^|[_-])(?:passwd|password|passphrase|pwd|secret|token|(?:api|private|secret|access|auth)[_-]?key|credentials?)(?:[_-](?:value|base64|pem))?$/i;

/** Whether a variable is to be sensitive: by its name, and where its default is no switch and no path. */
function isSecret(block: Block): boolean {
  const preset = literalOf(block.body, 'default');
  const isTyped = attributeOf(block.body, 'type') !== undefined;
  const isText = isTyped || preset === undefined || preset === null || typeof preset === 'string';
  const isPath = typeof preset === 'string' && /^[~./]|[/\\]/.test(preset);
  return isText && !isPath && itself.test(block.labels[0] ?? '') && isBareSecret(block);
}
