import { mapping } from '../plain.ts';
import { judgePromql, promqlParser } from '../promql/judge-promql.ts';
import { quote } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import type { Validator } from '../validator.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { judgeGroups, rulesUrl } from './rule-groups.ts';

/** Fields beside `groups`: Prometheus has none, Mimir and Cortex the first, Thanos none. */
const known = ['groups', 'namespace'];

/** Judges a file of Prometheus rules as `promtool check rules` does. */
export const validatePrometheus: Validator = async ({ content }) => {
  const { documents, report } = parseYaml(content, 'prometheus', 'kubernetes');
  const [document, second] = documents;
  if (document === undefined) {
    if (report.findings.length === 0) {
      report.add('prometheus/groups', 'error', 1, 'The file has no rules. Add groups.', rulesUrl);
    }
    return report.findings;
  }
  if (second !== undefined) {
    const message = 'Prometheus reads the first document of a file only. Put all groups into one.';
    report.add('prometheus/groups', 'warning', second.line, message, rulesUrl);
  }
  const parser = await promqlParser();
  const value = mapping(document.value);
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const message = `A rule file has no field ${quote(key)}.${didYouMean(key, known) || ' Remove it.'}`;
    report.add('prometheus/unknown-field', 'error', document.lineOf([key]), message, rulesUrl);
  }
  judgeGroups(
    {
      say: (rule, severity, path, message, url, below = 0) =>
        report.add(`prometheus/${rule}`, severity, document.lineOf(path) + below, message, url),
      promql: (text) => judgePromql(parser, text),
    },
    value.groups,
    ['groups'],
  );
  return report.findings;
};
