import { hcl } from '../hcl/source.ts';

/** The images, and who pulls them. */
export const registry = hcl`resource "ibm_cr_namespace" "this" {
name = var.name
resource_group_id = var.resource_group_id
}

# Who pulls the images: one that may read this namespace, and nothing else.
resource "ibm_iam_service_id" "pull" {
name = "\${var.name}-pull"
}

resource "ibm_iam_service_policy" "pull" {
iam_id = ibm_iam_service_id.pull.iam_id
roles = ["Reader"]

resources {
service = "container-registry"
region = var.region
resource_type = "namespace"
resource = ibm_cr_namespace.this.name
}
}

resource "ibm_iam_service_api_key" "pull" {
name = "\${var.name}-pull"
iam_service_id = ibm_iam_service_id.pull.iam_id
}`;

/** The project that runs the services. */
export const platform = hcl`resource "ibm_code_engine_project" "this" {
name = var.name
resource_group_id = var.resource_group_id
}

resource "ibm_code_engine_secret" "registry" {
project_id = ibm_code_engine_project.this.project_id
name = "registry"
format = "registry"
data = {
server = var.registry_host
username = "iamapikey"
password = var.pull_key
}
}`;

/** The secrets of a service. */
export const secrets = hcl`resource "ibm_code_engine_secret" "wired" {
count = length(var.secret_names) > 0 ? 1 : 0

project_id = var.project_id
name = "\${var.name}-wired"
format = "generic"
data = { for name in var.secret_names : name => var.secret_values[name] }
}

resource "random_password" "own" {
for_each = var.own_secrets

length = 48
special = false
}

# A random value is right for a key that only this service uses. One that another system gives out
# is put in its place: ibmcloud ce secret update --name NAME --from-literal KEY=VALUE
resource "ibm_code_engine_secret" "own" {
for_each = var.own_secrets

project_id = var.project_id
name = "\${var.name}-\${lower(replace(each.key, "_", "-"))}"
format = "generic"
data = { (each.key) = random_password.own[each.key].result }

lifecycle {
ignore_changes = [data]
}
}`;
