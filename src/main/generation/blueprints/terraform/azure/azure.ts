import { clusterVariables } from '../cluster.ts';
import { dataModule, standbyInput, standbyVariable } from '../data-module.ts';
import { output, type TerraformFile, text, type Variable } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { type Hcl, ref } from '../hcl/value.ts';
import { hasHttp2 } from '../http2.ts';
import { rootFiles } from '../root.ts';
import type { Stack } from '../stack.ts';
import { commonVariables } from '../variables.ts';
import { configOutput, hasJobs, workloadsFile } from '../workloads.ts';
import { clusterModule } from './aks.ts';
import { jobModule, serviceModule } from './app.ts';
import { baseModules } from './base.ts';
import { azureFacts } from './facts.ts';
import { identityModule } from './identity.ts';
import { appSize, mainModules } from './main.ts';
import { platformModule } from './platform.ts';
import { withRandom } from './providers.ts';

const backend = hcl`# The storage account is made once, by hand: with versions of blobs, and shared keys turned off. It
# encrypts the state and locks it by itself. Then:
#   terraform init -backend-config=resource_group_name=GROUP -backend-config=storage_account_name=NAME \\
#     -backend-config=container_name=terraform -backend-config=key=prod.tfstate
terraform {
backend "azurerm" {
use_azuread_auth = true
}
}`;

const setup = hcl`provider "azurerm" {
subscription_id = var.subscription_id

features {}
}`;

/** All files for Azure: Container Apps, or AKS. */
export function azureFiles(stack: Stack): readonly TerraformFile[] {
  const keeps = stack.services.some(({ volumes }) => Object.keys(volumes).length > 0);
  return [
    ...rootFiles(stack, {
      providers: withRandom,
      setup,
      backend,
      variables: [...ownVariables(stack), ...commonVariables(stack, azureFacts)],
      example: {
        subscription_id: '00000000-0000-0000-0000-000000000000',
        admin_group_ids: ['00000000-0000-0000-0000-000000000000'],
      },
      main: mainModules(stack),
      outputs: outputs(stack),
      managed: azureFacts.managed,
    }),
    workloadsFile(stack, appSize, azureFacts.managed),
    ...baseModules(stack.compute),
    ...identityModule(stack.compute),
    ...(stack.managed.length > 0
      ? dataModule(stack, azureFacts, withRandom, null, dataInputs)
      : []),
    ...(stack.compute === 'containers'
      ? [
          ...platformModule(keeps),
          ...serviceModule(hasHttp2(stack)),
          ...(hasJobs(stack) ? jobModule() : []),
        ]
      : clusterModule()),
  ];
}

const dataInputs: readonly Variable[] = [
  text('location', 'Region.'),
  text('resource_group_name', 'Resource group.'),
  text('unique', 'Letters and digits that make names unique.'),
  text('network_id', 'The network.'),
  text('network_name', 'Name of the network.'),
  text('cidr', 'Addresses of the network.'),
  text('subnet_id', 'Subnet of private endpoints.'),
  standbyInput,
];

function ownVariables(stack: Stack): readonly Variable[] {
  return [
    {
      name: 'subscription_id',
      type: 'string',
      description: 'Subscription that everything belongs to.',
      validation: [
        'can(regex("^[0-9a-f-]{36}$", var.subscription_id))',
        'Give the id of a subscription, not its name.',
      ],
    },
    {
      name: 'location',
      type: 'string',
      description: 'Region of everything, one with availability zones.',
      default: 'westeurope',
    },
    {
      name: 'network_cidr',
      type: 'string',
      description: 'Addresses of the network, a /16 that no connected network uses.',
      default: '10.20.0.0/16',
      validation: ['can(cidrnetmask(var.network_cidr))', 'Give a network such as 10.20.0.0/16.'],
    },
    ...(stack.compute === 'kubernetes'
      ? [
          ...clusterVariables('1.34', 'Standard_D2ds_v5', stack.namespace),
          {
            name: 'admin_group_ids',
            type: 'list(string)',
            description: 'Object ids of the groups in Entra ID that administer the cluster.',
          },
        ]
      : []),
    ...standbyVariable(stack, azureFacts),
  ];
}

function outputs(stack: Stack): readonly Hcl[] {
  const registry = output(
    'registry',
    'What stands before the names of images that are pushed.',
    ref('module.registry.host'),
  );
  if (stack.compute === 'kubernetes') {
    return [
      registry,
      configOutput,
      output('cluster_name', 'For az aks get-credentials.', ref('module.cluster.name')),
      output('vault', 'Vault of the secrets.', ref('module.vault.uri')),
      output(
        'client_ids',
        'For azure.workload.identity/client-id, by Kubernetes service account.',
        ref('{ for name, one in module.identity : name => one.client_id }'),
      ),
      output(
        'secrets',
        'Secrets of each service, for the add-on that brings them into the cluster.',
        ref('{ for name, one in module.identity : name => one.secrets }'),
      ),
    ];
  }
  return [
    registry,
    output(
      'services',
      'Hosts of the services. A domain of your own is bound by az containerapp hostname bind.',
      ref('{ for name, one in module.services : name => one.fqdn }'),
    ),
    output('domain', 'Domain of the environment.', ref('module.platform.domain')),
    ...(hasJobs(stack)
      ? [
          output(
            'jobs',
            'For az containerapp job start --name.',
            ref('{ for name, one in module.jobs : name => one.name }'),
          ),
        ]
      : []),
  ];
}
