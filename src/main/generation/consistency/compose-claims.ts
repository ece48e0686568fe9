import { posix } from 'node:path';
import { readComposeFile, readVariables } from '../validation/compose/model.ts';
import { list, type Mapping, mapping } from '../validation/plain.ts';
import { parseYaml } from '../validation/yaml/parse-yaml.ts';
import { type Claim, type ComparedFile, imageName, setsPort } from './claim.ts';

/** What a Compose file says of the services that it builds; others are not the project's own. */
export function composeClaims({ path, content }: ComparedFile): readonly Claim[] {
  const [document] = parseYaml(content, 'compose').documents;
  if (!document) return [];
  const { services, lineOf } = readComposeFile(document, path);
  return services
    .filter(([, service]) => service.build !== undefined)
    .flatMap(([name, service]) => {
      const at = (...keys: string[]) => lineOf(['services', name, ...keys]);
      const claim = (about: Claim['about'], value: string, line: number): Claim => {
        return { service: name, about, value, path, line };
      };
      const { image } = service;
      const variables = readVariables(service.environment, ['services', name, 'environment']);
      const ports = setsPort(variables.map((one) => [one.name, one.value])) ? [] : portsOf(service);
      return [
        ...(typeof image === 'string' ? [claim('image', imageName(image), at('image'))] : []),
        ...ports.map((port) => claim('port', port, at('ports'))),
        ...variables.map((one) => ({
          ...claim('variable', one.name, lineOf(one.path)),
          // Without a value, or with an empty one where none is set, it is passed on from outside.
          ...(one.value === null || /^\$\{\w+:?-\}$/.test(one.value)
            ? { optional: true as const }
            : {}),
        })),
      ];
    });
}

/** Which service of a Compose file a Dockerfile is built for, by its path; none that two share. */
export function builtBy(files: readonly ComparedFile[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const shared = new Set<string>();
  for (const { path, content } of files) {
    const [document] = parseYaml(content, 'compose').documents;
    if (!document) continue;
    for (const [name, service] of readComposeFile(document, path).services) {
      const dockerfile = dockerfileOf(path, service.build);
      if (dockerfile === null) continue;
      if (found.has(dockerfile) && found.get(dockerfile) !== name) shared.add(dockerfile);
      found.set(dockerfile, name);
    }
  }
  for (const path of shared) found.delete(path);
  return found;
}

/** Where a build's Dockerfile lies in the project; null where nothing is built, or from elsewhere. */
function dockerfileOf(composePath: string, build: unknown): string | null {
  if (build === undefined || build === null) return null;
  const { context = '.', dockerfile = 'Dockerfile' } =
    typeof build === 'string' ? { context: build } : mapping(build);
  const joined = posix.join(posix.dirname(composePath), String(context), String(dockerfile));
  return joined.startsWith('..') || String(context).includes('://') ? null : joined;
}

/** The ports within the container, of both forms and of `expose`. */
function portsOf(service: Mapping): readonly string[] {
  const published = list(service.ports).map((held) => {
    const target = mapping(held).target ?? held;
    const inside =
      String(target)
        .replace(/\/\w+$/, '')
        .split(':')
        .at(-1) ?? '';
    // With a variable in front, `${PORT:-80}:80`, the last part is still the container's.
    return inside;
  });
  return [...published, ...list(service.expose).map(String)].filter((port) => /^\d+$/.test(port));
}
