import type { Claim } from './claim.ts';
import { buildValue } from './compose-workloads.ts';
import { baseName, imageName, withoutTag } from './image-name.ts';
import type { Command, PipelineJob } from './pipeline.ts';
import { optionsOf } from './shell-commands.ts';

/** Which service a Dockerfile is of, and which services there are. */
export type ServiceNames = {
  readonly ofDockerfile: ReadonlyMap<string, string>;
  readonly all: ReadonlySet<string>;
};

/**
 * What a pipeline says of the services whose images it builds: their names, without the tags that it
 * makes up as it runs, the Dockerfile and the context; and the ports on which it tries them.
 */
export function pipelineClaims(
  jobs: readonly PipelineJob[],
  services: ServiceNames,
): readonly Claim[] {
  const claims = jobs.flatMap(({ builds, commands }) => [
    ...builds.flatMap(({ image, dockerfile, context, at }): Claim[] => {
      const name = image === null ? null : nameOf(image);
      const named = name !== null && services.all.has(baseName(name)) ? baseName(name) : null;
      const built = dockerfile === null ? undefined : services.ofDockerfile.get(dockerfile);
      const value =
        dockerfile !== null && context !== null ? buildValue(dockerfile, context) : null;
      const ofImage = built ?? named;
      const ofBuild = named ?? built;
      return [
        ...(name !== null && ofImage
          ? [{ service: ofImage, about: 'image' as const, value: name, file: at.path, at }]
          : []),
        ...(value !== null && ofBuild
          ? [{ service: ofBuild, about: 'build' as const, value, file: at.path, at }]
          : []),
      ];
    }),
    ...commands.flatMap((command) => [...pushed(command, services), ...tried(command, services)]),
  ]);
  const seen = new Set<string>();
  return claims.filter(({ service, about, value, file }) => {
    const key = `${about}\n${service}\n${value}\n${file}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** An image's name without its tag; null of one that is made to be tried, and not to be deployed. */
function nameOf(reference: string): string | null {
  return /(?:^|[/:_-])(?:test|tests|e2e|local|dev|ci|tmp)(?:[/:_-]|$)/.test(reference)
    ? null
    : imageName(withoutTag(reference));
}

/** The image that a command pushes, where its name is that of a service. */
function pushed({ words, at }: Command, { all }: ServiceNames): readonly Claim[] {
  const [tool = '', verb = ''] = words;
  const isPush =
    (/^(?:docker|podman|crane|buildah)$/.test(tool) && (verb === 'push' || verb === 'copy')) ||
    (tool === 'skopeo' && verb === 'copy');
  const name = isPush ? nameOf(words.at(-1) ?? '') : null;
  const service = name === null ? '' : baseName(name);
  return name !== null && all.has(service)
    ? [{ service, about: 'image', value: name, file: at.path, at }]
    : [];
}

/** The container's port of `docker run --publish HOST:CONTAINER IMAGE`. */
function tried({ words, at }: Command, { all }: ServiceNames): readonly Claim[] {
  if (!/^(?:docker|podman)$/.test(words[0] ?? '') || words[1] !== 'run') return [];
  const services = words.slice(2).flatMap((word) => {
    const name = /^-/.test(word) ? null : nameOf(word);
    return name !== null && all.has(baseName(name)) ? [baseName(name)] : [];
  });
  const [service] = services;
  const told = optionsOf(words, '-e', '--env').some((one) => /^\w*PORT=/.test(one));
  if (service === undefined || told) return [];
  return optionsOf(words, '-p', '--publish').flatMap((ports): Claim[] => {
    const value =
      ports
        .split(':')
        .at(-1)
        ?.replace(/\/\w+$/, '') ?? '';
    return /^\d+$/.test(value) ? [{ service, about: 'port', value, file: at.path, at }] : [];
  });
}
