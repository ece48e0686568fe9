import { posix } from 'node:path';
import { mapping } from '../validation/plain.ts';
import { didYouMean } from '../validation/suggest.ts';
import type { TerraformModule } from '../validation/terraform/module.ts';
import { type Comparison, finding, type PlacedFinding } from './compare-claims.ts';
import { unknownPart } from './image-name.ts';
import type { PlacedResource } from './kubernetes-objects.ts';
import type { Command, PipelineJob } from './pipeline.ts';
import { optionsOf } from './shell-commands.ts';
import { meantText, strangers } from './strangers.ts';

/** What pipelines act on. */
export type Deployed = {
  readonly resources: readonly PlacedResource[];
  readonly modules: readonly TerraformModule[];
  /** Services of Compose that are not the project's own. */
  readonly foreign: ReadonlySet<string>;
};

/** Kinds that `kubectl rollout` and `kubectl set image` know, by their names there. */
const kinds = /^(?:deploy(?:ment)?s?|sts|statefulsets?|ds|daemonsets?)(?:\.apps)?$/;

/**
 * Whether what the jobs of one pipeline act on is among the files: the workloads that they wait for,
 * the variables of Terraform that they set, and the ports that they forward.
 */
export function pipelineLinks(jobs: readonly PipelineJob[], deployed: Deployed): Comparison {
  const commands = jobs.flatMap((job) => job.commands);
  const parts = [
    workloadsOf(commands, deployed),
    forwarded(commands, deployed.resources),
    ...jobs.map((job) => terraformVariables(job, deployed.modules)),
  ];
  return {
    compared: parts.reduce((sum, { compared }) => sum + compared, 0),
    findings: parts.flatMap(({ findings }) => findings),
  };
}

function workloadsOf(commands: readonly Command[], { resources, foreign }: Deployed): Comparison {
  const known = new Set(
    resources
      .filter(({ resource }) => /^(?:Deployment|StatefulSet|DaemonSet)$/.test(resource.kind))
      .map(({ resource }) => resource.name),
  );
  const used = commands.flatMap((command) => {
    const { words } = command;
    if (words[0] !== 'kubectl' || !(words.includes('rollout') || words.includes('set'))) return [];
    return words.flatMap((word, index) => {
      const [kind = '', name = words[index + 1] ?? ''] = word.split('/');
      return kinds.test(kind) && /^[a-z0-9.-]+$/.test(name) ? [{ name, at: command.at }] : [];
    });
  });
  if (known.size === 0) return { compared: 0, findings: [] };
  const strange = strangers({ named: used.map(({ name }) => name), known, foreign });
  const findings = used.flatMap(({ name, at }): PlacedFinding[] => {
    const meant = strange.get(name);
    if (meant === undefined) return [];
    const message = `The pipeline waits for or changes "${name}", and no manifest of these files makes a workload of that name.${meantText(meant)} Use the name in the manifest.`;
    return [finding('omega/names-nothing', 'error', at, message)];
  });
  return { compared: used.length, findings };
}

/** `kubectl port-forward service/NAME LOCAL:REMOTE`. */
function forwarded(commands: readonly Command[], resources: readonly PlacedResource[]): Comparison {
  const services = new Map(
    resources
      .filter(({ resource }) => resource.kind === 'Service')
      .map((placed) => [placed.resource.name, placed]),
  );
  let compared = 0;
  const findings = commands.flatMap(({ words, at }): PlacedFinding[] => {
    if (words[0] !== 'kubectl' || !words.includes('port-forward')) return [];
    const name = words
      .map((word) => /^(?:svc|services?)\/([\w.-]+)$/.exec(word)?.[1])
      .find(Boolean);
    const port = words.map((word) => /^(?:\d*:)?(\d+)$/.exec(word)?.[1]).findLast(Boolean);
    const service = services.get(name ?? '');
    if (!service || port === undefined) return [];
    compared += 1;
    const ports = mapping(service.resource.value.spec).ports;
    const held = (Array.isArray(ports) ? ports : []).map((one) => String(mapping(one).port));
    if (held.includes(port)) return [];
    const message = `The Service "${name}" has no port ${port}: in ${service.path} (line ${service.lineOf(['spec', 'ports'])}) it has ${held.join(', ') || 'none'}. Forward one of these.`;
    return [finding('omega/port-differs', 'error', at, message)];
  });
  return { compared, findings };
}

/** Oracle's provider reads its own settings from variables of this form (internal/provider/provider.go). */
const readByOracle =
  /^(?:auth|tenancy_ocid|user_ocid|fingerprint|private_key(?:_path|_password)?|region|config_file_profile|(?:token_exchange|workload_identity)_\w+)$/;

/** Terraform ignores a variable of the environment that it does not know, without a word. */
function terraformVariables(
  { commands, variables }: PipelineJob,
  modules: readonly TerraformModule[],
): Comparison {
  const runs = commands.filter(({ words }) => words[0] === 'terraform' || words[0] === 'tofu');
  const used = new Set(runs.map(folderOf));
  const [folder] = used;
  const module = used.size === 1 ? modules.find((one) => one.folder === folder) : undefined;
  if (!module?.isWhole) return { compared: 0, findings: [] };
  const isOracle = [...module.required.values()].some(({ address }) => address === 'oracle/oci');
  const given = [
    ...[...variables].flatMap(([name, at]) =>
      name.startsWith('TF_VAR_') ? [{ name: name.slice('TF_VAR_'.length), at }] : [],
    ),
    ...runs.flatMap(({ words, at }) =>
      optionsOf(words, '-var', '--var').map((text) => ({ name: text.split('=')[0] ?? '', at })),
    ),
  ].filter(({ name }) => /^[A-Za-z_][\w-]*$/.test(name));
  const findings = given.flatMap(({ name, at }): PlacedFinding[] => {
    if (module.variables.has(name) || (isOracle && readByOracle.test(name))) return [];
    const message = `The pipeline sets the Terraform variable "${name}", which ${module.folder || 'the root module'} does not declare.${didYouMean(name, module.variables.keys())} Use the name of a variable there, or declare it.`;
    return [finding('omega/names-nothing', 'error', at, message)];
  });
  return { compared: given.length, findings };
}

/** Where a command of Terraform works; null where that is not known. */
function folderOf({ words, folder }: Command): string | null {
  const [to] = optionsOf(words, '-chdir');
  if (to?.includes(unknownPart)) return null;
  const at =
    folder === null || to === undefined ? folder : posix.join(folder, to).replace(/\/$/, '');
  return at === '.' ? '' : at;
}
