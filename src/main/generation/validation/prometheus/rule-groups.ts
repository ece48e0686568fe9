import type { Severity } from '#shared/artifact.ts';
import { list, type Mapping, mapping } from '../plain.ts';
import type { judgePromql } from '../promql/judge-promql.ts';
import { isDuration } from '../promql/literals.ts';
import { quote } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import { judgeRule } from './judge-rule.ts';

/** What judging the groups of a file needs. */
export type GroupsContext = {
  /** Adds a finding; `below` counts lines further within the value at `path`. */
  readonly say: (
    rule: string,
    severity: Severity,
    path: YamlPath,
    message: string,
    url: string,
    below?: number,
  ) => void;
  readonly promql: (text: string) => ReturnType<typeof judgePromql>;
};

/** Where Prometheus documents rules. */
export const rulesUrl =
  'https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/';

const groupFields = ['name', 'interval', 'query_offset', 'limit', 'labels', 'rules'];
/** What the operator and Thanos add to a group. */
const operatorFields = ['partial_response_strategy'];

/** Judges `groups` as `promtool check rules` does; `base` is where they lie. */
export function judgeGroups(
  context: GroupsContext,
  groups: unknown,
  base: YamlPath,
  operator = false,
): void {
  const { say } = context;
  if (!Array.isArray(groups)) {
    say(
      'groups',
      'error',
      base,
      'groups must be a list of groups, each with a name and rules.',
      rulesUrl,
    );
    return;
  }
  const names = new Set<string>();
  const rules = new Set<string>();
  groups.forEach((value, index) => {
    const path = [...base, index];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      say('groups', 'error', path, 'A group is a mapping with a name and rules.', rulesUrl);
      return;
    }
    const group = mapping(value);
    judgeGroup(context, group, path, names, operator);
    list(group.rules).forEach((rule, at) => {
      judgeRule(context, rule, [...path, 'rules', at], rules);
    });
  });
}

function judgeGroup(
  { say }: GroupsContext,
  group: Mapping,
  path: YamlPath,
  names: Set<string>,
  operator: boolean,
): void {
  const known = operator ? [...groupFields, ...operatorFields] : groupFields;
  for (const key of Object.keys(group)) {
    if (known.includes(key)) continue;
    const hint = didYouMean(key, known) || ' Remove it.';
    say(
      'unknown-field',
      'error',
      [...path, key],
      `A group has no field ${quote(key)}.${hint}`,
      rulesUrl,
    );
  }
  const { name } = group;
  if (typeof name !== 'string' || name === '') {
    say('group-name', 'error', path, 'This group has no name. Give it one.', rulesUrl);
  } else if (names.has(name)) {
    say(
      'group-name',
      'error',
      [...path, 'name'],
      `The file has a group ${quote(name)} already. Rename one.`,
      rulesUrl,
    );
  } else names.add(name);
  for (const key of ['interval', 'query_offset'] as const) {
    const value = group[key];
    if (value === undefined || value === null) continue;
    if (!isDuration(String(value))) {
      say(
        'duration',
        'error',
        [...path, key],
        `${key} is no duration: ${quote(String(value))}. Write it like 1m or 1h30m.`,
        rulesUrl,
      );
    }
  }
  if (group.limit !== undefined && group.limit !== null && !Number.isInteger(group.limit)) {
    say('limit', 'error', [...path, 'limit'], 'limit must be a whole number.', rulesUrl);
  }
  if (group.rules !== undefined && group.rules !== null && !Array.isArray(group.rules)) {
    say(
      'groups',
      'error',
      [...path, 'rules'],
      'rules must be a list. Begin each rule with a dash.',
      rulesUrl,
    );
  }
}
