import type { Variable } from './file.ts';

/** The variables of a cluster, by what a cloud starts with and the namespace that the manifests are for. */
export function clusterVariables(
  version: string,
  nodeType: string,
  namespace: string,
): readonly Variable[] {
  return [
    {
      name: 'kubernetes_version',
      type: 'string',
      description: 'Minor version of Kubernetes; raise it by one at a time.',
      default: version,
      validation: [
        'can(regex("^1\\\\.[0-9]{2}$", var.kubernetes_version))',
        `Give a minor version such as ${version}.`,
      ],
    },
    {
      name: 'node_type',
      type: 'string',
      description: 'Machine of the nodes.',
      default: nodeType,
    },
    {
      name: 'node_count',
      type: 'object({ min = number, max = number })',
      description: 'Fewest and most nodes.',
      default: { min: 2, max: 6 },
      validation: [
        'var.node_count.min >= 1 && var.node_count.max >= var.node_count.min',
        'Use at least one node, and no fewer at most than at least.',
      ],
    },
    {
      name: 'admin_networks',
      type: 'list(string)',
      description:
        'Networks that reach the API of the cluster from outside; none keeps it private.',
      default: [],
      validation: [
        'alltrue([for one in var.admin_networks : can(cidrnetmask(one)) && one != "0.0.0.0/0"])',
        'Give networks such as 203.0.113.0/24, never the whole internet.',
      ],
    },
    {
      name: 'namespace',
      type: 'string',
      description: 'Namespace of the services in the cluster.',
      default: namespace,
    },
  ];
}
