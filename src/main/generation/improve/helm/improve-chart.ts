import { isDeepStrictEqual } from 'node:util';
import type { Chart } from '../../validation/helm/chart.ts';
import type { KubernetesSchema } from '../../validation/kubernetes/schema.ts';
import { mapping } from '../../validation/plain.ts';
import type { Improvement, ImprovementNote } from '../improvement.ts';
import type { ContainerName, FactsOf } from '../kubernetes/facts.ts';
import { improveKubernetes } from '../kubernetes/improve-kubernetes.ts';
import type { YamlChange } from '../yaml/changes.ts';
import { readYamlFile } from '../yaml/yaml-file.ts';
import { at, filledValues, isOfPod, placesOf, probes, settingsOf, valuesOf } from './fill-values.ts';
import { type Rendered, renderChart, switched } from './rendered.ts';
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
 * What of an author's chart can be hardened by small edits: settings that it left empty and renders
 * into its pods, then lines of its templates that are plain text. After each step the chart is
 * rendered again, and must give exactly what was meant and nothing else.
 */
export function improveChart(
  chart: Chart,
  schema: KubernetesSchema,
  factsOf: FactsOf,
): ImprovedChart {
  const before = renderChart(chart, schema);
  const containers = containersIn(before);
  const wanted = new Map(before.map((one) => [one.path, meant(one, factsOf)]));
  if (![...wanted.values()].some(({ isChanged }) => isChanged)) {
    const kept = before.map((one) => leftTemplate(proposedTemplate(one, factsOf)));
    return { files: [], left: gathered(kept), containers };
  }
  const sound = soundness(chart, schema, before);
  const values = improvedValues(chart, schema, wanted, sound);
  const filled = values === null ? chart : withFile(chart, values.path, values.content);
  const rendered = values === null ? before : renderChart(filled, schema);
  const proposed = rendered.map((one) => proposedTemplate(one, factsOf));
  const changed = proposed.reduce(
    (all, { path, content }) => (content === null ? all : withFile(all, path, content)),
    filled,
  );
  const after = new Map(renderChart(changed, schema).map((one) => [one.path, one.file]));
  const isMade = ({ path, content, wanted }: Proposed): boolean =>
    content !== null &&
    isDeepStrictEqual(data(after.get(path) ?? null), data(readYamlFile(wanted)));
  const unsound = sound(changed);
  const templates = proposed.map((one) =>
    isMade(one) && !unsound.has(one.path) ? madeTemplate(one) : leftTemplate(one),
  );
  return {
    files: [
      ...(values === null ? [] : [values]),
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

function withFile(chart: Chart, path: string, content: string): Chart {
  if (path === 'values.yaml') return { ...chart, values: { path, content } };
  const templates = chart.templates.map((one) => (one.path === path ? { path, content } : one));
  return { ...chart, templates };
}

function improvedValues(
  chart: Chart,
  schema: KubernetesSchema,
  wanted: ReadonlyMap<string, Meant>,
  sound: (after: Chart) => ReadonlySet<string>,
): ImprovedChartFile | null {
  const file = readYamlFile(chart.values?.content ?? '');
  const settings = file === null ? [] : settingsOf(file);
  if (file === null || settings.length === 0) return null;
  const places = placesOf(renderChart(chart, schema, probes(settings)));
  const filled = settings.flatMap((one, index) => {
    const given = (places.get(index) ?? []).map(([template, [document = 0, ...path]]) => {
      const { documents = [], before = [] } = wanted.get(template) ?? {};
      const improved = documents[Number(document)];
      // What the template adds by itself is not the setting's to say.
      const isOwn = isDeepStrictEqual(mapping(at(before[Number(document)], path)), one.value);
      return isOwn && isOfPod(improved, path) ? at(improved, path) : undefined;
    });
    const [first] = given;
    const isOne = given.every((value) => isDeepStrictEqual(value, first));
    const value = mapping(first);
    return isOne && first !== undefined && !isDeepStrictEqual(value, one.value)
      ? [[one, value] as const]
      : [];
  });
  const content = filled.length === 0 ? null : filledValues(file, filled);
  if (content === null || content === file.text) return null;
  if (sound(withFile(chart, 'values.yaml', content)).size > 0) return null;
  const done = filled.map(([{ path, key }]) => ({
    line: file.text.slice(0, key).split('\n').length,
    text: `${path.join('.')}, which the templates render, says what its pods can do without.`,
  }));
  return { path: 'values.yaml', content, done, left: [] };
}

/** What a template renders to, and what it is meant to: hardened as far as values can. */
type Meant = {
  readonly before: readonly unknown[];
  readonly documents: readonly unknown[];
  readonly isChanged: boolean;
};

function meant({ file }: Rendered, factsOf: FactsOf): Meant {
  const { content } = improveKubernetes(file.text, factsOf, isNoVolume);
  const isChanged = content !== file.text;
  const before = data(file);
  return { before, documents: isChanged ? data(readYamlFile(content)) : before, isChanged };
}

/** A read-only root needs folders of the pod's own, which no empty setting is for. */
function isNoVolume(change: YamlChange): boolean {
  const { path } = change;
  return !path.some((step) =>
    /^(?:readOnlyRootFilesystem|volumes|volumeMounts)$/.test(String(step)),
  );
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

/**
 * Tells which templates of a changed chart no longer render as they did in all that was not meant:
 * with the chart's own values, or with its switches thrown the other way.
 */
function soundness(
  chart: Chart,
  schema: KubernetesSchema,
  before: readonly Rendered[],
): (after: Chart) => ReadonlySet<string> {
  const other = mapping(switched(valuesOf(chart)));
  let otherBefore: readonly Rendered[] | null = null;
  return (after) => {
    otherBefore ??= renderChart(chart, schema, other);
    const gone = (was: readonly Rendered[], is: readonly Rendered[]): readonly string[] => {
      const still = new Set(is.map(({ path }) => path));
      return was.map(({ path }) => path).filter((path) => !still.has(path));
    };
    return new Set([
      ...gone(before, renderChart(after, schema)),
      ...gone(otherBefore, renderChart(after, schema, other)),
    ]);
  };
}

function data(file: ReturnType<typeof readYamlFile>): readonly unknown[] {
  const values = (file?.documents ?? []).map(({ value }) => value);
  return JSON.parse(JSON.stringify(values)) as unknown[];
}
