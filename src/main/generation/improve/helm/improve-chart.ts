import { isDeepStrictEqual } from 'node:util';
import type { Chart } from '../../validation/helm/chart.ts';
import type { KubernetesSchema } from '../../validation/kubernetes/schema.ts';
import type { Improvement, ImprovementNote } from '../improvement.ts';
import type { ContainerName, FactsOf } from '../kubernetes/facts.ts';
import { improveKubernetes } from '../kubernetes/improve-kubernetes.ts';
import type { YamlChange } from '../yaml/changes.ts';
import { readYamlFile } from '../yaml/yaml-file.ts';
import { improvedValues } from './improve-values.ts';
import { isNoVolume, meant } from './meant.ts';
import { dataOf, type Rendered, type Rendering, renderChart } from './rendered.ts';
import { soundness, withFile } from './soundness.ts';
import { templateFor } from './template-edits.ts';

/** A file of a chart (path within it) after its improvement. */
export type ImprovedChartFile = Improvement & { readonly path: string };

/** A chart after its improvement: the files that changed, and what is left in the others. */
export type ImprovedChart = {
  readonly files: readonly ImprovedChartFile[];
  readonly left: readonly string[];
  /** What its pods run, as rendered with the chart's own values. */
  readonly containers: readonly ContainerName[];
};

/**
 * What of an author's chart can be hardened by small edits: settings that it renders into its
 * pods, then lines of its templates that are plain text. After each step the chart is
 * rendered again, and must give exactly what was meant and nothing else.
 */
export function improveChart(
  chart: Chart,
  schema: KubernetesSchema,
  factsOf: FactsOf,
): ImprovedChart {
  const rendering: Rendering = { schema, parsed: new Map() };
  const before = renderChart(chart, rendering);
  const containers = containersIn(before);
  const wanted = new Map(before.map((one) => [one.path, meant(one, factsOf)]));
  if (![...wanted.values()].some(({ isChanged }) => isChanged)) {
    const kept = before.map((one) => leftTemplate(proposedTemplate(one, factsOf)));
    return { files: [], left: gathered(kept), containers };
  }
  const sound = soundness(chart, rendering, before);
  const values = improvedValues(chart, rendering, wanted, sound);
  const filled = values === null ? chart : withFile(chart, 'values.yaml', values.content);
  const rendered = values === null ? before : renderChart(filled, rendering);
  const proposed = rendered.map((one) => proposedTemplate(one, factsOf));
  const changed = proposed.reduce(
    (all, { path, content }) => (content === null ? all : withFile(all, path, content)),
    filled,
  );
  const renderedAfter = renderChart(changed, rendering);
  const after = new Map(renderedAfter.map((one) => [one.path, one.file]));
  const isMade = ({ path, content, wanted }: Proposed): boolean =>
    content !== null &&
    isDeepStrictEqual(dataOf(after.get(path) ?? null), dataOf(readYamlFile(wanted)));
  const unsound = sound(changed, renderedAfter);
  const templates = proposed.map((one) =>
    isMade(one) && !unsound.has(one.path) ? madeTemplate(one) : leftTemplate(one),
  );
  return {
    files: [
      ...(values === null ? [] : [{ path: 'values.yaml', ...values }]),
      ...templates.filter(({ done }) => done.length > 0),
    ],
    left: gathered(templates.filter(({ done }) => done.length === 0)),
    containers,
  };
}

/** What is left alike in several templates, in one sentence. */
function gathered(files: readonly ImprovedChartFile[]): readonly string[] {
  const all = files.flatMap(({ path, left }) => left.map(({ text }) => ({ path, text })));
  return [...Map.groupBy(all, ({ text }) => text)].map(([text, places]) => {
    const paths = [...new Set(places.map(({ path }) => path))];
    const more = paths.length > 3 ? ` and ${paths.length - 3} more` : '';
    return `${paths.slice(0, 3).join(', ')}${more}: ${text}`;
  });
}

function containersIn(rendered: readonly Rendered[]): readonly ContainerName[] {
  const names: ContainerName[] = [];
  const note = (name: ContainerName) => {
    names.push(name);
    return null;
  };
  for (const { file } of rendered) improveKubernetes(file.text, note);
  return names;
}

/**
 * What may be written into a template: what nobody sets to a value of their own. Where some branch
 * gives the pod an account, that one may need its key.
 */
function isFor(template: string): (change: YamlChange) => boolean {
  const hasAccount = template.includes('serviceAccount');
  return (change) => {
    const steps = change.path.map(String);
    if (steps.at(-1) === 'automountServiceAccountToken') return !hasAccount;
    return isNoVolume(change) && (steps[0] === 'apiVersion' || steps.includes('securityContext'));
  };
}

/** A template with what it is meant to render; no content where that has no place in its text. */
type Proposed = {
  readonly path: string;
  readonly template: string;
  readonly wanted: string;
  readonly content: string | null;
  readonly done: readonly ImprovementNote[];
  readonly left: readonly ImprovementNote[];
};

function proposedTemplate(one: Rendered, factsOf: FactsOf): Proposed {
  const { path, template, file, lines } = one;
  const { content: wanted, done, left } = improveKubernetes(file.text, factsOf, isFor(template));
  const inTemplate = ({ line, text }: ImprovementNote) => ({ line: lines[line - 1] ?? 1, text });
  const content = wanted === file.text ? null : templateFor(one, wanted);
  const notes = { done: once(done.map(inTemplate)), left: once(left.map(inTemplate)) };
  return { path, template, wanted, content, ...notes };
}

function madeTemplate({ path, template, content, done, left }: Proposed): ImprovedChartFile {
  return { path, content: content ?? template, done, left };
}

function leftTemplate({ path, template, done, left }: Proposed): ImprovedChartFile {
  const what = [...new Set(done.map(({ text }) => text.replace(/\.$/, '')))].join('; ');
  const text = `Left as it is, since the template says it by values or in branches of its own: ${what}.`;
  const said = done[0] === undefined ? [] : [{ line: done[0].line, text }];
  return { path, content: template, done: [], left: [...left, ...said] };
}

/** What a loop renders several times is told once. */
function once(notes: readonly ImprovementNote[]): readonly ImprovementNote[] {
  return [...new Map(notes.map((one) => [`${one.line}\n${one.text}`, one])).values()];
}
