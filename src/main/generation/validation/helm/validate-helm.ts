import { ruleUrl } from '#shared/rules.ts';
import { kubernetesSchema } from '../kubernetes/schema.ts';
import { Report } from '../report.ts';
import type { TextFile, Validator } from '../validator.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { type Chart, chartFolder, readChart } from './chart.ts';
import { judgeIgnore } from './judge-ignore.ts';
import { judgeMetadata } from './judge-metadata.ts';
import { judgeTemplate } from './judge-template.ts';
import { judgeSchema, judgeValues } from './judge-values.ts';
import { type Renderer, rendererOf } from './render.ts';

/** The chart that was judged last: its files come one after the other. */
let last: {
  readonly files: readonly TextFile[];
  readonly folder: string;
  readonly renderer: Renderer;
  readonly chart: Chart;
} | null = null;

/**
 * Judges one file of a Helm chart among the others: Chart.yaml, values (against their schema), the
 * schema itself, and templates, which are rendered with the default values and judged as Kubernetes.
 */
export const validateHelm: Validator = async ({ path, content, siblings }, signal) => {
  const files = [{ path, content }, ...siblings.filter((one) => one.path !== path)];
  const folder = chartFolder(
    path,
    files.map((one) => one.path),
  );
  const name = path.split('/').at(-1) ?? '';
  if (name === '.helmignore') return judgeIgnore(content);
  if (/(?:^|\/)templates\//.test(path) || name.endsWith('.tpl')) {
    const report = new Report();
    if (folder === null) return alone(report);
    const { chart, renderer } = await load(folder, files);
    await judgeTemplate(chart, renderer, path.slice(folder.length), report, signal);
    return report.findings;
  }
  const { documents, report } = parseYaml(content, 'helm', 'kubernetes');
  const [document] = documents;
  if (report.findings.some(({ severity }) => severity === 'error')) return report.findings;
  const chart = folder === null ? null : readChart(folder, files);
  if (name === 'Chart.yaml')
    judgeMetadata(document, new Set(chart?.subcharts.map(([one]) => one)), report);
  else if (name.endsWith('.json')) judgeSchema(content, document, report);
  else judgeValues(document, chart, path !== `${folder ?? ''}values.yaml`, report);
  return report.findings;
};

function alone(report: Report) {
  const message =
    'The Chart.yaml that this template belongs to is not there, so it was not rendered.';
  report.add('helm/not-rendered', 'info', 1, message, ruleUrl('helm/not-rendered'));
  return report.findings;
}

async function load(folder: string, files: readonly TextFile[]) {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  if (last?.folder === folder && isSame(last.files, sorted)) return last;
  const chart = readChart(folder, sorted);
  const renderer = rendererOf(chart, { schema: await kubernetesSchema() });
  last = { files: sorted, folder, chart, renderer };
  return last;
}

function isSame(a: readonly TextFile[], b: readonly TextFile[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, index) => one.path === b[index]?.path && one.content === b[index]?.content)
  );
}
