import { goodFile, inFolder } from '../good-file.ts';
import type { GoodFile } from '../labelled.ts';

/** Files of Terraform modules, with the rest of their modules, drawn by chance from modules and from the providers' own examples. */
export const good: readonly GoodFile[] = [
  goodFile(
    'Azure/terraform-azurerm-aks',
    'e29456edaa389ae47a3862963bb5a3b65f7126a5',
    'examples/local_dns_config/outputs.tf',
    [...inFolder('examples/local_dns_config', 'main.tf providers.tf variables.tf')],
  ),
  goodFile(
    'Azure/terraform-azurerm-aks',
    'e29456edaa389ae47a3862963bb5a3b65f7126a5',
    'examples/multiple_node_pools/main.tf',
    [
      ...inFolder('examples/multiple_node_pools', 'outputs.tf providers.tf variables.tf'),
      ...inFolder(
        '',
        'extra_node_pool.tf locals.tf log_analytics.tf main.tf outputs.tf role_assignments.tf variables.tf versions.tf',
      ),
    ],
  ),
  goodFile(
    'cloudposse/terraform-aws-ecs-web-app',
    '363250a73f175c27e4cbfc6fce6527bc67e9abda',
    'examples/complete/main.tf',
    [
      ...inFolder('examples/complete', 'context.tf outputs.tf variables.tf versions.tf'),
      ...inFolder('', 'context.tf main.tf outputs.tf variables.tf versions.tf'),
    ],
  ),
  goodFile(
    'cloudposse/terraform-aws-ecs-web-app',
    '363250a73f175c27e4cbfc6fce6527bc67e9abda',
    'main.tf',
    [...inFolder('', 'context.tf outputs.tf variables.tf versions.tf')],
  ),
  goodFile(
    'GoogleCloudPlatform/microservices-demo',
    '34ffea9175946982c3088ed84994fe6019ad6e92',
    'terraform/memorystore.tf',
    [...inFolder('terraform', 'main.tf output.tf providers.tf variables.tf')],
  ),
  goodFile(
    'hashicorp/terraform-provider-azurerm',
    '69697b7fe6a923fc89e88f386bc95c3ed1ee2ec6',
    'examples/cdn/frontdoor/frontdoor-managed-ssl-certificate-with-multiple-custom-domains/main.tf',
    [
      ...inFolder(
        'examples/cdn/frontdoor/frontdoor-managed-ssl-certificate-with-multiple-custom-domains',
        'variables.tf',
      ),
    ],
  ),
  goodFile(
    'hashicorp/terraform-provider-azurerm',
    '69697b7fe6a923fc89e88f386bc95c3ed1ee2ec6',
    'examples/netapp/volume/main.tf',
    [...inFolder('examples/netapp/volume', 'variables.tf')],
  ),
  goodFile(
    'hashicorp/terraform-provider-google',
    'e03b7622a26cf4e878f90bdccaca6aa3d03a7999',
    'examples/two-tier/main.tf',
    [...inFolder('examples/two-tier', 'output.tf variables.tf')],
  ),
  goodFile(
    'oracle/terraform-provider-oci',
    '8de3c480b4bf08d8edd40ef0cc4ad0340bd01721',
    'examples/capacity_management/OccHandoverResourceBlocks/occ_handover_resource_block.tf',
  ),
  goodFile(
    'oracle/terraform-provider-oci',
    '8de3c480b4bf08d8edd40ef0cc4ad0340bd01721',
    'examples/log_analytics/entity/log_analytics_entity_associations_list.tf',
    [
      ...inFolder(
        'examples/log_analytics/entity',
        'entity.tf entityType.tf entity_topology.tf log_analytics_entity_associations_add.tf log_analytics_entity_associations_remove.tf',
      ),
    ],
  ),
  goodFile(
    'terraform-aws-modules/terraform-aws-ecs',
    '8d25f4e9989475e2b94ede517253e2d069990073',
    'examples/express-service/versions.tf',
    [...inFolder('examples/express-service', 'main.tf outputs.tf variables.tf')],
  ),
  goodFile(
    'terraform-aws-modules/terraform-aws-eks',
    'bef29c4d9523523e57fe898643fde2895106b339',
    'examples/self-managed-node-group/eks-al2023.tf',
    [
      ...inFolder(
        'examples/self-managed-node-group',
        'eks-bottlerocket.tf main.tf outputs.tf variables.tf versions.tf',
      ),
    ],
  ),
  goodFile(
    'terraform-aws-modules/terraform-aws-eks',
    'bef29c4d9523523e57fe898643fde2895106b339',
    'modules/fargate-profile/migrations.tf',
    [...inFolder('modules/fargate-profile', 'main.tf outputs.tf variables.tf versions.tf')],
  ),
  goodFile(
    'terraform-aws-modules/terraform-aws-lambda',
    '23d00f7daef40091e87ed2f9dc5d8532e9d2cc22',
    'versions.tf',
    [...inFolder('', 'iam.tf main.tf outputs.tf package.tf variables.tf')],
  ),
  goodFile(
    'terraform-aws-modules/terraform-aws-lambda',
    '23d00f7daef40091e87ed2f9dc5d8532e9d2cc22',
    'wrappers/docker-build/outputs.tf',
    [...inFolder('wrappers/docker-build', 'main.tf variables.tf versions.tf')],
  ),
  goodFile(
    'terraform-aws-modules/terraform-aws-rds',
    'fa183b6b36204913fac1219d09b4979c1e60443a',
    'examples/s3-import-mysql/outputs.tf',
    [...inFolder('examples/s3-import-mysql', 'main.tf variables.tf versions.tf')],
  ),
  goodFile(
    'terraform-aws-modules/terraform-aws-s3-bucket',
    'dd0c434de5e74d8864e249ee020d917b076b6e32',
    'modules/account-public-access/variables.tf',
    [...inFolder('modules/account-public-access', 'main.tf outputs.tf versions.tf')],
  ),
  goodFile(
    'terraform-aws-modules/terraform-aws-s3-bucket',
    'dd0c434de5e74d8864e249ee020d917b076b6e32',
    'wrappers/table-bucket/versions.tf',
    [...inFolder('wrappers/table-bucket', 'main.tf outputs.tf variables.tf')],
  ),
  goodFile(
    'terraform-aws-modules/terraform-aws-vpc',
    '82d1929e669efef4e2ad00611b8a68e7a56e049c',
    'examples/simple/main.tf',
    [
      ...inFolder('examples/simple', 'outputs.tf variables.tf versions.tf'),
      ...inFolder('', 'main.tf outputs.tf variables.tf versions.tf vpc-flow-logs.tf'),
    ],
  ),
  goodFile(
    'terraform-aws-modules/terraform-aws-vpc',
    '82d1929e669efef4e2ad00611b8a68e7a56e049c',
    'modules/flow-log/main.tf',
    [...inFolder('modules/flow-log', 'outputs.tf variables.tf versions.tf')],
  ),
  goodFile(
    'terraform-google-modules/terraform-google-kubernetes-engine',
    'bb176b213d8c55f6c3034cb39828dfe1631d7647',
    'examples/stub_domains/variables.tf',
    [...inFolder('examples/stub_domains', 'main.tf outputs.tf test_outputs.tf versions.tf')],
  ),
  goodFile(
    'terraform-google-modules/terraform-google-kubernetes-engine',
    'bb176b213d8c55f6c3034cb39828dfe1631d7647',
    'modules/gke-autopilot-cluster/versions.tf',
    [...inFolder('modules/gke-autopilot-cluster', 'main.tf outputs.tf variables.tf')],
  ),
  goodFile(
    'terraform-google-modules/terraform-google-network',
    '3012d98fcb709d5ba456e0d93f42ab61028f7655',
    'examples/bidirectional-firewall-rules/outputs.tf',
    [...inFolder('examples/bidirectional-firewall-rules', 'main.tf variables.tf versions.tf')],
  ),
  goodFile(
    'terraform-google-modules/terraform-google-network',
    '3012d98fcb709d5ba456e0d93f42ab61028f7655',
    'examples/submodule_vpc_serverless_connector/outputs.tf',
    [
      ...inFolder(
        'examples/submodule_vpc_serverless_connector',
        'main.tf variables.tf versions.tf',
      ),
    ],
  ),
];
