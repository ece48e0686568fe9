import type { ArtifactKind } from '#shared/artifact.ts';
import { readInstructions } from '../validation/dockerfile/read-instructions.ts';
import { containersOf, podTemplateOf, readResource } from '../validation/kubernetes/resource.ts';
import { list, type Mapping, mapping } from '../validation/plain.ts';
import { Report } from '../validation/report.ts';
import { parseYaml } from '../validation/yaml/parse-yaml.ts';

/** Longer texts are not looked at: it would hold the thread, and they are no better for it. */
const maxLength = 100_000;

/**
 * How much of what makes such a file hard to misuse is there: 0 to 1, the share of the checks that it
 * passes, over all its services or containers. It decides between files of which no rule complains.
 */
export function hardening(kind: ArtifactKind, content: string): number {
  if (content.length > maxLength) return 0;
  if (kind === 'dockerfile') return share(dockerfileChecks(content));
  if (kind !== 'compose' && kind !== 'kubernetes') return 0;
  const { documents } = parseYaml(content, kind);
  const values = documents.map(({ value }) => mapping(value));
  return share(kind === 'compose' ? values.flatMap(composeChecks) : kubernetesChecks(values));
}

function share(checks: readonly boolean[]): number {
  return checks.length === 0 ? 0 : checks.filter(Boolean).length / checks.length;
}

function dockerfileChecks(content: string): readonly boolean[] {
  const all = readInstructions(content);
  const froms = all.filter(({ keyword }) => keyword === 'FROM');
  const user = all.findLast(({ keyword }) => keyword === 'USER')?.args.split(':')[0] ?? 'root';
  return [
    user !== 'root' && user !== '0',
    all.some(({ keyword, args }) => keyword === 'HEALTHCHECK' && args !== 'NONE'),
    froms.length > 1,
    all.some(({ keyword, args }) => /^(?:CMD|ENTRYPOINT)$/.test(keyword) && args.startsWith('[')),
    /slim|alpine|distroless|scratch|chiseled/.test(froms.at(-1)?.args ?? ''),
    all.some(({ keyword, args }) => keyword === 'RUN' && args.includes('--mount=')) ||
      all.some(({ flags }) => flags.some(({ name }) => name === 'mount')),
  ];
}

function composeChecks(file: Mapping): readonly boolean[] {
  return Object.values(mapping(file.services)).flatMap((held) => {
    const service = mapping(held);
    const options = list(service.security_opt).map(String);
    const limits = mapping(mapping(mapping(service.deploy).resources).limits);
    return [
      options.some((option) => /^no-new-privileges(?:[:=]true)?$/.test(option)),
      service.read_only === true,
      list(service.cap_drop).some((name) => /^all$/i.test(String(name))),
      service.healthcheck !== undefined,
      limits.memory !== undefined || service.mem_limit !== undefined,
      service.restart !== undefined,
    ];
  });
}

function kubernetesChecks(values: readonly Mapping[]): readonly boolean[] {
  const resources = values.map((value) => readResource(value, [], () => 1, new Report()));
  const containers = resources.flatMap((resource) => {
    const pod = podTemplateOf(resource);
    if (!pod) return [];
    const own = mapping(pod.spec.securityContext);
    return containersOf(pod).flatMap(({ container }) => containerChecks(mapping(container), own));
  });
  return [...containers, resources.some(({ kind }) => kind === 'NetworkPolicy')];
}

function containerChecks(container: Mapping, pod: Mapping): readonly boolean[] {
  const context = mapping(container.securityContext);
  const { limits, requests } = mapping(container.resources);
  const drop = list(mapping(context.capabilities).drop).map(String);
  return [
    (context.runAsNonRoot ?? pod.runAsNonRoot) === true,
    context.readOnlyRootFilesystem === true,
    context.allowPrivilegeEscalation === false,
    drop.some((name) => /^all$/i.test(name)),
    mapping(context.seccompProfile ?? pod.seccompProfile).type === 'RuntimeDefault',
    Object.keys(mapping(limits)).length > 0 && Object.keys(mapping(requests)).length > 0,
    container.readinessProbe !== undefined,
  ];
}
