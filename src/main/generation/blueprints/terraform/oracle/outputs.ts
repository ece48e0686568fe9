import { output } from '../file.ts';
import { type Hcl, ref, template } from '../hcl/value.ts';
import type { Stack } from '../stack.ts';
import { hasJobs } from '../workloads.ts';

/** What the root module tells. */
export function outputs(stack: Stack): readonly Hcl[] {
  return [
    output(
      'registry',
      'What stands before the names of images that are pushed.',
      template([
        'ocir.',
        ref('var.region'),
        '.oci.oraclecloud.com/',
        ref('module.registry.namespace'),
      ]),
    ),
    ...(stack.services.some(({ isPublic }) => isPublic)
      ? [
          output(
            'address',
            'Address that the records of the public hosts point to.',
            ref('module.entrance.address'),
          ),
        ]
      : []),
    output(
      'services',
      'Addresses of the containers, by service.',
      ref('{ for name, one in module.services : name => one.addresses }'),
    ),
    ...(hasJobs(stack)
      ? [
          output(
            'jobs',
            'For oci container-instances container-instance start.',
            ref('{ for name, one in module.jobs : name => one.id }'),
          ),
        ]
      : []),
  ];
}
