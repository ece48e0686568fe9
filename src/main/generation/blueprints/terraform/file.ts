import { fileOf, hcl } from './hcl/source.ts';
import { Hcl, type HclValue, ref, str, value } from './hcl/value.ts';

/** A file below the cloud's folder. */
export interface TerraformFile {
  readonly path: string;
  readonly content: string;
}

/** A variable's declaration; one without `default` has to be given. */
export interface Variable {
  readonly name: string;
  /** A type as Terraform writes it. */
  readonly type: string;
  readonly description: string;
  readonly default?: HclValue;
  readonly sensitive?: true;
  /** A condition, and what to do where it does not hold. */
  readonly validation?: readonly [condition: string, message: string];
}

/** The declaration of a variable. */
export function variable(one: Variable): Hcl {
  const fallback = one.default === undefined ? null : hcl`default = ${value(one.default)}`;
  const [condition, message] = one.validation ?? [];
  const check =
    condition === undefined || message === undefined
      ? null
      : hcl`
validation {
condition = ${ref(condition)}
error_message = ${str(message)}
}`;
  return new Hcl(
    [
      hcl`variable ${str(one.name)} {
type = ${ref(one.type)}
description = ${str(one.description)}`,
      one.sensitive ? 'sensitive = true' : null,
      fallback,
      check,
      '}',
    ]
      .filter((line) => line !== null)
      .join('\n'),
  );
}

/** An output that is known only once these resources are there, since nothing works before. */
export function outputAfter(
  name: string,
  description: string,
  expression: Hcl,
  resources: readonly string[],
): Hcl {
  return hcl`output ${str(name)} {
description = ${str(description)}
value = ${expression}

depends_on = [${ref(resources.join(', '))}]
}`;
}

/** An output; those with passwords are marked. */
export function output(
  name: string,
  description: string,
  expression: Hcl,
  isSensitive = false,
): Hcl {
  return hcl`output ${str(name)} {
description = ${str(description)}
value = ${expression}${isSensitive ? ref('\nsensitive = true') : null}
}`;
}

/** A provider's address and the versions that the files were written for. */
export interface Provider {
  readonly name: string;
  readonly source: string;
  readonly version: string;
}

/** `random`, which makes the passwords. */
export const random: Provider = { name: 'random', source: 'hashicorp/random', version: '~> 3.7' };

/** The `terraform` block: the versions of Terraform, from `minimum` on, and of the providers. */
export function versions(providers: readonly Provider[], minimum = '1.11'): Hcl {
  const required = providers.map(
    ({ name, source, version }) =>
      hcl`${ref(name)} = {
source = ${str(source)}
version = ${str(version)}
}`,
  );
  return hcl`terraform {
required_version = ${str(`>= ${minimum}, < 2.0`)}

required_providers {
${ref(required.join('\n'))}
}
}`;
}

/** The files of a module: what it makes, what it is told and what it tells. */
export function moduleFiles(
  name: string,
  providers: readonly Provider[],
  main: readonly (Hcl | null)[],
  variables: readonly Variable[],
  outputs: readonly Hcl[],
): readonly TerraformFile[] {
  const at = (file: string, ...pieces: readonly (Hcl | null)[]): TerraformFile => ({
    path: `modules/${name}/${file}`,
    content: fileOf(...pieces),
  });
  return [
    at('versions.tf', versions(providers)),
    at('variables.tf', ...variables.map(variable)),
    at('main.tf', ...main),
    ...(outputs.length > 0 ? [at('outputs.tf', ...outputs)] : []),
  ];
}

/** A variable of a module that takes one text. */
export function text(name: string, description: string): Variable {
  return { name, type: 'string', description };
}
