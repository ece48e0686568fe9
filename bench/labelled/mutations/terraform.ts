import { append, type Mutation, rewrite } from '../labelled.ts';

const output = (name: string, value: string): Mutation =>
  append(name, `output "omega" {\n  value = ${value}\n}`);
const password = (name: string, lines: string): Mutation =>
  random(append(name, `resource "random_password" "omega" {\n  ${lines}\n}`));
/**
 * Modules that ask for another version of the provider than the one whose types are known; there a
 * fault of a type is a warning, and no verdict.
 */
const otherVersion = /hashicorp\/random|"random_id" "prefix"|aws_flow_log/;
function random({ name, breaks }: Mutation): Mutation {
  return {
    name,
    breaks: (content, path) => (otherVersion.test(content) ? null : breaks(content, path)),
  };
}
/** A block of a provider's type, in files that use the provider. */
const used = (name: string, prefix: RegExp, block: string): Mutation => ({
  name,
  breaks: (content) =>
    prefix.test(content) && !otherVersion.test(content) ? `${content.trimEnd()}\n${block}\n` : null,
});

/** Faults that `terraform init` or `terraform validate` refuses. */
export const mutations: readonly Mutation[] = [
  rewrite('a block that is not closed', /\n\}\s*$/, '\n'),
  rewrite('a text that is not closed', /^( +\w+ += )"([^"\n$]*)"[ \t]*$/m, '$1"$2'),
  rewrite('a text in single quotes', /^( +\w+ += )"([^"\n$]*)"[ \t]*$/m, "$1'$2'"),
  rewrite('an argument without its sign', /^( +\w+) += "([^"\n$]*)"[ \t]*$/m, '$1 "$2"'),
  rewrite('an argument with a colon', /^( +\w+) += "([^"\n$]*)"[ \t]*$/m, '$1: "$2"'),
  rewrite('a name misspelled after var', /\bvar\.[a-z]\w*/, 'var.omega_nobody'),
  rewrite('resource misspelled', /^resource "/m, 'resouce "'),
  rewrite('a resource with one label', /^resource "(\w+)" "[\w-]+"/m, 'resource "$1"'),
  rewrite('a variable with two labels', /^variable "(\w+)"/m, 'variable "string" "$1"'),
  rewrite('description misspelled', /^( +)description +=/m, '$1descripton ='),
  rewrite('a module without a source', /^(module "[\w-]+" \{\s*\n) +source +=[^\n]*\n/m, '$1'),
  output('a local value that is not there', 'local.omega_nobody'),
  output('a resource that is not there', 'aws_s3_bucket.omega_nobody.id'),
  output('a module that is not there', 'module.omega_nobody.id'),
  output('a data source that is not there', 'data.aws_region.omega_nobody.name'),
  output('a function that there is not', 'uppercase("a")'),
  output('a function without its argument', 'lower()'),
  output('a template that is not closed', '"$' + '{path.module"'),
  output('a condition without its second half', 'true ? 1'),
  output('a list that is not closed', '[1, 2'),
  output('an escape that there is not', '"\\d+"'),
  output('the value of a loop that is not there', 'each.value'),
  append('an output without a value', 'output "omega" {\n  description = "a"\n}'),
  append('an output twice', 'output "omega" {\n  value = 1\n}\noutput "omega" {\n  value = 2\n}'),
  append('a variable twice', 'variable "omega" {}\nvariable "omega" {}'),
  append('an argument twice', 'variable "omega" {\n  default = 1\n  default = 2\n}'),
  append('a variable of a reserved name', 'variable "count" {}'),
  append(
    'a default of another type',
    'variable "omega" {\n  type    = number\n  default = "many"\n}',
  ),
  append('a type in quotes', 'variable "omega" {\n  type = "string"\n}'),
  append('a type that there is not', 'variable "omega" {\n  type = text\n}'),
  append(
    'a check without its message',
    'variable "omega" {\n  validation {\n    condition = true\n  }\n}',
  ),
  append(
    'local values in a circle',
    'locals {\n  omega_a = local.omega_b\n  omega_b = local.omega_a\n}',
  ),
  append('a text of several lines that does not end', 'locals {\n  omega = <<-EOT\n    a\n}'),
  append('arguments with a comma between', 'variable "omega" { type = string, default = "a" }'),
  append('a version that is none', 'terraform {\n  required_version = ">> 1.5"\n}'),
  password('an argument that the type does not have', 'length = 16\n  size   = 16'),
  password('a resource without a required argument', 'special = true'),
  password('a number that is a text', 'length = "long"'),
  password('a block in place of a map', 'length = 16\n  keepers {\n    a = "b"\n  }'),
  password('count beside for_each', 'length   = 16\n  count    = 1\n  for_each = toset(["a"])'),
  password('a loop over a list', 'length   = 16\n  for_each = ["a", "b"]'),
  password(
    'a switch that is not written out',
    'length = 16\n  lifecycle {\n    prevent_destroy = path.module == "a"\n  }',
  ),
  password(
    'an attribute that there is not',
    'length = 16\n}\noutput "omega" {\n  value = random_password.omega.value',
  ),
  random(
    append(
      'a type that the provider does not have',
      'resource "random_passwords" "omega" {\n  length = 16\n}',
    ),
  ),
  used(
    'a bucket with an argument of no bucket',
    /^resource "aws_/m,
    'resource "aws_s3_bucket" "omega" {\n  bucket_name = "a"\n}',
  ),
  used(
    'a role without its policy',
    /^resource "aws_/m,
    'resource "aws_iam_role" "omega" {\n  name = "a"\n}',
  ),
  used(
    'a service without its template',
    /^resource "google_(?:compute|container)_/m,
    'resource "google_cloud_run_v2_service" "omega" {\n  name     = "a"\n  location = "b"\n}',
  ),
  used(
    'a type that Google does not have',
    /^resource "google_(?:compute|container)_/m,
    'resource "google_cloudrun_service" "omega" {\n  name = "a"\n}',
  ),
  used(
    'a subnet without its network',
    /"oci_/,
    'resource "oci_core_subnet" "omega" {\n  cidr_block = "10.0.0.0/24"\n}',
  ),
  used(
    'a group without its region',
    /"azurerm_/,
    'resource "azurerm_resource_group" "omega" {\n  name = "a"\n}',
  ),
];
