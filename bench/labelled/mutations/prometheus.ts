import { append, type Mutation, rewrite } from '../labelled.ts';

const group = (name: string, lines: string): Mutation => {
  const text = lines.replace(/^/gm, '    ');
  return {
    name,
    breaks: (content) => {
      const indent = /^groups:[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\n)*([ ]*)- /m.exec(content)?.[1];
      if (indent === undefined) return null;
      const body = `- name: omega\n  rules:\n${text}`.replace(/^/gm, indent);
      return `${content.trimEnd()}\n${body}\n`;
    },
  };
};
const alert = (name: string, lines: string): Mutation =>
  group(name, `- alert: Omega\n  ${lines.replaceAll('\n', '\n  ')}`);
const expr = (name: string, text: string): Mutation =>
  group(name, `- record: omega:x\n  expr: ${text}`);

/** Faults that `promtool check rules` refuses. */
export const mutations: readonly Mutation[] = [
  rewrite('groups misspelled', /^groups:/m, 'group:'),
  rewrite('rules misspelled', /^( +)rules:/m, '$1rule:'),
  rewrite('expr misspelled', /^( +)(- )?expr:/m, '$1$2exp:'),
  rewrite('alert misspelled', /- alert:/, '- alarm:'),
  rewrite('annotations misspelled', /^( +)annotations:/m, '$1annotation:'),
  rewrite('a parenthesis that is not closed', /(expr: [^\n'"|>]*)\)/, '$1'),
  rewrite('a duration without a unit', /^( +)for: ["']?\d+[smhd]["']?/m, '$1for: 5 minutes'),
  rewrite('a duration with an unknown unit', /^( +)for: ["']?\d+[smhd]["']?/m, '$1for: 5min'),
  rewrite('a group without a name', /- name: [^\n]*\n( +)rules:/, '- rules:'),
  rewrite('a rule indented by a tab', /^ +(- (?:alert|record):)/m, '\t$1'),
  append('groups a second time', 'groups: []'),
  append('a key that no file of rules has', 'alerts: []'),
  append('a quote that is not closed', 'groups2: "a'),
  alert('an alert without an expression', 'for: 5m'),
  alert('an expression twice', 'expr: up\nexpr: up == 0'),
  alert('an alert that records too', 'record: omega:x\nexpr: up'),
  alert('labels that are a list', 'expr: up == 0\nlabels: [severity]'),
  alert('a label whose name has a dash', 'expr: up == 0\nlabels: {my-severity: page}'),
  alert(
    'a template that is not closed',
    'expr: up == 0\nannotations: {summary: "{{ $labels.job is down"}',
  ),
  alert(
    'a template with an unknown function',
    'expr: up == 0\nannotations: {summary: "{{ $value | humanise }}"}',
  ),
  alert(
    'a template with an unknown variable',
    'expr: up == 0\nannotations: {summary: "{{ $lables.job }}"}',
  ),
  alert('a key that no rule has', 'expr: up == 0\nseverity: page'),
  group('a record with spaces in its name', '- record: omega requests\n  expr: sum(up)'),
  group('a record that waits', '- record: omega:x\n  expr: sum(up)\n  for: 5m'),
  group('a rule that is a text', '- up == 0'),
  expr('a function that there is not', 'rates(up[5m])'),
  expr('a rate of an instant', 'rate(http_requests_total)'),
  expr('a range that is not closed', 'rate(up[5m)'),
  expr('braces that are not closed', `sum(up{job="a")`),
  expr('a matcher without quotes', 'up{job=a}'),
  expr('a pattern that is none', `up{job=~"a("}`),
  expr('a selector of everything', `'{job=~".*"}'`),
  expr('an aggregation of two things', 'sum(up, up)'),
  expr('a quantile without its number', 'histogram_quantile(sum(rate(x_bucket[5m])) by (le))'),
  expr('two numbers compared', '1 > 2'),
  expr('a duration with its units in the wrong order', 'rate(up[5m1h])'),
  expr('many to many', 'a * on(job) group_left() group_right() b'),
  expr('an operator without its right side', 'up =='),
  expr('a text in a sum', `sum("a")`),
];
