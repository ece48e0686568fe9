import { hcl } from '../../hcl/source.ts';

/** S3 in the place of MinIO. */
export const minio = hcl`data "aws_region" "bucket" {}

resource "aws_s3_bucket" "minio" {
bucket_prefix = "\${var.name}-"
force_destroy = !var.deletion_protection
}

resource "aws_s3_bucket_public_access_block" "minio" {
bucket = aws_s3_bucket.minio.id
block_public_acls = true
block_public_policy = true
ignore_public_acls = true
restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "minio" {
bucket = aws_s3_bucket.minio.id

versioning_configuration {
status = "Enabled"
}
}

resource "aws_s3_bucket_server_side_encryption_configuration" "minio" {
bucket = aws_s3_bucket.minio.id

rule {
apply_server_side_encryption_by_default {
sse_algorithm = "aws:kms"
}

bucket_key_enabled = true
}
}

# S3 speaks the protocol of MinIO. The source asks for a key, so this user has one, for this bucket alone.
resource "aws_iam_user" "minio" {
name = "\${var.name}-bucket"
}

resource "aws_iam_user_policy" "minio" {
name = "bucket"
user = aws_iam_user.minio.name
policy = jsonencode({
Version = "2012-10-17"
Statement = [
{
Effect = "Allow"
Action = ["s3:ListBucket", "s3:GetBucketLocation"]
Resource = aws_s3_bucket.minio.arn
},
{
Effect = "Allow"
Action = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
Resource = "\${aws_s3_bucket.minio.arn}/*"
},
]
})
}

resource "aws_iam_access_key" "minio" {
user = aws_iam_user.minio.name
}

locals {
minio = {
host = "s3.\${data.aws_region.bucket.region}.amazonaws.com"
bucket = aws_s3_bucket.minio.bucket
user = aws_iam_access_key.minio.id
password = aws_iam_access_key.minio.secret
}
}`;
