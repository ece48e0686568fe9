import { dataOutputs } from './data-module.ts';
import type { Provider, TerraformFile, Variable } from './file.ts';
import { variable, versions } from './file.ts';
import { comment, fileOf, hcl } from './hcl/source.ts';
import { type Hcl, type HclValue, ref, value } from './hcl/value.ts';
import type { Stack } from './stack.ts';
import type { CloudFacts } from './wire.ts';
import { askedOf } from './workloads.ts';

/** What every root module has beside what its cloud runs. */
export interface Root {
  readonly providers: readonly Provider[];
  /** Terraform's version that the backend needs, where it is a later one. */
  readonly minimum?: string;
  /** The blocks that set the providers up. */
  readonly setup: Hcl;
  readonly backend: Hcl;
  readonly variables: readonly Variable[];
  /** Values of the example, for variables that have to be given. */
  readonly example: Readonly<Record<string, HclValue>>;
  readonly main: readonly (Hcl | null)[];
  readonly outputs: readonly Hcl[];
  /** The systems that the cloud can run. */
  readonly managed: CloudFacts['managed'];
}

/** The files of a root module; `services.tf` and the modules come from elsewhere. */
export function rootFiles(stack: Stack, root: Root): readonly TerraformFile[] {
  return [
    { path: 'main.tf', content: fileOf(...root.main) },
    { path: 'versions.tf', content: fileOf(versions(root.providers, root.minimum), root.setup) },
    { path: 'backend.tf', content: fileOf(root.backend) },
    { path: 'variables.tf', content: fileOf(...root.variables.map(variable)) },
    { path: 'outputs.tf', content: fileOf(...root.outputs, ...dataOutputs(stack, root.managed)) },
    { path: 'terraform.tfvars.example', content: exampleFile(stack, root) },
  ];
}

function exampleFile(stack: Stack, { variables, example }: Root): string {
  const given: Readonly<Record<string, HclValue>> = {
    domain_name: 'service.example.com',
    env: envExample(stack),
    external_hosts: Object.fromEntries(
      stack.external.map((system) => [system, `${system}.example.com`]),
    ),
    ...example,
  };
  const asked = variables.filter((one) => one.default === undefined && !one.sensitive);
  const lines = asked.map(({ name }) => hcl`${ref(name)} = ${value(given[name] ?? 'change-me')}`);
  return fileOf(
    comment('Copy to terraform.tfvars and replace the values. No secret belongs in here.'),
    ref(lines.join('\n')),
  );
}

function envExample(stack: Stack): HclValue {
  const env: Record<string, Record<string, string>> = {};
  for (const name of askedOf(stack)) {
    const [key = '', variable = ''] = name.split('.');
    env[key] = { ...env[key], [variable]: 'change-me' };
  }
  return env;
}
