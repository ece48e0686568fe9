import { otlpEndpoint } from '../observability/otlp-env.ts';
import { isTold } from '../wiring.ts';
import { output, type TerraformFile } from './file.ts';
import { comment, fileOf, hcl } from './hcl/source.ts';
import { type Hcl, type HclValue, ref, template, value } from './hcl/value.ts';
import { hasHttp2, speaksHttp2 } from './http2.ts';
import type { Stack, TerraformService } from './stack.ts';
import type { CloudFacts } from './wire.ts';

/** What a cloud adds to the entry of a service: its sizes, and what only this cloud asks. */
export type Sizes = (service: TerraformService) => Readonly<Record<string, HclValue>>;

/**
 * `services.tf`: what the scan found of each service, and from it the services and the jobs. Every
 * entry has the same attributes, as the modules take them.
 */
export function workloadsFile(
  stack: Stack,
  sizes: Sizes,
  managed: CloudFacts['managed'],
): TerraformFile {
  const { services, unwired, shared } = stack;
  const jobs = hasJobs(stack);
  const entries = services.map(
    (one) => hcl`${notes(one, stack, managed)}
${ref(one.key)} = ${value(entry(stack, one, sizes))}`,
  );
  const secrets = services
    .filter(({ wiredSecrets }) => Object.keys(wiredSecrets).length > 0)
    .map(({ key, wiredSecrets }) => hcl`${ref(key)} = ${value(wiredSecrets)}`);
  return {
    path: 'services.tf',
    content: fileOf(
      comment(
        [
          'What runs: images, ports, sizes and variables of the services. The modules take it from here.',
          ...(unwired.length === 0
            ? []
            : [
                `This cloud does not run ${unwired.join(', ')} for you: bring your own, and say where it is in var.env or in the secrets of the service.`,
              ]),
          ...stack.unmade.map(
            ({ system, names }) =>
              `Nothing here makes the databases ${names.join(', ')} in ${system}: a service whose migrations may do so makes its own, else make them before the first start.`,
          ),
        ].join('\n'),
      ),
      hcl`locals {
workloads = {
${ref(entries.join('\n\n'))}
}

# Values of secrets that follow from the databases and queues${shared.length > 0 ? ref(', and of those that processes share') : null}.
# The state holds them too: keep it encrypted.
secret_values = ${ref(secrets.length === 0 ? '{}' : `{\n${secrets.join('\n')}\n}`)}
${
  stack.compute === 'containers'
    ? hcl`
services = { for name, one in local.workloads : name => one if one.kind != "job" }
`
    : null
}${stack.compute === 'containers' && jobs ? jobsOf() : null}}`,
      shared.length === 0
        ? null
        : hcl`# What several processes of one source sign and read: one value for all of them.
resource "random_password" "shared" {
for_each = toset(${value(shared)})

length = 48
special = false
}`,
    ),
  };
}

/** Whether anything runs to its end: a job, or what a release runs before a new version serves. */
export function hasJobs({ services }: Stack): boolean {
  return services.some(({ service, release }) => service.kind === 'job' || release !== null);
}

function jobsOf(): Hcl {
  return hcl`
# Jobs, and what has to run once before a new version of a service serves, such as a migration.
jobs = merge(
{ for name, one in local.workloads : name => merge(one, { workload = name }) if one.kind == "job" },
{ for name, one in local.workloads : "\${name}-release" => merge(one, { workload = name, command = one.release }) if one.release != null },
)
`;
}

/** Clouds that talk HTTP/1 to containers unless they are told otherwise. */
const asksHttp2: ReadonlySet<Stack['cloud']> = new Set(['gcp', 'azure']);

function entry(stack: Stack, one: TerraformService, sizes: Sizes): HclValue {
  const { service, port, isPublic, volumes } = one;
  const several = stack.services.filter((other) => other.isPublic).length > 1;
  const domain = ref('var.domain_name');
  const keeps = Object.keys(volumes).length > 0;
  const common = {
    secrets: Object.keys(one.wiredSecrets),
    own_secrets: one.ownSecrets,
    env: one.env,
  };
  if (stack.compute === 'kubernetes') return { service_account: one.label, ...common };
  return {
    kind: service.kind,
    image: one.image,
    ...common,
    port,
    public: isPublic,
    ...(stack.hosts
      ? { host: isPublic ? (several ? template([`${one.key}.`, domain]) : domain) : null }
      : {}),
    health_path: one.healthPath,
    ...sizes(one),
    min: keeps || port === null ? 1 : 2,
    ...(stack.scales ? { max: keeps ? 1 : 6 } : {}),
    ...(hasHttp2(stack) && asksHttp2.has(stack.cloud) ? { http2: speaksHttp2(service) } : {}),
    command: null,
    release: one.release,
    ...(stack.sets === 'nothing' ? {} : { user: one.uid }),
    ...(stack.sets === 'user and group' ? { group: one.gid } : {}),
    ...(stack.keepsFiles ? { volumes } : {}),
  };
}

function notes(
  one: TerraformService,
  { keepsFiles, compute }: Stack,
  managed: CloudFacts['managed'],
): Hcl | null {
  const folders = Object.values(one.volumes);
  const { optionalSecrets, portAssumed, port, asked } = one;
  const { service } = one;
  const hidden = service.backingServices.filter((system) => !isTold(service, system, 'host'));
  const asksHttp = Object.entries(one.env).some(
    ([name, { source }]) => name.startsWith('services__') && source.startsWith('"https:'),
  );
  const told = [...new Set(service.backingServices)].flatMap(
    (system) => managed[system]?.note ?? [],
  );
  const lines = [
    hidden.length > 0
      ? `Its source reads no variable with the host of ${[...new Set(hidden)].join(', ')}: let it read one, and set that here.`
      : null,
    ...told,
    portAssumed ? `The scan could not tell the port; ${port} is assumed.` : null,
    asked.length > 0 ? `Set in var.env: ${asked.join(', ')}.` : null,
    asksHttp
      ? 'Services answer by https here: where its source asks for http://NAME, let it ask for https+http://NAME.'
      : null,
    one.sendsTelemetry ? `Set ${otlpEndpoint} in var.env to where its telemetry is to go.` : null,
    optionalSecrets.length > 0
      ? `Left out where var.optional_secrets does not name them: ${optionalSecrets.join(', ')}.`
      : null,
    folders.length > 0 && compute === 'containers'
      ? keepsFiles
        ? 'It keeps files in a volume, so one instance runs.'
        : `What it writes to ${folders.join(', ')} is lost with its container: these have no volumes here. Keep it in object storage or a database.`
      : null,
  ].filter((line) => line !== null);
  return lines.length > 0 ? comment(lines.join('\n')) : null;
}

/** Names of what `var.env` has to give: `service.NAME`. */
export function askedOf({ services }: Stack): readonly string[] {
  return services.flatMap(({ key, asked }) => asked.map((name) => `${key}.${name}`));
}

/** The images of the project, as a list. */
export function imagesOf({ services }: Stack): Hcl {
  return value([...new Set(services.map(({ image }) => image))].sort());
}

/** For clusters: what the manifests' ConfigMaps have to hold where a managed system takes a pod's place. */
export const configOutput: Hcl = output(
  'config',
  'Variables of each service with the hosts of the managed systems, for its ConfigMap.',
  ref('{ for name, one in local.workloads : name => one.env }'),
);
