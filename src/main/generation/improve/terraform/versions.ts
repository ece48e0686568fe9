import { attributeOf, entryOf, literal } from '../../validation/terraform/hcl/read-values.ts';
import type { Attribute, Block } from '../../validation/terraform/hcl/syntax.ts';
import { providerOf, type TerraformModule } from '../../validation/terraform/module.ts';
import type { FileChanges } from './file-changes.ts';
import { boundOf, type LockedProviders } from './lock.ts';
import type { TerraformProject } from './project.ts';
import { minorOfSyntax, requiredVersion, terraformBlocks } from './required-version.ts';

/** The first Terraform that writes a lock file. */
const firstWithLock = '0.14';

/**
 * Bounds for the versions of Terraform and of providers, where the module's syntax or its lock file
 * tells them. What the lock file has is what runs today, so nothing else runs tomorrow.
 */
export function boundVersions(
  project: TerraformProject,
  module: TerraformModule,
  to: FileChanges,
): void {
  const [main] = terraformBlocks(module);
  if (!main || !module.isWhole) return;
  const lock = project.locks.get(module.folder);
  const minor = minorOfSyntax(module);
  const least = minor === null ? lock && firstWithLock : `1.${minor}`;
  const hasVersion = requiredVersion(module) !== null || hasUnreadVersion(module);
  if (!hasVersion && least !== undefined) {
    const change = {
      type: 'argument',
      block: main.block,
      name: 'required_version',
      value: `">= ${least}"`,
      first: true,
    } as const;
    const why = minor === null ? 'which its lock file needs' : 'which first reads its syntax';
    to.change(
      main.file.path,
      change,
      main.block.line,
      `It needs Terraform ${least} or later, ${why}.`,
    );
  }
  if (lock) boundProviders(module, lock, to);
}

/** A version that is no literal. */
function hasUnreadVersion(module: TerraformModule): boolean {
  return terraformBlocks(module).some(({ block }) => attributeOf(block.body, 'required_version'));
}

function boundProviders(module: TerraformModule, lock: LockedProviders, to: FileChanges): void {
  const found = terraformBlocks(module);
  const place = found.flatMap(({ block, file }) =>
    block.body.blocks
      .filter(({ name }) => name === 'required_providers')
      .map((inner) => ({ block: inner, file })),
  )[0];
  for (const argument of place?.block.body.attributes ?? []) {
    boundEntry(argument, place?.file.path ?? '', lock, to);
  }
  const missing = usedProviders(module).filter(
    (name) =>
      !module.required.has(name) && lock.has(`hashicorp/${name}`) && !saysVersion(module, name),
  );
  if (missing.length === 0 || !found[0]) return;
  const entries = missing.map(
    (name) => [name, boundOf(lock.get(`hashicorp/${name}`) ?? '')] as const,
  );
  const said = entries.map(([name, bound]) => `${name} ${bound}`).join(', ');
  const note = `Its providers are bound to what the lock file has: ${said}. Run terraform init once.`;
  if (place) {
    for (const [name, bound] of entries) {
      const value = ['{', ...entryLines(name, bound), '}'].join('\n');
      const change = { type: 'argument', block: place.block, name, value } as const;
      to.change(place.file.path, change, place.block.line, note);
    }
    return;
  }
  const { block, file } = found[0];
  const lines = entries.flatMap(([name, bound]) => [
    `  ${name} = {`,
    ...entryLines(name, bound).map((line) => `  ${line}`),
    '  }',
  ]);
  const change = { type: 'inner', block, lines: ['required_providers {', ...lines, '}'] } as const;
  to.change(file.path, change, block.line, note);
}

function entryLines(name: string, bound: string): readonly string[] {
  return [`  source  = "hashicorp/${name}"`, `  version = "${bound}"`];
}

/** An entry with a source and no version. */
function boundEntry(
  argument: Attribute,
  path: string,
  lock: LockedProviders,
  to: FileChanges,
): void {
  const source = literal(entryOf(argument.value, 'source'));
  if (typeof source !== 'string' || entryOf(argument.value, 'version')) return;
  const version = lock.get(source.replace(/^registry\.terraform\.io\//, ''));
  if (version === undefined) return;
  const bound = boundOf(version);
  const change = { type: 'entry', argument, name: 'version', value: `"${bound}"` } as const;
  to.change(
    path,
    change,
    argument.line,
    `The provider ${argument.name} is bound to what the lock file has: ${bound}. Run terraform init once.`,
  );
}

/** Local names of the providers that resources and data are of, in their order. */
function usedProviders(module: TerraformModule): readonly string[] {
  const names = [...module.objects.values()].map(({ item }) => providerOf(item));
  return [...new Set(names)].filter((name) => name !== 'terraform' && name !== '').sort();
}

/** Whether a `provider` block still says its version itself, as before Terraform 0.13. */
function saysVersion(module: TerraformModule, name: string): boolean {
  return module.providers.some(
    ({ item }: { readonly item: Block }) =>
      item.labels[0] === name && attributeOf(item.body, 'version') !== undefined,
  );
}
