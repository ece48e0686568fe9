import { moduleFiles, output, type TerraformFile } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { type Hcl, ref } from '../hcl/value.ts';
import { http2Input } from '../http2.ts';
import { access, containerVariables, environment, limits, volumes } from './container.ts';
import { providers } from './providers.ts';

const service = (http2: boolean): Hcl => hcl`resource "google_cloud_run_v2_service" "this" {
name = var.name
location = var.region
deletion_protection = var.deletion_protection

# Public services are reached through the load balancer, the others from the network alone.
ingress = var.public ? "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" : "INGRESS_TRAFFIC_INTERNAL_ONLY"

template {
service_account = var.service_account
execution_environment = "EXECUTION_ENVIRONMENT_GEN2"
timeout = "300s"

scaling {
min_instance_count = var.min
max_instance_count = var.max
}

${access}

containers {
image = var.image
command = var.command

# gRPC needs HTTP/2 to the container, which the name of the port asks for.
ports {
${http2 ? ref('name = var.http2 ? "h2c" : "http1"') : null}
container_port = var.port
}

resources {
${limits}
cpu_idle = true
startup_cpu_boost = true
}

${environment}

startup_probe {
period_seconds = 5
timeout_seconds = 3
failure_threshold = 36

dynamic "http_get" {
for_each = var.health_path == null ? [] : [var.health_path]

content {
path = http_get.value
}
}

dynamic "tcp_socket" {
for_each = var.health_path == null ? [var.port] : []

content {
port = tcp_socket.value
}
}
}

dynamic "liveness_probe" {
for_each = var.live_path == null ? [] : [var.live_path]

content {
period_seconds = 20
timeout_seconds = 5

http_get {
path = liveness_probe.value
}
}
}
}

${volumes}
}
}

# Who reaches it may call it: the services check their users themselves.
resource "google_cloud_run_v2_service_iam_member" "callers" {
name = google_cloud_run_v2_service.this.name
location = google_cloud_run_v2_service.this.location
role = "roles/run.invoker"
member = "allUsers"
}`;

const worker = hcl`resource "google_cloud_run_v2_worker_pool" "this" {
name = var.name
location = var.region
launch_stage = "BETA"
deletion_protection = var.deletion_protection

scaling {
scaling_mode = "MANUAL"
manual_instance_count = var.min
}

template {
service_account = var.service_account

${access}

containers {
image = var.image
command = var.command

resources {
${limits}
}

${environment}
}

${volumes}
}
}`;

const job = hcl`resource "google_cloud_run_v2_job" "this" {
name = var.name
location = var.region
deletion_protection = var.deletion_protection

template {
template {
service_account = var.service_account
max_retries = 1
timeout = "1800s"

${access}

containers {
image = var.image
command = var.command

resources {
${limits}
}

${environment}
}

${volumes}
}
}
}`;

/** `modules/service`: a service that listens. */
export function serviceModule(http2: boolean): readonly TerraformFile[] {
  return moduleFiles(
    'service',
    providers,
    [service(http2)],
    [
      ...containerVariables,
      { name: 'port', type: 'number', description: 'Port that it listens on.' },
      { name: 'public', type: 'bool', description: 'Whether the load balancer leads to it.' },
      {
        name: 'health_path',
        type: 'string',
        description: 'Path that answers 2xx when it is well.',
        default: null,
      },
      {
        name: 'live_path',
        type: 'string',
        description:
          'Path that answers 2xx while its process lives, whatever becomes of its systems.',
        default: null,
      },
      { name: 'min', type: 'number', description: 'Fewest instances.' },
      { name: 'max', type: 'number', description: 'Most instances.' },
      ...(http2 ? [http2Input] : []),
    ],
    [output('name', 'Name of the service.', ref('google_cloud_run_v2_service.this.name'))],
  );
}

/** `modules/worker`: what runs without listening. */
export function workerModule(): readonly TerraformFile[] {
  const min = { name: 'min', type: 'number', description: 'Instances.' };
  return moduleFiles(
    'worker',
    providers,
    [worker],
    [...containerVariables, min],
    [output('name', 'Name of the worker pool.', ref('google_cloud_run_v2_worker_pool.this.name'))],
  );
}

/** `modules/job`: what runs to its end, when it is told to. */
export function jobModule(): readonly TerraformFile[] {
  return moduleFiles('job', providers, [job], containerVariables, [
    output('name', 'For gcloud run jobs execute.', ref('google_cloud_run_v2_job.this.name')),
  ]);
}
