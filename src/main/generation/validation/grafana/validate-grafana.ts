import { readJson } from '../json/read-json.ts';
import { list, mapping } from '../plain.ts';
import { judgePromql, promqlParser } from '../promql/judge-promql.ts';
import { quote, Report } from '../report.ts';
import type { Validator } from '../validator.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import { isPrometheus } from './data-source.ts';
import { judgePanels, panelsOf, type Say } from './panels.ts';
import { type Dashboard, dashboardSchema, type Panel } from './schema.ts';
import { definedVariables, variablesIn, withoutVariables } from './variables.ts';

const modelUrl =
  'https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/';
const variablesUrl = 'https://grafana.com/docs/grafana/latest/dashboards/variables/';
const promqlUrl = 'https://prometheus.io/docs/prometheus/latest/querying/basics/';

/** Judges a Grafana dashboard: its shape, places, variables, and the PromQL of its targets. */
export const validateGrafana: Validator = async ({ content }) => {
  const report = new Report();
  const read = readJson(content);
  if (!read.ok) {
    report.add(
      'grafana/json',
      'error',
      read.line,
      `This is not valid JSON: ${read.message}. Mend it here.`,
      'https://www.rfc-editor.org/rfc/rfc8259',
    );
    return report.findings;
  }
  const say: Say = (rule, severity, path, message, url) =>
    report.add(`grafana/${rule}`, severity, read.lineOf(path), message, url);
  for (const { key, line } of read.twice) {
    report.add(
      'grafana/duplicate-key',
      'error',
      line,
      `The key ${quote(key)} is there twice in one object; only one can count. Remove one.`,
      'https://www.rfc-editor.org/rfc/rfc8259#section-4',
    );
  }
  const parsed = dashboardSchema.safeParse(read.value);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues.slice(0, 50)) {
      const steps = path.filter((step) => typeof step !== 'symbol');
      say(
        'schema',
        'error',
        steps,
        `${quote(steps.join('.') || 'the dashboard', 100)}: ${message}.`,
        modelUrl,
      );
    }
    return report.findings;
  }
  const dashboard = parsed.data;
  judgePanels(dashboard.panels ?? [], say);
  judgeVariables(dashboard, say);
  await judgeTargets(dashboard, say);
  return report.findings;
};

function judgeVariables(dashboard: Dashboard, say: Say): void {
  const names = new Set<string>();
  (dashboard.templating?.list ?? []).forEach(({ name }, index) => {
    if (names.has(name)) {
      say(
        'variable',
        'error',
        ['templating', 'list', index, 'name'],
        `The dashboard has a variable ${quote(name)} already. Rename one.`,
        variablesUrl,
      );
    }
    names.add(name);
  });
  const defined = definedVariables(dashboard);
  const judge = (text: unknown, path: YamlPath): void => {
    if (typeof text !== 'string') return;
    for (const name of variablesIn(text)) {
      if (defined.has(name)) continue;
      say(
        'undefined-variable',
        'warning',
        path,
        `There is no variable ${quote(name)}, so it is sent as it stands. Add it under templating.`,
        variablesUrl,
      );
    }
  };
  for (const { panel, path } of panelsOf(dashboard.panels ?? [])) {
    if (panel.repeat && !defined.has(panel.repeat)) judge(`$${panel.repeat}`, [...path, 'repeat']);
    judgeSource(panel.datasource, [...path, 'datasource'], judge);
    list(panel.targets).forEach((one, index) => {
      judge(mapping(one).expr, [...path, 'targets', index, 'expr']);
      judgeSource(mapping(one).datasource, [...path, 'targets', index, 'datasource'], judge);
    });
  }
}

function judgeSource(
  source: unknown,
  path: YamlPath,
  judge: (text: unknown, path: YamlPath) => void,
): void {
  judge(typeof source === 'string' ? source : mapping(source).uid, path);
}

async function judgeTargets(dashboard: Dashboard, say: Say): Promise<void> {
  const parser = await promqlParser();
  for (const { panel, path } of panelsOf(dashboard.panels ?? [])) {
    judgeReferences(panel, path, say);
    (panel.targets ?? []).forEach(({ expr, datasource }, index) => {
      if (expr === undefined || expr.trim() === '') return;
      if (!isPrometheus(dashboard, datasource ?? panel.datasource)) return;
      const verdicts = withoutVariables(expr).map((text) => judgePromql(parser, text).problems);
      if (verdicts.some((problems) => problems.length === 0)) return;
      const message = verdicts[0]?.[0]?.message ?? '';
      say('promql', 'error', [...path, 'targets', index, 'expr'], message, promqlUrl);
    });
  }
}

function judgeReferences({ targets = [] }: Panel, path: YamlPath, say: Say): void {
  const seen = new Set<string>();
  targets.forEach(({ refId }, index) => {
    if (refId === undefined) return;
    if (seen.has(refId)) {
      say(
        'ref-id',
        'error',
        [...path, 'targets', index, 'refId'],
        `Another target of the panel has the refId ${quote(refId)} already. Name each by a letter of its own.`,
        modelUrl,
      );
    }
    seen.add(refId);
  });
}
