import { list, type Mapping, mapping } from '../../validation/plain.ts';
import { lineOfPath, type YamlPath } from '../../validation/yaml/line-of-path.ts';
import type { ImprovementNote } from '../improvement.ts';
import { readYamlFile } from '../yaml/yaml-file.ts';

/** What an author's rules do, and what of it a person has to decide on. */
export type AuthorsRules = {
  readonly alerts: number;
  readonly records: number;
  /** Whether it says whom Prometheus asks: a ServiceMonitor or a PodMonitor. */
  readonly monitors: boolean;
  readonly left: readonly ImprovementNote[];
};

/**
 * Reads a file of rules, or of the Prometheus operator's objects. Nothing of it is changed: `for`
 * decides when people are woken, labels whom, and both are theirs.
 */
export function readRules(content: string): AuthorsRules {
  const file = readYamlFile(content);
  const found = (file?.documents ?? []).flatMap(({ value }, document) =>
    rulesOf(mapping(value)).map((one) => ({ ...one, document })),
  );
  const alerts = found.filter(({ rule }) => typeof rule.alert === 'string');
  const bare = alerts.filter(({ rule }) => mapping(rule.labels).severity === undefined);
  const at = (first: (typeof found)[number]): number => {
    const node = file?.documents[first.document]?.node;
    return content.slice(0, node ? lineOfPath(node, first.path) : 0).split('\n').length;
  };
  const [first] = bare;
  const names = bare.slice(0, 5).map(({ rule }) => String(rule.alert));
  const more = bare.length > names.length ? ` and ${bare.length - names.length} more` : '';
  return {
    alerts: alerts.length,
    records: found.length - alerts.length,
    monitors: (file?.documents ?? []).some(({ value }) =>
      /^(?:Service|Pod)Monitor$/.test(String(mapping(value).kind)),
    ),
    // A file of which each alert lacks it routes by something else.
    left:
      first && bare.length < alerts.length
        ? [
            {
              line: at(first),
              text: `Alerts without the label severity, which the others of this file have: ${names.join(', ')}${more}. A label decides who is woken, so it is not set here.`,
            },
          ]
        : [],
  };
}

type Rule = { readonly rule: Mapping; readonly path: YamlPath };

function rulesOf(document: Mapping): readonly Rule[] {
  const isObject = document.kind === 'PrometheusRule';
  const groups = isObject ? mapping(document.spec).groups : document.groups;
  const start = isObject ? ['spec', 'groups'] : ['groups'];
  return list(groups).flatMap((group, at) =>
    list(mapping(group).rules).map((rule, index) => ({
      rule: mapping(rule),
      path: [...start, at, 'rules', index],
    })),
  );
}
