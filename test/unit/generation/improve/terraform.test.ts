// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Terraform writes expressions.
import { describe, expect, it } from 'vitest';
import { improveTerraform } from '#main/generation/improve/terraform/improve-terraform.ts';
import { terraformFormatFaults } from '../../../support/terraform-format.ts';

type Files = Readonly<Record<string, string>>;

function improve(files: Files) {
  const given = Object.entries(files).map(([path, content]) => ({ path, content }));
  const improved = improveTerraform(given);
  const texts = Object.fromEntries(
    given.map(({ path, content }) => [path, improved.get(path)?.content ?? content]),
  );
  const again = improveTerraform(
    Object.entries(texts).map(([path, content]) => ({ path, content })),
  );
  for (const [path, one] of again) expect(one.content, `${path}, once more`).toBe(texts[path]);
  return {
    texts,
    left: [...improved.values()].flatMap(({ left }) => left.map(({ text }) => text)),
  };
}

/** A module of one file, which is as it was but for its changes. */
function one(content: string) {
  const { texts, left } = improve({ 'main.tf': content });
  return { text: texts['main.tf'], left };
}

const pinned =
  'terraform {\n  required_version = ">= 1.5"\n  required_providers {\n    aws     = { source = "hashicorp/aws", version = "~> 5.0" }\n    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }\n    google  = { source = "hashicorp/google", version = "~> 6.0" }\n  }\n}\n';

describe('secrets in variables', () => {
  it('become sensitive, in the columns that terraform fmt wants, and all else stays', () => {
    const text =
      '# mine\nvariable "db_password" {\n  type    = string # text\n  default = ""\n\n  validation {\n    condition     = length(var.db_password) > 8\n    error_message = "short"\n  }\n}\nvariable "api_key" {}\nvariable "token" { type = string }\n';
    const { text: after } = one(text);
    expect(after).toBe(
      '# mine\nvariable "db_password" {\n  type      = string # text\n  default   = ""\n  sensitive = true\n\n  validation {\n    condition     = length(var.db_password) > 8\n    error_message = "short"\n  }\n}\nvariable "api_key" {\n  sensitive = true\n}\nvariable "token" {\n  type      = string\n  sensitive = true\n}\n',
    );
    expect(terraformFormatFaults(after ?? '')).toEqual([]);
  });

  it('keep CRLF', () => {
    expect(one('variable "db_password" {\r\n  type = string\r\n}\r\n').text).toBe(
      'variable "db_password" {\r\n  type      = string\r\n  sensitive = true\r\n}\r\n',
    );
  });

  // Catches: a plan that ends with "Output refers to sensitive values".
  it('take the outputs of a root module along that tell them, through locals and arguments', () => {
    const files = {
      'variables.tf': 'variable "db_password" {\n  type = string\n}\n',
      'main.tf':
        'terraform {\n  required_version = ">= 1.5"\n  backend "s3" {}\n}\nlocals {\n  url = "postgres://u:${var.db_password}@h"\n}\nresource "aws_db_instance" "x" {\n  password = var.db_password\n}\n',
      'outputs.tf':
        'output "url" {\n  value = local.url\n}\noutput "address" {\n  value = aws_db_instance.x.address\n}\noutput "again" {\n  value = aws_db_instance.x.password\n}\n',
    };
    const { texts, left } = improve(files);
    expect(texts['outputs.tf']).toBe(
      'output "url" {\n  value     = local.url\n  sensitive = true\n}\noutput "address" {\n  value = aws_db_instance.x.address\n}\noutput "again" {\n  value     = aws_db_instance.x.password\n  sensitive = true\n}\n',
    );
    expect(texts['variables.tf']).toContain('sensitive = true');
    expect(left[0]).toContain('take outputs.tf together with this file');
  });

  // Catches: "Invalid count argument", "Invalid for_each argument", and marks that go where nobody looked.
  it.each([
    ['resource "a_b" "c" {\n  count = var.api_token != "" ? 1 : 0\n}\n', 'decides count of a_b.c'],
    [
      'resource "a_b" "c" {\n  dynamic "d" {\n    for_each = [var.api_token]\n    content {}\n  }\n}\n',
      'decides for_each',
    ],
    [
      'module "m" {\n  source = "a/b/c"\n  key    = var.api_token\n}\n',
      'module "m", whose files are not of this project',
    ],
    ['output "o" {\n  value = var.api_token\n}\n', 'the output "o" tells it'],
    ['terraform {\n  required_version = ">= 0.12"\n}\n', 'Terraform 0.13'],
  ])('are left where that would stop a plan: %s', (rest, why) => {
    const text = `variable "api_token" {\n  type = string\n}\n${rest}`;
    const { text: after, left } = one(text);
    expect(after).toBe(text);
    expect(left.join()).toContain(why);
  });

  it('are followed into modules of the project', () => {
    const root = (inner: string) => ({
      'main.tf':
        'variable "api_token" {\n  type = string\n}\nmodule "m" {\n  source = "./m"\n  secret = var.api_token\n}\n',
      'm/main.tf': `variable "secret" {\n  type      = string\n  sensitive = true\n}\n${inner}`,
    });
    expect(improve(root('')).texts['main.tf']).toContain('sensitive = true');
    const stopped = improve(root('resource "a_b" "c" {\n  count = var.secret == "" ? 0 : 1\n}\n'));
    expect(stopped.texts['main.tf']).not.toContain('sensitive');
    expect(stopped.left.join()).toContain('(in the module "m")');
  });

  it.each(['password_rotation_days', 'private_key_path', 'vault_secret_ocid', 'ssh_public_key'])(
    'are not what is only about one: %s',
    (name) => {
      const text = `variable "${name}" {\n  type = string\n}\n`;
      expect(one(text).text).toBe(text);
    },
  );
});

describe('versions', () => {
  const lock = (version: string) =>
    `provider "registry.terraform.io/hashicorp/aws" {\n  version     = "${version}"\n  constraints = ">= 5.0.0"\n}\n`;

  it('of Terraform are the first that reads the syntax', () => {
    const text =
      'terraform {\n  required_providers {\n  }\n}\nmoved {\n  from = a_b.c\n  to   = a_b.d\n}\nvariable "v" {\n  type = object({ a = optional(string, "x") })\n}\n';
    expect(one(text).text).toBe(
      text.replace('terraform {\n', 'terraform {\n  required_version = ">= 1.3"\n\n'),
    );
  });

  it('of Terraform stay unsaid where nothing tells them', () => {
    const text = 'terraform {\n}\nresource "aws_vpc" "v" {\n}\n';
    expect(one(text).text).toBe(text);
  });

  it('of providers are those of the lock file', () => {
    const { texts } = improve({
      'main.tf': 'terraform {\n  required_version = ">= 1.5"\n}\n\nresource "aws_vpc" "v" {\n}\n',
      '.terraform.lock.hcl': lock('5.31.2'),
    });
    expect(texts['main.tf']).toBe(
      'terraform {\n  required_version = ">= 1.5"\n\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = "~> 5.31"\n    }\n  }\n}\n\nresource "aws_vpc" "v" {\n}\n',
    );
  });

  it('come to a source that has none, in its object', () => {
    const text =
      'terraform {\n  required_version = ">= 1.5"\n  required_providers {\n    aws = {\n      source = "hashicorp/aws" # ours\n    }\n  }\n}\n';
    const { texts } = improve({ 'main.tf': text, '.terraform.lock.hcl': lock('0.9.4') });
    expect(texts['main.tf']).toBe(
      text.replace(
        'source = "hashicorp/aws" # ours\n',
        'source  = "hashicorp/aws" # ours\n      version = "~> 0.9.4"\n',
      ),
    );
  });
});

describe('resources', () => {
  it('a bucket that nothing opens is blocked; one with a policy, or made often, is left', () => {
    const text = `${pinned}resource "aws_s3_bucket" "a" {\n  bucket = "a"\n}\n`;
    const { text: after = '' } = one(text);
    expect(after.slice(text.length)).toBe(
      '\nresource "aws_s3_bucket_public_access_block" "a" {\n  bucket                  = aws_s3_bucket.a.id\n  block_public_acls       = true\n  block_public_policy     = true\n  ignore_public_acls      = true\n  restrict_public_buckets = true\n}\n',
    );
    expect(terraformFormatFaults(after.slice(pinned.length))).toEqual([]);
    const open = `${text}resource "aws_s3_bucket_policy" "a" {\n  bucket = aws_s3_bucket.a.id\n  policy = "{}"\n}\n`;
    expect(one(open).text).toBe(open);
    const often = text.replace('bucket = "a"\n', 'bucket = "a"\n  count  = 2\n');
    expect(one(often)).toMatchObject({
      text: often,
      left: [expect.stringContaining('several times')],
    });
  });

  it('a symmetric key is rotated, another is not', () => {
    const text = 'resource "aws_kms_key" "k" {\n  description = "x"\n}\n';
    expect(one(text).text).toBe(
      'resource "aws_kms_key" "k" {\n  description         = "x"\n  enable_key_rotation = true\n}\n',
    );
    const other = text.replace('description = "x"', 'key_usage = "SIGN_VERIFY"');
    expect(one(other).text).toBe(other);
  });

  it('an instance without a role answers by tokens; one with a role is left, and an old provider', () => {
    const text = `${pinned}resource "aws_instance" "i" {\n  ami = "ami-1"\n\n  tags = {\n    a = 1\n  }\n}\n`;
    expect(one(text).text).toBe(
      `${text.slice(0, -2)}\n  metadata_options {\n    http_tokens                 = "required"\n    http_put_response_hop_limit = 2\n  }\n}\n`,
    );
    for (const left of [
      text.replace('ami = "ami-1"', 'iam_instance_profile = "p"'),
      text.replace('~> 5.0', '>= 2.0'),
    ]) {
      expect(one(left)).toMatchObject({
        text: left,
        left: [expect.stringContaining('http_tokens')],
      });
    }
  });

  it('storage is private where all that it holds is seen to be', () => {
    const azure = `${pinned}resource "azurerm_storage_account" "s" {\n  name = "s"\n}\n\nresource "azurerm_storage_container" "c" {\n  storage_account_id = azurerm_storage_account.s.id\n}\n`;
    expect(one(azure).text).toContain('allow_nested_items_to_be_public = false');
    const open = azure.replace('.s.id', '.s.id\n  container_access_type = "blob"');
    expect(one(open).text).toBe(open);
    const google = `${pinned}resource "google_storage_bucket" "b" {\n  name = "b"\n}\n`;
    expect(one(google).text).toContain('public_access_prevention = "enforced"');
    const shared = `${google}resource "google_storage_bucket_iam_member" "m" {\n  bucket = google_storage_bucket.b.name\n  member = "allUsers"\n}\n`;
    expect(one(shared).text).toBe(shared);
  });
});

it('types in quotes lose them, as Terraform itself asks; nested defaults are left', () => {
  expect(one('variable "a" {\n  type    = "list" # l\n  default = []\n}\n').text).toBe(
    'variable "a" {\n  type    = list(string) # l\n  default = []\n}\n',
  );
  const nested = 'variable "a" {\n  type    = "map"\n  default = { a = [1] }\n}\n';
  expect(one(nested).text).toBe(nested);
});

it('leaves what it cannot read, and modules of which a file is missing', () => {
  const text = 'variable "db_password" {\n  type = string\n';
  expect(one(text).text).toBe(text);
  const bucket = { path: 'a/main.tf', content: `${pinned}resource "aws_s3_bucket" "a" {\n}\n` };
  expect(improveTerraform([bucket], ['a/more.tf']).get('a/main.tf')?.content).toBe(bucket.content);
});
