import { attributeOf, blocksOf, textOf } from '../../validation/terraform/hcl/read-values.ts';
import type { TerraformModule } from '../../validation/terraform/module.ts';
import type { FileChanges } from './file-changes.ts';
import { privateS3, rotatedKmsKey, sessionMetadata } from './harden-aws.ts';
import type { TerraformProject } from './project.ts';
import { runsWith } from './provider-versions.ts';
import { referrersOf } from './references.ts';
import { type ResourcePlace, setArgument } from './resource-place.ts';

/** By type; each changes what the cloud changes in place, and nothing that is in use can miss. */
const rules: Readonly<Record<string, (place: ResourcePlace) => void>> = {
  aws_s3_bucket: privateS3,
  aws_kms_key: rotatedKmsKey,
  aws_cloudtrail: ({ block, path, to }) => {
    if (attributeOf(block.body, 'enable_log_file_validation')) return;
    setArgument(
      path,
      block,
      'enable_log_file_validation',
      'true',
      to,
      'says when its logs were tampered with',
    );
  },
  aws_instance: sessionMetadata,
  aws_launch_template: sessionMetadata,
  azurerm_storage_account: privateStorageAccount,
  google_storage_bucket: privateGoogleBucket,
};

/** Closes what providers leave open in resources of a module. */
export function hardenResources(
  project: TerraformProject,
  module: TerraformModule,
  to: FileChanges,
): void {
  if (!module.isWhole) return;
  for (const { item: block, file } of module.objects.values()) {
    const [type = ''] = block.labels;
    const rule = block.name === 'resource' && Object.hasOwn(rules, type) ? rules[type] : undefined;
    if (rule && !file.isOverride) rule({ project, module, block, path: file.path, to });
  }
}

/** Containers are private unless one says otherwise; only what this module makes is known. */
function privateStorageAccount({ project, module, block, path, to }: ResourcePlace): void {
  if (attributeOf(block.body, 'allow_nested_items_to_be_public')) return;
  if (!runsWith(project, module, 'azurerm', 3)) return;
  const referrers = referrersOf(module, block);
  const containers = referrers.filter(({ labels }) => labels[0] === 'azurerm_storage_container');
  const isPrivate = containers.every(({ body }) => {
    const access = attributeOf(body, 'container_access_type');
    return !access || textOf(body, 'container_access_type') === 'private';
  });
  const isTold = referrers.some(({ name }) => name === 'output' || name === 'module');
  if (!isPrivate) return;
  if (containers.length === 0 || isTold) {
    to.leave(
      path,
      block.line,
      `${block.labels.join('.')} lets containers be made public: whether one is, is not seen here. Set allow_nested_items_to_be_public = false if none is.`,
    );
    return;
  }
  setArgument(
    path,
    block,
    'allow_nested_items_to_be_public',
    'false',
    to,
    'lets no container be made public',
  );
}

/** A bucket that nothing here opens; its website or members may be what it is for. */
function privateGoogleBucket({ project, module, block, path, to }: ResourcePlace): void {
  const { body } = block;
  if (attributeOf(body, 'public_access_prevention') || blocksOf(body, 'website').length > 0) return;
  if (!runsWith(project, module, 'google', 5)) return;
  const referrers = referrersOf(module, block);
  const opens = referrers.some(
    ({ name, labels: [other = ''] }) =>
      name === 'module' ||
      /^google_(?:storage_.*(?:iam|acl|access_control)|compute_backend_bucket)/.test(other),
  );
  if (opens || attributeOf(body, 'predefined_acl')) return;
  if (referrers.some(({ name }) => name === 'output')) {
    to.leave(
      path,
      block.line,
      `${block.labels.join('.')} can be made public: others learn its name, and may have opened it. Set public_access_prevention = "enforced" if none has.`,
    );
    return;
  }
  setArgument(path, block, 'public_access_prevention', '"enforced"', to, 'cannot be made public');
}
