import { posix } from 'node:path';
import { readComposeFile, readVariables } from '../validation/compose/model.ts';
import { list, type Mapping, mapping } from '../validation/plain.ts';
import { parseYaml } from '../validation/yaml/parse-yaml.ts';
import type { Claim, ComparedFile, Workload } from './claim.ts';

/** What a Compose file says: of the services that it builds, and which others it runs. */
export type ComposeFacts = {
  readonly workloads: readonly Workload[];
  readonly builds: readonly Claim[];
  /** Services that are not the project's own: databases and the like. */
  readonly foreign: readonly string[];
  /** Ports of the machine on which services are reached; null where one is not written out. */
  readonly published: readonly (string | null)[];
};

/** Reads a Compose file; nothing of one that cannot be read, which its validator tells. */
export function composeFacts({ path, content }: ComparedFile): ComposeFacts {
  const [document] = parseYaml(content, 'compose').documents;
  if (!document) return { workloads: [], builds: [], foreign: [], published: [] };
  const { services, lineOf } = readComposeFile(document, path);
  const own = services.filter(([, service]) => service.build !== undefined);
  return {
    workloads: own.map(([name, service]): Workload => {
      const at = (...keys: readonly (string | number)[]) => ({
        path,
        line: lineOf(['services', name, ...keys]),
      });
      const { image } = service;
      return {
        service: name,
        file: path,
        image: typeof image === 'string' ? { value: image, at: at('image') } : null,
        ports: portsOf(service).map((value) => ({ value, at: at('ports') })),
        variables: readVariables(service.environment, ['services', name, 'environment']).map(
          (one) => ({
            name: one.name,
            value: one.value,
            // Without a value, or with an empty one where none is set, it is passed on from outside.
            optional: one.value === null || /^\$\{\w+:?-\}$/.test(one.value),
            at: { path, line: lineOf(one.path) },
          }),
        ),
        partial: service.env_file !== undefined,
      };
    }),
    builds: own.flatMap(([name, service]): Claim[] => {
      const value = buildOf(path, service.build);
      if (value === null) return [];
      const line = lineOf(['services', name, 'build']);
      return [{ service: name, about: 'build', value, file: path, at: { path, line } }];
    }),
    foreign: services.filter(([, { build }]) => build === undefined).map(([name]) => name),
    published: services.flatMap(([, service]) => list(service.ports).map(publishedPort)),
  };
}

/** Which service of the Compose files a Dockerfile is built for, by its path; none that two share. */
export function builtBy(builds: readonly Claim[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const shared = new Set<string>();
  for (const { service, value } of builds) {
    const dockerfile = value.split('\n')[0] ?? '';
    if (found.has(dockerfile) && found.get(dockerfile) !== service) shared.add(dockerfile);
    found.set(dockerfile, service);
  }
  for (const path of shared) found.delete(path);
  return found;
}

/** A build as claims say it: the Dockerfile and the context, both from the project's root. */
export function buildValue(dockerfile: string, context: string): string | null {
  const folder = posix.normalize(context).replace(/\/$/, '') || '.';
  if (dockerfile.startsWith('..') || folder.startsWith('..')) return null;
  return `${dockerfile}\n${folder}`;
}

/** Null where nothing is built, or from elsewhere. */
function buildOf(composePath: string, build: unknown): string | null {
  if (build === undefined || build === null) return null;
  const { context = '.', dockerfile = 'Dockerfile' } =
    typeof build === 'string' ? { context: build } : mapping(build);
  if (/:\/\/|\$|^git@/.test(`${String(context)}${String(dockerfile)}`)) return null;
  const folder = posix.join(posix.dirname(composePath), String(context));
  return buildValue(posix.join(folder, String(dockerfile)), folder);
}

/** The port of the machine that a mapping takes, with the default of a variable. */
function publishedPort(held: unknown): string | null {
  const text = String(mapping(held).published ?? held).replace(/\$\{\w+:?-(\d+)\}/g, '$1');
  const parts = text.replace(/\/\w+$/, '').split(':');
  const port = typeof held === 'object' ? parts[0] : parts.length > 1 ? parts.at(-2) : null;
  return port && /^\d+$/.test(port) ? port : null;
}

/** The ports within the container, of both forms and of `expose`. */
function portsOf(service: Mapping): readonly string[] {
  const published = list(service.ports).map((held) => {
    const target = mapping(held).target ?? held;
    // With a variable in front, `${PORT:-80}:80`, the last part is still the container's.
    return (
      String(target)
        .replace(/\/\w+$/, '')
        .split(':')
        .at(-1) ?? ''
    );
  });
  return [...published, ...list(service.expose).map(String)].filter((port) => /^\d+$/.test(port));
}
