import type { BackingService } from '#shared/scan.ts';
import { databasesOf, usesCommon } from '../databases.ts';
import { moduleFiles, output, type Provider, type TerraformFile, type Variable } from './file.ts';
import { fileOf, hcl } from './hcl/source.ts';
import { type Hcl, ref, value } from './hcl/value.ts';
import type { Stack } from './stack.ts';
import type { CloudFacts } from './wire.ts';

/** What the data modules of all clouds are told. */
const dataVariables: readonly Variable[] = [
  { name: 'name', type: 'string', description: 'Start of every name.' },
  {
    name: 'deletion_protection',
    type: 'bool',
    description: 'Whether what holds data refuses to be destroyed.',
  },
];

/**
 * `modules/data`: a file for each system. Each file sets `local.<system>` to an object with `host`,
 * and `user` and `password` where clients need them; the outputs gather those.
 */
export function dataModule(
  stack: Stack,
  facts: CloudFacts,
  providers: readonly Provider[],
  main: Hcl | null,
  variables: readonly Variable[],
): readonly TerraformFile[] {
  const { managed } = stack;
  const { managed: table } = facts;
  const services = stack.services.map(({ service }) => service);
  const map = (systems: readonly BackingService[], field: string): Hcl =>
    ref(`{\n${systems.map((one) => `${one} = local.${one}.${field}`).join('\n')}\n}`);
  const locked = managed.filter((system) => table[system]?.password);
  const named = managed.filter((system) => table[system]?.user === true);
  const ported = managed.filter((system) => table[system]?.port === true);
  const sized = managed.filter((system) => table[system]?.size != null);
  const generated = locked.filter((system) => !table[system]?.ownPassword);
  const certified = managed.filter((system) => table[system]?.certificate);
  const type = sized.map((system) => `${system} = string`).join('\n');
  const passwords =
    generated.length === 0
      ? null
      : hcl`# Without special characters, so that they stand in addresses as they are.
resource "random_password" "this" {
for_each = toset([${ref(generated.map((one) => `"${one}"`).join(', '))}])

length = 32
special = false
}`;
  return [
    ...moduleFiles(
      'data',
      generated.length > 0 ? providers : providers.filter(({ name }) => name !== 'random'),
      [main, passwords],
      [
        ...[...dataVariables, ...variables].filter(
          ({ name }) => name === 'name' || takes(stack, facts, name),
        ),
        ...(sized.length > 0
          ? [
              {
                name: 'sizes',
                type: `object({\n${type}\n})`,
                description: 'What each system runs on.',
              },
            ]
          : []),
      ],
      [
        output('hosts', 'Hosts of the systems.', map(managed, 'host')),
        ...(ported.length > 0
          ? [output('ports', 'Ports of the systems.', map(ported, 'port'))]
          : []),
        ...(named.length > 0 ? [output('users', 'Names to log on with.', map(named, 'user'))] : []),
        ...(locked.length > 0
          ? [output('passwords', 'Passwords of the systems.', map(locked, 'password'), true)]
          : []),
        ...(certified.length > 0
          ? [
              output(
                'certificates',
                'Certificates of the authorities that vouch for the systems, in base64.',
                map(certified, 'certificate'),
              ),
            ]
          : []),
        ...(managed.includes('minio')
          ? [output('bucket', 'Name of the bucket.', ref('local.minio.bucket'))]
          : []),
      ],
    ),
    ...managed.flatMap((system) => {
      const file = table[system]?.file;
      if (!file) return [];
      const { databases: more, common } = table[system] ?? {};
      const names = databasesOf(services, system);
      const made = more && names.length > 0 ? more(value(names)) : null;
      const isCommon = common === undefined || usesCommon(services, system);
      const own = isCommon || made === null ? file : ref(file.source.replace(common.source, ''));
      return [{ path: `modules/data/${system}.tf`, content: fileOf(own, made) }];
    }),
  ].filter(({ path, content }) => path !== 'modules/data/main.tf' || content.trim() !== '');
}

/**
 * What the root module tells of the managed systems: settings that no variable of a service takes by
 * convention are set from these by hand.
 */
export function dataOutputs({ managed }: Stack, table: CloudFacts['managed']): readonly Hcl[] {
  if (managed.length === 0) return [];
  const locked = managed.some((system) => table[system]?.password);
  const certified = managed.some((system) => table[system]?.certificate);
  return [
    output('data_hosts', 'Hosts of the managed systems.', ref('module.data.hosts')),
    ...(certified
      ? [
          output(
            'data_certificates',
            'Certificates of the authorities that vouch for the managed systems, in base64.',
            ref('module.data.certificates'),
          ),
        ]
      : []),
    ...(locked
      ? [
          output(
            'data_passwords',
            'Passwords of the managed systems: terraform output -json data_passwords.',
            ref('module.data.passwords'),
            true,
          ),
        ]
      : []),
  ];
}

/** Whether the file of any system asks for an input. */
export function takes({ managed }: Stack, { managed: table }: CloudFacts, input: string): boolean {
  const asked = new RegExp(`\\bvar\\.${input}\\b`);
  return managed.some((system) => asked.test(table[system]?.file.source ?? ''));
}

/** The call of `modules/data` with the inputs that its systems ask for; null where there are none. */
export function dataCall(
  stack: Stack,
  facts: CloudFacts,
  inputs: Readonly<Record<string, string>>,
): Hcl | null {
  if (stack.managed.length === 0) return null;
  const all = {
    ...inputs,
    high_availability: 'var.high_availability',
    deletion_protection: 'var.deletion_protection',
    sizes: 'var.data_sizes',
  };
  const lines = Object.entries(all)
    .filter(([name]) => takes(stack, facts, name))
    .map(([name, expression]) => `${name} = ${expression}`);
  return hcl`module "data" {
source = "./modules/data"

name = local.name
${ref(lines.join('\n'))}
}`;
}

/** The variable of the root module by which systems get a standby; none where no system can have one. */
export function standbyVariable(stack: Stack, facts: CloudFacts): readonly Variable[] {
  if (!takes(stack, facts, 'high_availability')) return [];
  return [
    {
      name: 'high_availability',
      type: 'bool',
      description:
        'Whether databases and caches have a standby in another zone. Doubles their price.',
      default: true,
    },
  ];
}

/** How a module is told of it. */
export const standbyInput: Variable = {
  name: 'high_availability',
  type: 'bool',
  description: 'Whether each system has a standby in another zone.',
};
