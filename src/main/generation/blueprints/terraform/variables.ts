import { backingSpecs } from '../compose/backing.ts';
import type { Variable } from './file.ts';
import type { HclValue } from './hcl/value.ts';
import type { Stack } from './stack.ts';
import type { CloudFacts } from './wire.ts';
import { askedOf } from './workloads.ts';

/** The variables of every cloud's root module; a cloud adds its own. */
export function commonVariables(stack: Stack, { managed }: CloudFacts): readonly Variable[] {
  const containers = stack.compute === 'containers';
  const isPublic = containers && stack.hosts && stack.services.some((one) => one.isPublic);
  return [
    {
      name: 'name',
      type: 'string',
      description: 'Start of every name. At most 16 lower-case letters, digits and dashes.',
      default: stack.name,
      validation: [
        'can(regex("^[a-z][a-z0-9-]{0,14}[a-z0-9]$", var.name))',
        'Use 2 to 16 lower-case letters, digits and dashes, with a letter first.',
      ],
    },
    {
      name: 'environment',
      type: 'string',
      description: 'Which copy of the system this is; one state each.',
      default: 'prod',
      validation: [
        'can(regex("^[a-z][a-z0-9]{1,6}$", var.environment))',
        'Use 2 to 7 lower-case letters and digits, with a letter first.',
      ],
    },
    ...(containers ? [imageTag(stack)] : []),
    ...(isPublic ? [domain(stack)] : []),
    ...(containers ? [env(stack)] : []),
    {
      name: 'optional_secrets',
      type: 'map(set(string))',
      description:
        'Secrets that a service can do without and is to have, by service. Their values are set in the secret store.',
      default: {},
    },
    ...sizes(stack, managed),
    ...external(stack),
    {
      name: 'deletion_protection',
      type: 'bool',
      description: 'Whether what holds data refuses to be destroyed.',
      default: true,
    },
    {
      name: 'log_retention_days',
      type: 'number',
      description: 'Days that logs are kept.',
      default: 30,
      validation: [
        'contains([7, 14, 30, 60, 90, 180, 365], var.log_retention_days)',
        'Use 7, 14, 30, 60, 90, 180 or 365.',
      ],
    },
  ];
}

function imageTag({ services }: Stack): Variable {
  return {
    name: 'image_tag',
    type: 'string',
    description: 'Tag of the images to run. A pipeline sets it to what it has just pushed.',
    default: services[0]?.tag ?? '1.0.0',
    validation: [
      'var.image_tag != "latest" && can(regex("^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$", var.image_tag))',
      'Name one version; latest may change below a running service.',
    ],
  };
}

function domain({ services }: Stack): Variable {
  const several = services.filter(({ isPublic }) => isPublic).length > 1;
  return {
    name: 'domain_name',
    type: 'string',
    description: several
      ? 'Domain below which each public service has its host.'
      : 'Host that the public service answers on.',
    validation: [
      'can(regex("^([a-z0-9-]+\\\\.)+[a-z]{2,}$", var.domain_name))',
      'Give a host name without a scheme, such as service.example.com.',
    ],
  };
}

function env(stack: Stack): Variable {
  const asked = askedOf(stack);
  const list = asked.map((name) => JSON.stringify(name)).join(', ');
  return {
    name: 'env',
    type: 'map(map(string))',
    description: 'Variables that only you know, and changes to those in services.tf, by service.',
    ...(asked.length === 0
      ? { default: {} }
      : {
          validation: [
            `alltrue([for name in [${list}] : can(var.env[split(".", name)[0]][split(".", name)[1]])])`,
            `The source needs ${asked.join(', ')}. Set each, by service.`,
          ],
        }),
  };
}

function sizes({ managed }: Stack, table: CloudFacts['managed']): readonly Variable[] {
  const sized = managed.flatMap((system) => {
    const size = table[system]?.size ?? null;
    return size === null ? [] : [[system, size] as const];
  });
  if (sized.length === 0) return [];
  const type = sized.map(([system]) => `${system} = string`).join('\n');
  return [
    {
      name: 'data_sizes',
      type: `object({\n${type}\n})`,
      description: 'What each system runs on. Small to begin with: measure, then raise.',
      default: Object.fromEntries(sized) as { readonly [name: string]: HclValue },
    },
  ];
}

function external({ external: systems }: Stack): readonly Variable[] {
  if (systems.length === 0) return [];
  const type = systems.map((system) => `${system} = string`).join('\n');
  const ports = systems.map((system) => `${system} ${backingSpecs[system].port}`).join(', ');
  return [
    {
      name: 'external_hosts',
      type: `object({\n${type}\n})`,
      description: `Hosts of what this cloud has no service for, without port (${ports}).`,
    },
  ];
}
