import { ruleUrl } from '#shared/rules.ts';
import { validateKubernetes } from '../kubernetes/validate-kubernetes.ts';
import { list, mapping } from '../plain.ts';
import { quote, type Report } from '../report.ts';
import type { Chart } from './chart.ts';
import { cutManifests } from './cut-manifests.ts';
import { TemplateError } from './go-template/template-error.ts';
import { metadataOf, type Renderer } from './render.ts';
import { helmDocs } from './rules.ts';

/** Judges one template: parsed, rendered with the chart's default values, and read as Kubernetes. */
export async function judgeTemplate(
  chart: Chart,
  renderer: Renderer,
  path: string,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const own = renderer.errors.filter(({ places }) => isOf(places[0]?.file, path));
  for (const error of own) tell(error, path, chart, report);
  const name = path.split('/').at(-1) ?? '';
  const isManifest = !name.startsWith('_') && name !== 'NOTES.txt';
  if (own.length > 0 || name.startsWith('_') || metadataOf(chart).type === 'library') return;
  const [other] = renderer.errors;
  if (other) {
    const where = other.places[0];
    const message = `${where?.file ?? 'Another template'} cannot be parsed (line ${where?.line ?? 1}), so this one was not rendered. Mend that first.`;
    report.add('helm/not-rendered', 'info', 1, message, ruleUrl('helm/not-rendered'));
    return;
  }
  try {
    const output = renderer.render(path);
    if (!isManifest) return;
    const lines = output.templateLines();
    for (const { text, firstLine } of cutManifests(output.text.replaceAll('<no value>', ''))) {
      const found = await validateKubernetes({ path, content: text, siblings: [] }, signal);
      for (const { rule, severity, line, message, url } of found) {
        if (rule === 'kubernetes/empty') continue;
        const at = lines[firstLine + line - 2] ?? 1;
        report.add(rule, severity, at, message, url);
      }
    }
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    tell(error, path, chart, report);
  }
}

function isOf(file: string | undefined, path: string): boolean {
  return file !== undefined && file.slice(file.indexOf('/') + 1) === path;
}

function tell(error: TemplateError, path: string, chart: Chart, report: Report): void {
  const here = error.places.find(({ file }) => isOf(file, path));
  const inner = error.places[0];
  const within =
    inner && here !== inner
      ? ` (in ${inner.file === 'tpl' ? 'a text given to tpl' : inner.file}, line ${inner.line})`
      : '';
  const line = here?.line ?? 1;
  const message = `${error.message}${within}`;
  switch (error.reason) {
    case 'required':
    case 'fail': {
      const asked = `With its default values the chart asks for more: ${quote(message, 200)}. The rest of this template was not judged.`;
      report.add('helm/needs-values', 'info', line, asked, ruleUrl('helm/needs-values'));
      return;
    }
    case 'fault':
    case 'unknown-template': {
      const missing = missingCharts(chart);
      // Values of a chart that is not there are not set.
      const mayBeTheirs = error.reason === 'unknown-template' || /nil pointer/.test(message);
      if (missing.length === 0 || !mayBeTheirs) break;
      const text = `${message} It may be of ${missing.join(', ')}; this template was not rendered.`;
      report.add('helm/not-rendered', 'info', line, text, ruleUrl('helm/not-rendered'));
      return;
    }
    case 'bounds':
      report.add(
        'helm/too-much',
        'error',
        line,
        `${message} Make the templates simpler.`,
        ruleUrl('helm/too-much'),
      );
      return;
    case 'unknown-function':
      report.add('helm/unknown-function', 'error', line, message, helmDocs.functions);
      return;
    case 'syntax':
      report.add('helm/template', 'error', line, message, helmDocs.templates);
      return;
  }
  const url = error.reason === 'unknown-template' ? helmDocs.named : helmDocs.debugging;
  report.add('helm/render', 'error', line, message, url);
}

/** Charts that this one needs and that were not read: dependencies that do not lie in `charts/`, and its parent. */
function missingCharts(chart: Chart): readonly string[] {
  const there = new Set(chart.subcharts.map(([name]) => name));
  const dependencies = list(metadataOf(chart).dependencies)
    .map((one) => mapping(one).name)
    .filter((name): name is string => typeof name === 'string' && !there.has(name))
    .map((name) => `${name}, which is not in charts/`);
  return chart.isVendored ? [...dependencies, 'the chart that this one belongs to'] : dependencies;
}
