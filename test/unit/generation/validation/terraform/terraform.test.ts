// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how HCL fills in values.
import { describe, expect, it } from 'vitest';
import { validateFile } from '#main/generation/validation/validate.ts';
import { brief, judge } from '../expect-findings.ts';
import { sound, versions } from './modules.ts';

/** Line of the first line of what follows {@link versions}. */
const first = versions.split('\n').length;
const behind = (content: string): string => `${versions}${content}`;
const vpc = 'resource "aws_vpc" "main" {\n  cidr_block = "10.0.0.0/16"\n}\n';

/** Files that Terraform or a provider refuses: what, the text behind the versions, rule and line in it. */
const broken: readonly (readonly [what: string, content: string, error: string])[] = [
  ['an unknown block', 'resorce "a" "b" {\n}\n', 'unknown-block@1'],
  ['an argument outside of blocks', 'region = "a"\n', 'unknown-argument@1'],
  ['a label too few', 'resource "aws_vpc" {\n}\n', 'labels@1'],
  ['a name with a space', 'output "a b" {\n  value = 1\n}\n', 'invalid-name@1'],
  [
    'an unknown argument of a variable',
    'variable "a" {\n  typ = "string"\n}\noutput "a" {\n  value = var.a\n}\n',
    'unknown-argument@2',
  ],
  ['an output without its value', 'output "a" {\n}\n', 'missing-argument@1'],
  ['a module without its source', 'module "a" {\n}\n', 'missing-argument@1'],
  [
    'a variable of a reserved name',
    'variable "count" {\n}\noutput "a" {\n  value = var.count\n}\n',
    'reserved-name@1',
  ],
  [
    'a type that there is not',
    'variable "a" {\n  type = strin\n}\noutput "a" {\n  value = var.a\n}\n',
    'variable-type@2',
  ],
  [
    'a type in quotes',
    'variable "a" {\n  type = "string"\n}\noutput "a" {\n  value = var.a\n}\n',
    'variable-type@2',
  ],
  [
    'a default of another type',
    'variable "a" {\n  type    = number\n  default = "many"\n}\noutput "a" {\n  value = var.a\n}\n',
    'variable-default@3',
  ],
  [
    'a variable twice',
    'variable "a" {\n}\nvariable "a" {\n}\noutput "a" {\n  value = var.a\n}\n',
    'duplicate@3',
  ],
  ['a resource twice', `${vpc}${vpc}`, 'duplicate@4'],
  ['a provider configured twice', 'provider "aws" {\n}\nprovider "aws" {\n}\n', 'duplicate@3'],
  ['an undeclared variable', 'output "a" {\n  value = "x ${var.missing}"\n}\n', 'undeclared@2'],
  [
    'an undeclared local value',
    'locals {\n  a = local.b\n}\noutput "a" {\n  value = local.a\n}\n',
    'undeclared@2',
  ],
  [
    'local values in a circle',
    'locals {\n  a = local.b\n  b = [for c in local.d : c]\n  d = [local.a]\n}\noutput "a" {\n  value = local.a\n}\n',
    'cycle@2',
  ],
  [
    'resources in a circle',
    'resource "aws_security_group" "a" {\n  name = aws_security_group.b.id\n}\nresource "aws_security_group" "b" {\n  name = aws_security_group.a.id\n}\n',
    'cycle@1',
  ],
  ['an undeclared resource', 'output "a" {\n  value = aws_vpc.main.id\n}\n', 'undeclared@2'],
  [
    'an undeclared data source',
    `${vpc}output "a" {\n  value = data.aws_vpc.main.id\n}\n`,
    'undeclared@5',
  ],
  ['a module that is not called', 'output "a" {\n  value = module.a.b\n}\n', 'undeclared@2'],
  [
    'an alias that is not configured',
    `${vpc.replace('{\n', '{\n  provider = aws.east\n')}`,
    'undeclared@2',
  ],
  ['a word that refers to nothing', 'output "a" {\n  value = main\n}\n', 'reference@2'],
  [
    'a misspelt root',
    'variable "a" {\n}\noutput "a" {\n  value = [var.a, vars.a]\n}\n',
    'reference@4',
  ],
  ['each without for_each', `${vpc}output "a" {\n  value = each.key\n}\n`, 'reference@5'],
  [
    'count.index without count',
    'resource "aws_vpc" "a" {\n  cidr_block = "10.${count.index}.0.0/16"\n}\n',
    'reference@2',
  ],
  ['a name of path that there is not', 'output "a" {\n  value = path.modul\n}\n', 'reference@2'],
  [
    'self outside of a provisioner',
    'resource "aws_vpc" "a" {\n  cidr_block = self.arn\n}\n',
    'reference@2',
  ],
  [
    'many resources without an index',
    `${vpc.replace('{\n', '{\n  count = 2\n')}output "a" {\n  value = aws_vpc.main.id\n}\n`,
    'instance@6',
  ],
  [
    'one resource with an index',
    `${vpc}output "a" {\n  value = aws_vpc.main[0].id\n}\n`,
    'instance@5',
  ],
  [
    'an attribute that a type has not',
    `${vpc}output "a" {\n  value = aws_vpc.main.idd\n}\n`,
    'unknown-attribute@5',
  ],
  [
    'a function that there is not',
    'output "a" {\n  value = strip(" a")\n}\n',
    'unknown-function@2',
  ],
  [
    'a function that was taken away',
    'output "a" {\n  value = list("a")\n}\n',
    'unknown-function@2',
  ],
  ['an argument too few', 'output "a" {\n  value = split(",")\n}\n', 'function-arguments@2'],
  [
    'count and for_each',
    `${vpc.replace('{\n', '{\n  count    = 1\n  for_each = {}\n')}`,
    'count-and-for-each@3',
  ],
  ['for_each over a list', `${vpc.replace('{\n', '{\n  for_each = ["a"]\n')}`, 'for-each@2'],
  ['half a resource', `${vpc.replace('{\n', '{\n  count = 0.5\n')}`, 'count@2'],
  ['depends_on with a value', `${vpc.replace('{\n', '{\n  depends_on = "a"\n')}`, 'depends-on@2'],
  [
    'lifecycle with a variable',
    `variable "a" {\n}\n${vpc.replace('{\n', '{\n  lifecycle {\n    prevent_destroy = var.a\n  }\n')}`,
    'lifecycle@5',
  ],
  [
    'a misspelt argument of lifecycle',
    `${vpc.replace('{\n', '{\n  lifecycle {\n    prevent_destroys = true\n  }\n')}`,
    'unknown-argument@3',
  ],
  ['a type that the provider has not', 'resource "aws_vpcs" "a" {\n}\n', 'unknown-type@1'],
  ['a data source for a resource', 'resource "aws_caller_identity" "a" {\n}\n', 'unknown-type@1'],
  [
    'a misspelt argument',
    'resource "aws_vpc" "a" {\n  cidr_blok = "10.0.0.0/16"\n}\n',
    'unknown-argument@2',
  ],
  [
    'an argument that the provider sets',
    `${vpc.replace('{\n', '{\n  arn = "a"\n')}`,
    'unknown-argument@2',
  ],
  [
    'a missing argument',
    'resource "aws_subnet" "a" {\n  cidr_block = "10.0.0.0/24"\n}\n',
    'missing-argument@1',
  ],
  [
    'a text for a switch',
    `${vpc.replace('{\n', '{\n  enable_dns_support = "on"\n')}`,
    'wrong-type@2',
  ],
  [
    'a text for a list',
    'resource "aws_db_subnet_group" "a" {\n  subnet_ids = "subnet-1"\n}\n',
    'wrong-type@2',
  ],
  ['a list for a map', `${vpc.replace('{\n', '{\n  tags = ["a"]\n')}`, 'wrong-type@2'],
  [
    'a block written as an argument',
    'resource "aws_ecs_cluster" "a" {\n  name = "a"\n  setting = {\n    name  = "containerInsights"\n    value = "enabled"\n  }\n}\n',
    'unknown-argument@3',
  ],
  [
    'an argument written as a block',
    `${vpc.replace('{\n', '{\n  tags {\n    a = "b"\n  }\n')}`,
    'unknown-block@2',
  ],
  [
    'a misspelt argument of an inner block',
    'resource "aws_ecs_cluster" "a" {\n  name = "a"\n  setting {\n    nam   = "containerInsights"\n    value = "enabled"\n  }\n}\n',
    'unknown-argument@4 missing-argument@3',
  ],
  [
    'a misspelt argument of a dynamic block',
    'resource "aws_ecs_cluster" "a" {\n  name = "a"\n  dynamic "setting" {\n    for_each = ["enabled"]\n    content {\n      name   = "containerInsights"\n      values = setting.value\n    }\n  }\n}\n',
    'unknown-argument@7 missing-argument@5',
  ],
  [
    'a dynamic block without content',
    'resource "aws_ecs_cluster" "a" {\n  name = "a"\n  dynamic "setting" {\n    for_each = []\n  }\n}\n',
    'dynamic@3',
  ],
  [
    'a missing block',
    'resource "aws_s3_bucket_versioning" "a" {\n  bucket = "b"\n}\n',
    'missing-block@1',
  ],
  [
    'a block twice that may stand once',
    'resource "aws_s3_bucket_versioning" "a" {\n  bucket = "b"\n  versioning_configuration {\n    status = "Enabled"\n  }\n  versioning_configuration {\n    status = "Enabled"\n  }\n}\n',
    'too-many-blocks@1',
  ],
  [
    'a backend with a variable',
    'variable "a" {\n}\nterraform {\n  backend "s3" {\n    bucket = var.a\n  }\n}\n',
    'backend-value@5',
  ],
  [
    'a constraint that is none',
    'terraform {\n  required_version = "1.x"\n}\n',
    'version-constraint@2',
  ],
  ['a module of no source', 'module "a" {\n  source = "network"\n}\n', 'module-source@2'],
  [
    'a key of a provider in plain text',
    'provider "aws" {\n  access_key = "AKIAABCDEFGHIJKLMNOP"\n}\n',
    'plain-secret@2',
  ],
];

describe('validateFile of Terraform', () => {
  it('takes a module that has everything', async () => {
    expect(await judge('terraform', sound)).toEqual([]);
  });

  it.each(broken)('refuses %s', async (_what, content, errors) => {
    const found = brief(await judge('terraform', behind(content)), 'error');
    const wanted = errors.split(' ').map((error) => {
      const [rule = '', line] = error.split('@');
      return `terraform/${rule}@${Number(line) + first - 1}`;
    });
    expect([...found].sort()).toEqual(wanted.sort());
  });

  it('refuses a provider that Terraform would look for in the wrong place', async () => {
    const found = await judge(
      'terraform',
      'resource "ibm_code_engine_project" "a" {\n  name = "a"\n}\n',
    );
    expect(brief(found, 'error')).toEqual(['terraform/unpinned-provider@1']);
  });

  it('asks for versions, of Terraform, providers and modules', async () => {
    const found = await judge(
      'terraform',
      `terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n    }\n    random = {\n      source  = "hashicorp/random"\n      version = "~> three"\n    }\n  }\n}\nmodule "a" {\n  source = "terraform-aws-modules/vpc/aws"\n}\n`,
    );
    expect(brief(found, 'warning')).toEqual([
      'terraform/required-version@1',
      'terraform/unpinned-provider@3',
      'terraform/unpinned-module@13',
    ]);
    expect(brief(found, 'error')).toEqual(['terraform/version-constraint@8']);
  });

  it('says that it does not know a provider, and is unsure of versions that it does not know', async () => {
    const strange = await judge(
      'terraform',
      `${versions}terraform {\n}\nresource "acme_thing" "a" {\n  b = c.d.e\n}\n`,
    );
    expect(brief(strange, 'warning')).toEqual(
      [`terraform/unpinned-provider@${first + 2}`, `terraform/not-checked@${first + 2}`].sort(),
    );
    const old = await judge(
      'terraform',
      behind('resource "aws_eip" "a" {\n  vpc = true\n}\n').replace('~> 6.0', '~> 5.0'),
    );
    expect(brief(old, 'error')).toEqual([]);
    expect(brief(old, 'warning')).toEqual([`terraform/unknown-argument@${first + 1}`]);
  });

  it('tells what nothing uses', async () => {
    const found = await judge('terraform', 'variable "a" {\n}\nlocals {\n  b = 1\n}\n');
    expect(brief(found, 'info')).toEqual(['terraform/unused@1', 'terraform/unused@4']);
  });

  it.each([
    [
      'SSH for everyone',
      'resource "aws_security_group" "a" {\n  ingress {\n    from_port   = 20\n    to_port     = 30\n    protocol    = "tcp"\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n}\n',
      'open-to-world@6',
    ],
    [
      'a database for everyone',
      'resource "aws_vpc_security_group_ingress_rule" "a" {\n  security_group_id = "sg-1"\n  ip_protocol       = "-1"\n  cidr_ipv4         = "0.0.0.0/0"\n}\n',
      'open-to-world@4',
    ],
    [
      'a database with an address of its own',
      'resource "aws_db_instance" "a" {\n  instance_class      = "db.t4g.micro"\n  storage_encrypted   = true\n  publicly_accessible = true\n}\n',
      'public@4',
    ],
    [
      'storage in plain text',
      'resource "aws_db_instance" "a" {\n  instance_class = "db.t4g.micro"\n}\n',
      'unencrypted@1',
    ],
    [
      'a bucket for everyone',
      'resource "aws_s3_bucket_acl" "a" {\n  bucket = "b"\n  acl    = "public-read"\n}\n',
      'public@3',
    ],
    [
      'a policy for everything',
      'resource "aws_iam_role_policy" "a" {\n  role = "r"\n  policy = jsonencode({\n    Statement = [{\n      Effect   = "Allow"\n      Action   = "*"\n      Resource = "*"\n    }]\n  })\n}\n',
      'too-much-power@6',
    ],
    [
      'a password in plain text',
      'resource "aws_db_instance" "a" {\n  instance_class    = "db.t4g.micro"\n  storage_encrypted = true\n  password          = "hunter2!"\n}\n',
      'plain-secret@4',
    ],
    [
      'a password in the environment of a container',
      'locals {\n  env = [{ name = "DB_PASSWORD", value = "hunter2!" }]\n}\noutput "env" {\n  value = local.env\n}\n',
      'plain-secret@2',
    ],
    [
      'a secret that plans print',
      'variable "db_password" {\n  type = string\n}\noutput "a" {\n  value = var.db_password\n}\n',
      'not-sensitive@1',
    ],
  ])('warns of %s', async (_what, content, warning) => {
    const [rule, line] = warning.split('@');
    const found = await judge('terraform', behind(content));
    expect(brief(found, 'error')).toEqual([]);
    expect(brief(found, 'warning')).toEqual([`terraform/${rule}@${Number(line) + first - 1}`]);
  });

  it('knows the arguments of all five clouds', async () => {
    const block = (type: string) => `resource "${type}" "a" {\n  nonsense = 1\n}\n`;
    const content = [
      'google_cloud_run_v2_service',
      'azurerm_container_app',
      'ibm_code_engine_app',
      'oci_container_instances_container_instance',
      'aws_ecs_service',
    ]
      .map(block)
      .join('');
    const source =
      'terraform {\n  required_providers {\n    ibm = {\n      source = "IBM-Cloud/ibm"\n    }\n  }\n}\n';
    const found = await judge('terraform', `${content}${source}`);
    const lines = [2, 5, 8, 11, 14].map((line) => `terraform/unknown-argument@${line}`);
    expect(brief(found, 'error')).toEqual(expect.arrayContaining(lines));
    expect(brief(found, 'error').filter((one) => one.includes('missing'))).not.toEqual([]);
  });

  it('takes values that are written out, and only those, in a .tfvars file', async () => {
    const found = await judge(
      'terraform',
      'region = "a"\nnames = [upper("a")]\nb {\n}\n',
      'prod.tfvars',
    );
    expect(brief(found, 'error')).toEqual(['terraform/tfvars@2', 'terraform/tfvars@3']);
  });

  it('says that it does not judge JSON', async () => {
    expect(brief(await judge('terraform', '{}', 'main.tf.json'), 'warning')).toEqual([
      'terraform/not-checked@1',
    ]);
    expect(brief(await judge('terraform', '{\n', 'main.tf.json'), 'error')).toHaveLength(1);
  });
});

describe('validateFile of a file among others', () => {
  const never = new AbortController().signal;
  const judgeAmong = async (path: string, files: Readonly<Record<string, string>>) => {
    const siblings = Object.entries(files).map(([name, content]) => ({ path: name, content }));
    const content = files[path] ?? '';
    return validateFile({ path, content, siblings, format: 'terraform' }, never);
  };
  const network = {
    'infra/network/main.tf': `${versions}variable "cidr" {\n  type = string\n}\nresource "aws_vpc" "main" {\n  cidr_block = var.cidr\n}\noutput "id" {\n  value = aws_vpc.main.id\n}\n`,
  };
  const root = (inputs: string, output = 'id') => ({
    ...network,
    'infra/versions.tf': versions,
    'infra/main.tf': `module "network" {\n  source = "./network"\n${inputs}}\noutput "a" {\n  value = module.network.${output}\n}\n`,
  });

  it('finds declarations of the whole folder', async () => {
    const files = {
      'a/main.tf': 'output "a" {\n  value = var.b\n}\n',
      'a/variables.tf': 'variable "b" {\n}\n',
      'c/variables.tf': 'variable "d" {\n}\n',
    };
    expect(await judgeAmong('a/main.tf', files)).toEqual([]);
    expect(
      brief(await judgeAmong('a/main.tf', { ...files, 'a/variables.tf': '' }), 'error'),
    ).toEqual(['terraform/undeclared@2']);
    // Of a broken file nobody knows what it declares.
    expect(await judgeAmong('a/main.tf', { ...files, 'a/variables.tf': 'variable "b {' })).toEqual(
      [],
    );
  });

  it('holds a call against its module', async () => {
    expect(await judgeAmong('infra/main.tf', root('  cidr   = "10.0.0.0/16"\n'))).toEqual([]);
    const cases = [
      [root(''), 'terraform/module-input@1'],
      [root('  cidr   = "a"\n  cidrs  = "b"\n'), 'terraform/module-input@4'],
      [root('  cidr   = "a"\n', 'ids'), 'terraform/undeclared@6'],
      [root('  cidr   = "a"\n  version = "1.0.0"\n'), 'terraform/module-source@4'],
    ] as const;
    for (const [files, error] of cases) {
      expect(brief(await judgeAmong('infra/main.tf', files), 'error')).toEqual([error]);
    }
    const { 'infra/main.tf': content = '', 'infra/versions.tf': own } = root('  cidr   = "a"\n');
    const without = { 'infra/main.tf': content, 'infra/versions.tf': own ?? '' };
    expect(brief(await judgeAmong('infra/main.tf', without), 'error')).toEqual([
      'terraform/module-source@2',
    ]);
    // Where nobody looked for the module, nobody can say that it is not there.
    expect(brief(await judge('terraform', content, 'infra/main.tf'), 'info')).toEqual([
      'terraform/not-checked@2',
    ]);
  });

  it('tells of a duplicate in the later file alone', async () => {
    const files = {
      'a.tf': 'output "x" {\n  value = 1\n}\n',
      'b.tf': '\noutput "x" {\n  value = 1\n}\n',
    };
    expect(await judgeAmong('a.tf', files)).toEqual([]);
    expect(brief(await judgeAmong('b.tf', files), 'error')).toEqual(['terraform/duplicate@2']);
    const { 'b.tf': text, ...rest } = files;
    expect(await judgeAmong('b_override.tf', { ...rest, 'b_override.tf': text })).toEqual([]);
  });

  it('takes thousands of resources in one file', async () => {
    const content = Array.from(
      { length: 4_000 },
      (_, index) => `resource "aws_vpc" "v${index}" {\n  cidr_block = "10.0.0.0/16"\n}\n`,
    ).join('');
    const found = await validateFile({ path: 'main.tf', content, format: 'terraform' }, never);
    expect(brief(found, 'error')).toEqual([]);
  });
});
