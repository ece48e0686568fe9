import type { Compute } from '#shared/target.ts';
import { moduleFiles, output, outputAfter, type TerraformFile, text } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { ref } from '../hcl/value.ts';
import { withRandom } from './providers.ts';

const main = hcl`locals {
full_name = "\${var.prefix}-\${var.name}"
}

# It starts with no right but to read its secrets: add what the code itself calls.
resource "google_service_account" "this" {
# At most 30 characters.
account_id = "\${substr(local.full_name, 0, 23)}-\${substr(sha1(local.full_name), 0, 6)}"
display_name = local.full_name
}

resource "google_secret_manager_secret" "this" {
for_each = setunion(var.secret_names, var.own_secrets)

secret_id = "\${local.full_name}-\${each.key}"
deletion_protection = var.deletion_protection

replication {
user_managed {
replicas {
location = var.region
}
}
}
}

resource "google_secret_manager_secret_version" "wired" {
for_each = var.secret_names

secret = google_secret_manager_secret.this[each.key].id
secret_data = var.secret_values[each.key]
}

resource "random_password" "own" {
for_each = var.own_secrets

length = 48
special = false
}

# A random value is right for a key that only this service uses. One that another system gives out
# is added as a version: gcloud secrets versions add NAME --data-file=-
resource "google_secret_manager_secret_version" "own" {
for_each = var.own_secrets

secret = google_secret_manager_secret.this[each.key].id
secret_data = random_password.own[each.key].result

lifecycle {
ignore_changes = [secret_data]
}
}

resource "google_secret_manager_secret_iam_member" "this" {
for_each = google_secret_manager_secret.this

secret_id = each.value.id
role = "roles/secretmanager.secretAccessor"
member = google_service_account.this.member
}`;

const pods = hcl`# Pods with this Kubernetes service account act as it, without a key.
resource "google_service_account_iam_member" "pods" {
service_account_id = google_service_account.this.name
role = "roles/iam.workloadIdentityUser"
member = "serviceAccount:\${var.workload_pool}[\${var.namespace}/\${var.service_account}]"
}`;

/** `modules/identity`: who a service is, and the secrets that it alone reads. */
export function identityModule(compute: Compute): readonly TerraformFile[] {
  const containers = compute === 'containers';
  return moduleFiles(
    'identity',
    withRandom,
    [main, containers ? null : pods],
    [
      text('prefix', 'Start of every name.'),
      text('name', 'Name of the service.'),
      text('region', 'Region of the secrets.'),
      { name: 'secret_names', type: 'set(string)', description: 'Secrets whose values are given.' },
      {
        name: 'secret_values',
        type: 'map(string)',
        description: 'Values of these secrets.',
        sensitive: true,
      },
      {
        name: 'own_secrets',
        type: 'set(string)',
        description: 'Secrets that start with a random value.',
      },
      {
        name: 'deletion_protection',
        type: 'bool',
        description: 'Whether secrets refuse to be destroyed.',
      },
      ...(containers
        ? []
        : [
            text('workload_pool', 'Identities of the cluster.'),
            text('namespace', 'Namespace of the service.'),
            text('service_account', 'Service account of its pods.'),
          ]),
    ],
    [
      output('email', 'The service account.', ref('google_service_account.this.email')),
      // Through its right, so that nothing starts before it may read them.
      outputAfter(
        'secrets',
        'Secrets by the variables that they fill.',
        ref(
          '{ for name, one in google_secret_manager_secret_iam_member.this : name => one.secret_id }',
        ),
        ['google_secret_manager_secret_version.wired', 'google_secret_manager_secret_version.own'],
      ),
    ],
  );
}
