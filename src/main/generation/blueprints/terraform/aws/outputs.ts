import { output } from '../file.ts';
import { type Hcl, ref } from '../hcl/value.ts';
import type { Stack } from '../stack.ts';
import { configOutput, hasJobs } from '../workloads.ts';

/** What the root module tells. */
export function outputs(stack: Stack, isPublic: boolean): readonly Hcl[] {
  const registry = output(
    'repositories',
    'Where images are pushed to, by image.',
    ref('module.registry.urls'),
  );
  if (stack.compute === 'kubernetes') {
    return [
      registry,
      configOutput,
      output('cluster_name', 'For aws eks update-kubeconfig --name.', ref('module.cluster.name')),
      output(
        'roles',
        'Roles of the services, by service account.',
        ref('{ for name, one in module.identity : name => one.role_arn }'),
      ),
      output(
        'secrets',
        'Secrets of each service, for an operator that brings them into the cluster.',
        ref('{ for name, one in module.identity : name => one.secret_arns }'),
      ),
    ];
  }
  return [
    registry,
    output('cluster_name', 'The cluster.', ref('module.platform.cluster_name')),
    ...(isPublic
      ? [
          output(
            'load_balancer',
            'Name that the records of the public hosts point to.',
            ref('module.platform.dns_name'),
          ),
        ]
      : []),
    output(
      'services',
      'Services by name.',
      ref('{ for name, one in module.services : name => one.name }'),
    ),
    ...(hasJobs(stack)
      ? [
          output(
            'jobs',
            'Task definitions that aws ecs run-task starts, in these subnets and this group.',
            ref('{ for name, one in module.jobs : name => one.task_definition_arn }'),
          ),
          output(
            'job_network',
            'Network of jobs.',
            ref(
              '{\nsubnets = module.network.private_subnet_ids\nsecurity_groups = [module.platform.security_group_id]\n}',
            ),
          ),
        ]
      : []),
  ];
}
