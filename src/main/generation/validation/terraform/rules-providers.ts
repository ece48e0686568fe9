import { quote } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import type { Context } from './context.ts';
import { attributeOf, entryOf, literal, literalOf } from './hcl/read-values.ts';
import type { Attribute, Block, Expression } from './hcl/syntax.ts';
import { providerOf, type TerraformModule } from './module.ts';
import { providerSchema } from './schema.ts';
import { readConstraint } from './version-constraint.ts';

const page = '/providers/requirements';
const constraintPage = '/expressions/version-constraints';

/** Whether providers and Terraform itself are named with their versions, so that a run tomorrow is that of today. */
export function judgeProviders(context: Context): void {
  const { file, module, say } = context;
  let required: Block | null = null;
  for (const block of file.hcl.body.blocks) {
    if (block.name !== 'terraform') continue;
    judgeRequiredVersion(block, context);
    for (const inner of block.body.blocks) {
      if (inner.name !== 'required_providers') {
        judgeLiteral(inner, context);
        continue;
      }
      if (required !== null) {
        const message = `required_providers stands twice, first in line ${required.line}. Put them into one.`;
        say('duplicate', 'error', inner.line, message, page);
      }
      required = inner;
      for (const attribute of inner.body.attributes) judgeEntry(attribute, context);
      for (const { line, name } of inner.body.blocks) {
        say('unknown-block', 'error', line, `Write ${name} = { … } here, with "=".`, page);
      }
    }
  }
  judgeUsed(context);
  // Said once for a module, in its first file.
  const speaks = module.files.find((other) => !other.isOverride)?.path === file.path;
  const hasVersion = module.files.some(({ hcl }) =>
    hcl.body.blocks.some(
      (block) => block.name === 'terraform' && attributeOf(block.body, 'required_version'),
    ),
  );
  const holdsAnything = module.objects.size > 0 || module.modules.size > 0;
  if (speaks && module.isWhole && !hasVersion && holdsAnything) {
    const message =
      'Nothing says which Terraform this module needs. Add required_version to a terraform block.';
    say('required-version', 'warning', 1, message, '/terraform#terraform-required_version');
  }
}

function judgeRequiredVersion(block: Block, { say }: Context): void {
  const attribute = attributeOf(block.body, 'required_version');
  const text = literal(attribute?.value);
  if (!attribute || typeof text !== 'string' || readConstraint(text) !== null) return;
  const message = `${quote(text)} is no constraint of versions. Write it like ">= 1.9, < 2.0".`;
  say('version-constraint', 'error', attribute.line, message, constraintPage);
}

/** Backends are read before anything else: they know no variables. */
function judgeLiteral(block: Block, { say }: Context): void {
  if (block.name !== 'backend' && block.name !== 'cloud') return;
  for (const { name, value, line } of block.body.attributes) {
    if (value.type !== 'reference' && value.type !== 'call' && value.type !== 'template') continue;
    const message = `${quote(name)} of a ${block.name} must be written out: no value is known yet when it is read. Hand it over with terraform init -backend-config.`;
    say('backend-value', 'error', line, message, '/backend#partial-configuration');
  }
}

function judgeEntry({ name, value, line }: Attribute, { say }: Context): void {
  if (value.type === 'object') {
    const known = ['source', 'version', 'configuration_aliases'];
    for (const { key, line: at } of value.items) {
      const word = String(literal(key));
      if (known.includes(word)) continue;
      const message = `A required provider has no ${quote(word)}.${didYouMean(word, known) || ' Remove it.'}`;
      say('unknown-argument', 'error', at, message, page);
    }
  } else if (typeof literal(value) !== 'string') {
    say('required-provider', 'error', line, `${name} needs { source = "…", version = "…" }.`, page);
    return;
  }
  const version = value.type === 'object' ? entryOf(value, 'version') : value;
  const text = literal(version);
  const source = literal(entryOf(value, 'source'));
  if (typeof source === 'string' && !/^(?:[\w.-]+(?::\d+)?\/)?[\w-]+\/[\w-]+$/.test(source)) {
    const message = `${quote(source)} is no address of a provider. Write it like "hashicorp/aws".`;
    say('required-provider', 'error', line, message, `${page}#source-addresses`);
    return;
  }
  const constraint = typeof text === 'string' ? readConstraint(text) : undefined;
  if (version === undefined) {
    const message = `Without a version, the provider ${quote(name)} is the newest on the day of the run. Add version = "~> …".`;
    say('unpinned-provider', 'warning', line, message, `${page}#version`);
  } else if (constraint === null) {
    const message = `${quote(String(text))} is no constraint of versions. Write it like "~> 6.0".`;
    say('version-constraint', 'error', version.line, message, constraintPage);
  }
  const address = typeof source === 'string' ? source : `hashicorp/${name}`;
  if (
    providerSchema(address) === null &&
    !/^(?:hashicorp\/google-beta|terraform\.io\/builtin\/terraform)$/i.test(address)
  ) {
    const message = `The types of the provider ${quote(address)} are not known here, so its blocks were not checked. Run terraform validate for them.`;
    say(
      'not-checked',
      'warning',
      line,
      message,
      `https://registry.terraform.io/providers/${address.toLowerCase()}`,
    );
  }
}

/** The providers of the file's blocks: named in `required_providers`, and their aliases configured. */
function judgeUsed({ file, module, say }: Context): void {
  const told = new Set<string>();
  for (const block of file.hcl.body.blocks) {
    if (block.name !== 'resource' && block.name !== 'data') continue;
    const alias = attributeOf(block.body, 'provider');
    if (alias) judgeAlias(alias, module, say);
    const name = providerOf(block);
    if (name === 'terraform' || module.required.has(name) || !module.isWhole || told.has(name))
      continue;
    told.add(name);
    // Terraform looks for a provider without a source among HashiCorp's own, where IBM's is not.
    const isElsewhere = name === 'ibm';
    const message = isElsewhere
      ? 'Without a source, Terraform looks for hashicorp/ibm, which there is not. Add ibm = { source = "IBM-Cloud/ibm", version = "…" } to required_providers.'
      : `The provider ${quote(name)} is not in required_providers, so any version of it may run. Add it with source and version.`;
    say('unpinned-provider', isElsewhere ? 'error' : 'warning', block.line, message, page);
  }
}

function judgeAlias(
  { value, line }: Attribute,
  module: TerraformModule,
  say: Context['say'],
): void {
  const named = aliasOf(value);
  if (named === null || !module.isWhole) return;
  const [name, alias] = named;
  const isConfigured = module.providers.some(
    ({ item }) => item.labels[0] === name && literalOf(item.body, 'alias') === alias,
  );
  const isHandedOver = module.required
    .get(name)
    ?.aliases.some((one) => aliasOf(one)?.[1] === alias);
  if (isConfigured || isHandedOver) return;
  const message = `No provider ${quote(name)} with the alias ${quote(alias)} is configured here. Add provider "${name}" { alias = "${alias}" }, or name it in configuration_aliases.`;
  say(
    'undeclared',
    'error',
    line,
    message,
    '/providers/configuration#alias-multiple-provider-configurations',
  );
}

function aliasOf(value: Expression): readonly [name: string, alias: string] | null {
  if (value.type !== 'reference') return null;
  const [step] = value.steps;
  return step?.type === 'name' ? [value.root, step.name] : null;
}
