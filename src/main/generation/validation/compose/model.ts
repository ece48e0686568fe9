import { type Mapping, mapping } from '../plain.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import type { YamlDocument } from '../yaml/parse-yaml.ts';

/** A Compose file as its rules see it. */
export type ComposeFile = {
  readonly root: Mapping;
  readonly services: readonly (readonly [name: string, service: Mapping])[];
  readonly lineOf: (path: YamlPath) => number;
  /** Whether it is made to be merged over another file, which may declare what is missing here. */
  readonly partial: boolean;
};

/** Reads the parts that rules ask for; wrong types count as absent, the schema reports them. */
export function readComposeFile(document: YamlDocument, path: string): ComposeFile {
  const root = mapping(document.value);
  const services = Object.entries(mapping(root.services)).map(
    ([name, service]) => [name, mapping(service)] as const,
  );
  const { lineOf } = document;
  return { root, services, lineOf, partial: isPartial(path) || root.include !== undefined };
}

/** Only `compose.yaml` and `docker-compose.yml` stand alone; others are given with `-f` beside them. */
export function isPartial(path: string): boolean {
  return !/(?:^|[/\\])(?:docker-)?compose\.ya?ml$/i.test(path);
}

/** `environment` or `build.args` as name, value and path of each entry; both its forms are read. */
export function readVariables(
  value: unknown,
  path: YamlPath,
): readonly { readonly name: string; readonly value: string | null; readonly path: YamlPath }[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => {
      if (typeof item !== 'string') return [];
      const equals = item.indexOf('=');
      const name = equals < 0 ? item : item.slice(0, equals);
      return [{ name, value: equals < 0 ? null : item.slice(equals + 1), path: [...path, index] }];
    });
  }
  return Object.entries(mapping(value)).map(([name, held]) => ({
    name,
    value: held === null || typeof held === 'object' ? null : String(held),
    path: [...path, name],
  }));
}
