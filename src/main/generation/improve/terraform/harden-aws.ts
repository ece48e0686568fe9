import {
  attributeOf,
  blocksOf,
  literalOf,
  textOf,
} from '../../validation/terraform/hcl/read-values.ts';
import { runsWith } from './provider-versions.ts';
import { referrersOf } from './references.ts';
import { type ResourcePlace, setArgument } from './resource-place.ts';

/** A bucket that nothing here opens gets a block of public access, as new ones have it by themselves. */
export function privateS3({ module, block, path, to }: ResourcePlace): void {
  const { body, labels } = block;
  const [type, name] = labels;
  const referrers = referrersOf(module, block);
  const isBlocked = [...module.objects.values()].some(
    ({ item }) =>
      item.labels[0] === 'aws_s3_bucket_public_access_block' && referrers.includes(item),
  );
  const isAnybodys = referrers.some(
    ({ labels: [other = ''] }) => other === 'aws_s3_account_public_access_block',
  );
  if (isBlocked || isAnybodys) return;
  const acl = attributeOf(body, 'acl');
  const opens = referrers.some(
    ({ name: kind, labels: [other = ''] }) =>
      kind === 'module' ||
      /^aws_s3_bucket_(?:policy|acl|website_configuration|ownership_controls)$/.test(other),
  );
  const speaks = ['policy', 'grant', 'website'].some(
    (one) => attributeOf(body, one) || blocksOf(body, one).length > 0,
  );
  const isPublic = acl !== undefined && textOf(body, 'acl') !== 'private';
  const isTold = referrers.some(({ name: kind }) => kind === 'output');
  const isMany = attributeOf(body, 'count') ?? attributeOf(body, 'for_each');
  const taken = module.objects.has(`resource.aws_s3_bucket_public_access_block.${name}`);
  if (opens || speaks || isPublic) return;
  if (isMany || isTold || taken) {
    const why = isMany
      ? 'it is made several times'
      : isTold
        ? 'others learn its name, and may open it'
        : 'another has its name';
    to.leave(path, block.line, `${type}.${name} has no aws_s3_bucket_public_access_block: ${why}.`);
    return;
  }
  const lines = [
    `resource "aws_s3_bucket_public_access_block" "${name}" {`,
    `  bucket                  = ${type}.${name}.id`,
    '  block_public_acls       = true',
    '  block_public_policy     = true',
    '  ignore_public_acls      = true',
    '  restrict_public_buckets = true',
    '}',
  ];
  to.change(
    path,
    { type: 'after', block, lines },
    block.line,
    `${type}.${name} cannot be made public.`,
  );
}

/** Only symmetric keys of AWS's own material are rotated. */
export function rotatedKmsKey({ block, path, to }: ResourcePlace): void {
  const { body } = block;
  const others = [
    'custom_key_store_id',
    'xks_key_id',
    'enable_key_rotation',
    'rotation_period_in_days',
  ];
  const spec = attributeOf(body, 'customer_master_key_spec');
  const usage = attributeOf(body, 'key_usage');
  const isSymmetric =
    (!spec || textOf(body, 'customer_master_key_spec') === 'SYMMETRIC_DEFAULT') &&
    (!usage || textOf(body, 'key_usage') === 'ENCRYPT_DECRYPT');
  if (!isSymmetric || others.some((name) => attributeOf(body, name))) return;
  if (attributeOf(body, 'is_enabled') && literalOf(body, 'is_enabled') !== true) return;
  setArgument(
    path,
    block,
    'enable_key_rotation',
    'true',
    to,
    'gets new key material each year; what it encrypted stays readable',
  );
}

/**
 * Metadata by session tokens alone, where no role can be had there that an old program may ask for
 * without one. Two hops: what runs in a container on the machine still reaches it.
 */
export function sessionMetadata({ project, module, block, path, to }: ResourcePlace): void {
  const { body, labels } = block;
  if (blocksOf(body, 'metadata_options').length > 0) return;
  const [type, name] = labels;
  const mayAsk = ['user_data', 'user_data_base64', 'iam_instance_profile', 'launch_template'].find(
    (one) => attributeOf(body, one) ?? blocksOf(body, one)[0],
  );
  const why = !runsWith(project, module, 'aws', 3)
    ? 'The version of its provider is not known to have it.'
    : mayAsk && `Its ${mayAsk} may rely on the old way; look before you do.`;
  if (why !== undefined) {
    const what = `${type}.${name} may answer for its metadata without a session token: set http_tokens = "required" in metadata_options.`;
    to.leave(path, block.line, `${what} ${why}`);
    return;
  }
  const lines = [
    'metadata_options {',
    '  http_tokens                 = "required"',
    '  http_put_response_hop_limit = 2',
    '}',
  ];
  const text = `${type}.${name} answers for its metadata by session tokens (IMDSv2) alone.`;
  to.change(path, { type: 'inner', block, lines }, block.line, text);
}
