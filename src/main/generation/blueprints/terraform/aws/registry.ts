import { moduleFiles, output, type TerraformFile } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { ref } from '../hcl/value.ts';
import { providers } from './providers.ts';

const main = hcl`resource "aws_ecr_repository" "this" {
for_each = var.repositories

name = each.key
image_tag_mutability = "IMMUTABLE"
force_delete = !var.deletion_protection

image_scanning_configuration {
scan_on_push = true
}

encryption_configuration {
encryption_type = "KMS"
}
}

resource "aws_ecr_lifecycle_policy" "this" {
for_each = aws_ecr_repository.this

repository = each.value.name
policy = jsonencode({
rules = [{
rulePriority = 1
description = "Keep the last 30 images"
selection = {
tagStatus = "any"
countType = "imageCountMoreThan"
countNumber = 30
}
action = { type = "expire" }
}]
})
}`;

/** `modules/registry`: a repository for each image. */
export function registryModule(): readonly TerraformFile[] {
  return moduleFiles(
    'registry',
    providers,
    [main],
    [
      { name: 'repositories', type: 'set(string)', description: 'Names of the images.' },
      {
        name: 'deletion_protection',
        type: 'bool',
        description: 'Whether repositories with images refuse to be destroyed.',
      },
    ],
    [
      output(
        'urls',
        'Addresses of the repositories, by image.',
        ref('{ for name, one in aws_ecr_repository.this : name => one.repository_url }'),
      ),
      output(
        'arns',
        'The repositories, by image.',
        ref('{ for name, one in aws_ecr_repository.this : name => one.arn }'),
      ),
    ],
  );
}
