import { readJson } from '../validation/json/read-json.ts';
import { list, type Mapping, mapping } from '../validation/plain.ts';
import type { YamlPath } from '../validation/yaml/line-of-path.ts';
import { parseYaml } from '../validation/yaml/parse-yaml.ts';
import type { ComparedFile, Place } from './claim.ts';
import type { PlacedResource } from './kubernetes-objects.ts';

/** A rule of Prometheus: what it is called, what it asks, and which labels it adds. */
export type MeasuredRule = {
  readonly group: string;
  readonly record: string | null;
  readonly alert: string | null;
  readonly expression: string;
  readonly labels: Mapping;
  readonly at: Place;
};

/** Expressions of one file. */
export type MeasuringFile = {
  readonly path: string;
  /** Whether it is an object of the Prometheus operator. */
  readonly isObject: boolean;
  readonly rules: readonly MeasuredRule[];
  readonly queries: readonly { readonly expression: string; readonly at: Place }[];
  /** Variables of a dashboard that are lists of names. */
  readonly lists: readonly {
    readonly name: string;
    readonly values: readonly string[];
    readonly at: Place;
  }[];
};

/** The rules of a file for Prometheus itself. */
export function ruleFile({ path, content }: ComparedFile): MeasuringFile {
  const [document] = parseYaml(content, 'prometheus', 'kubernetes').documents;
  const groups = mapping(document?.value).groups;
  return file(
    path,
    false,
    rulesOf(groups, path, (at) => document?.lineOf(['groups', ...at]) ?? 1),
  );
}

/** The rules that an object of the operator holds; null for other objects. */
export function ruleObject({ resource, path, lineOf }: PlacedResource): MeasuringFile | null {
  if (resource.kind !== 'PrometheusRule') return null;
  const { groups } = mapping(resource.value.spec);
  return file(
    path,
    true,
    rulesOf(groups, path, (at) => lineOf(['spec', 'groups', ...at])),
  );
}

function file(path: string, isObject: boolean, rules: readonly MeasuredRule[]): MeasuringFile {
  const queries = rules.map(({ expression, at }) => ({ expression, at }));
  return { path, isObject, rules, queries, lists: [] };
}

function rulesOf(
  groups: unknown,
  path: string,
  lineOf: (at: YamlPath) => number,
): readonly MeasuredRule[] {
  return list(groups).flatMap((group, index) =>
    list(mapping(group).rules).map((one, at): MeasuredRule => {
      const { record, alert, expr, labels } = mapping(one);
      return {
        group: String(mapping(group).name),
        record: typeof record === 'string' ? record : null,
        alert: typeof alert === 'string' ? alert : null,
        expression: typeof expr === 'string' ? expr : '',
        labels: mapping(labels),
        at: { path, line: lineOf([index, 'rules', at]) },
      };
    }),
  );
}

/** The expressions of a dashboard's panels and variables. */
export function dashboardFile({ path, content }: ComparedFile): MeasuringFile {
  const read = readJson(content);
  if (!read.ok) return file(path, false, []);
  const { value, lineOf } = read;
  const root = mapping(value);
  const place = (at: YamlPath): Place => ({ path, line: lineOf(at) });
  const ofPanels = (panels: unknown, at: YamlPath): MeasuringFile['queries'] =>
    list(panels).flatMap((panel, index) => {
      const here = [...at, index];
      const targets = list(mapping(panel).targets).flatMap((target, which) => {
        const { expr } = mapping(target);
        const where = place([...here, 'targets', which, 'expr']);
        return typeof expr === 'string' ? [{ expression: expr, at: where }] : [];
      });
      // Rows hold panels, and panels hold none.
      return at.length > 2
        ? targets
        : [...targets, ...ofPanels(mapping(panel).panels, [...here, 'panels'])];
    });
  const variables = list(mapping(root.templating).list).map((one, index) => ({
    held: mapping(one),
    at: place(['templating', 'list', index, 'query']),
  }));
  const asked = variables.flatMap(({ held, at }) => {
    const query = mapping(held.query).query ?? held.query;
    const [, expression] = /^label_values\((.*),[^,]*\)$/s.exec(String(query)) ?? [];
    return expression === undefined ? [] : [{ expression, at }];
  });
  return {
    path,
    isObject: false,
    rules: [],
    queries: [...ofPanels(root.panels, ['panels']), ...asked],
    lists: variables.flatMap(({ held, at }) =>
      held.type === 'custom' && typeof held.query === 'string' && typeof held.name === 'string'
        ? [{ name: held.name, values: held.query.split(',').map((text) => text.trim()), at }]
        : [],
    ),
  };
}
