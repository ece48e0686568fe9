import type { KubernetesSchema } from '../kubernetes/schema.ts';
import { type Mapping, mapping } from '../plain.ts';
import type { TextFile } from '../validator.ts';
import { writeYaml } from './functions/go-yaml.ts';
import { whole } from './functions/numbers.ts';
import { text } from './go-template/print.ts';
import { fromPlain, GoObject, type Value } from './go-template/values.ts';

/** `.Release` of what `helm template` renders. */
export function release(): Value {
  return new Map<string, Value>([
    ['Name', 'release-name'],
    ['Namespace', 'default'],
    ['IsUpgrade', false],
    ['IsInstall', true],
    ['Revision', 1n],
    ['Service', 'Helm'],
  ]);
}

/** `.Chart`: the fields of Chart.yaml by their names in Go. */
export function chartObject(metadata: Mapping, isRoot: boolean): Value {
  const held = (name: string, fallback: Value = ''): Value => fromPlain(metadata[name] ?? fallback);
  return new GoObject('*chart.Metadata', {
    Name: held('name'),
    Home: held('home'),
    Sources: held('sources', null),
    Version: held('version'),
    Description: held('description'),
    Keywords: held('keywords', null),
    Maintainers: held('maintainers', null),
    Icon: held('icon'),
    APIVersion: held('apiVersion'),
    Condition: held('condition'),
    Tags: held('tags'),
    AppVersion: asText(held('appVersion')),
    Deprecated: held('deprecated', false),
    Annotations: held('annotations', null),
    KubeVersion: held('kubeVersion'),
    Dependencies: held('dependencies', null),
    Type: held('type'),
    IsRoot: isRoot,
  });
}

/** `.Capabilities` of a cluster that has the built-in kinds and no others. */
export function capabilities(schema: KubernetesSchema): Value {
  const [major = '1', minor = '0'] = schema.kubernetes.split('.');
  const version = `v${major}.${minor}.0`;
  const has = (name: Value): Value => {
    const parts = text(name).split('/');
    const kinds = schema.kinds[text(name)];
    if (kinds !== undefined) return true;
    const kind = parts.pop() ?? '';
    return Object.hasOwn(schema.kinds[parts.join('/')] ?? {}, kind);
  };
  return new GoObject('*chartutil.Capabilities', {
    KubeVersion: new GoObject(
      'chartutil.KubeVersion',
      { Version: version, Major: major, Minor: minor, GitVersion: version },
      version,
    ),
    APIVersions: new GoObject('chartutil.VersionSet', { Has: (name = null) => has(name) }, '[v1]'),
    HelmVersion: new GoObject('helm.BuildInfo', {
      Version: 'v3.17.0',
      GitCommit: '',
      GitTreeState: 'clean',
      GoVersion: 'go1.23.4',
    }),
  });
}

/** `.Files`: what else the chart holds. */
export function chartFiles(files: readonly TextFile[]): GoObject {
  const items = new Map<string, Value>(files.map(({ path, content }) => [path, content]));
  const get = (path: Value = ''): Value => items.get(text(path)) ?? '';
  const byBase = (encode: (content: string) => string): Value => {
    const held = files.map(
      ({ path, content }) => [path.split('/').at(-1) ?? path, encode(content)] as const,
    );
    return writeYaml(new Map(held));
  };
  return new GoObject(
    'engine.files',
    {
      Get: get,
      GetBytes: get,
      Glob: (pattern = '') => {
        const wanted = globPattern(text(pattern));
        return chartFiles(files.filter(({ path }) => wanted.test(path)));
      },
      Lines: (path = '') => {
        const content = text(get(path));
        return content === '' ? [] : content.replace(/\n$/, '').split('\n');
      },
      AsConfig: () => byBase((content) => content),
      AsSecrets: () => byBase((content) => Buffer.from(content).toString('base64')),
    },
    null,
    items,
  );
}

function globPattern(glob: string): RegExp {
  const source = glob.slice(0, 500).replace(/\*{2,}|[*?{},]|[.+^$()|[\]\\]/g, (part) => {
    if (part.startsWith('**')) return '.{0,999}';
    const known: Readonly<Record<string, string>> = {
      '*': '[^/]{0,999}',
      '?': '[^/]',
      '{': '(?:',
      '}': ')',
      ',': '|',
    };
    return known[part] ?? `\\${part}`;
  });
  try {
    return new RegExp(`^${source}$`, 's');
  } catch {
    return /(?!)/;
  }
}

/** Merges the values that a parent gives over those of a chart, and the globals, as Helm does. */
export function coalesce(own: Mapping, given: Mapping): Mapping {
  const merged: Record<string, unknown> = { ...own };
  for (const [key, value] of Object.entries(given)) {
    const held = merged[key];
    if (value === null) delete merged[key];
    else if (isMap(held) && isMap(value)) merged[key] = coalesce(mapping(held), mapping(value));
    else merged[key] = value;
  }
  return merged;
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asText(value: Value): Value {
  return typeof value === 'number' && Number.isInteger(value) ? String(whole(value)) : text(value);
}
