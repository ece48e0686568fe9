import { type Chart, readChart } from '../validation/helm/chart.ts';
import { cutManifests } from '../validation/helm/cut-manifests.ts';
import { TemplateError } from '../validation/helm/go-template/template-error.ts';
import { metadataOf, rendererOf } from '../validation/helm/render.ts';
import type { KubernetesSchema } from '../validation/kubernetes/schema.ts';
import { type Mapping, mapping } from '../validation/plain.ts';
import type { YamlPath } from '../validation/yaml/line-of-path.ts';
import { parseYaml } from '../validation/yaml/parse-yaml.ts';
import type { ComparedFile, Place } from './claim.ts';
import { type PlacedResource, type RenderedChart, resourcesOf } from './kubernetes-objects.ts';

/** Far above what a chart takes; all of a project are rendered within some seconds. */
const limits = { steps: 2_000_000, output: 8_000_000, depth: 150, milliseconds: 8_000 };
const maxMilliseconds = 15_000;
const maxDepth = 20;

/** The folders of the charts among files, without those that lie in another chart. */
export function chartFolders(files: readonly ComparedFile[]): readonly string[] {
  return files
    .filter(
      ({ path }) =>
        /(?:^|\/)Chart\.yaml$/.test(path) && !/(?:^|\/)charts\/[^/]+\/charts\//.test(path),
    )
    .map(({ path }) => path.slice(0, -'Chart.yaml'.length));
}

/**
 * The objects of the charts among `files`, each rendered with its own values. A chart with a template
 * that cannot be rendered so is passed over: its validator says why.
 */
export function renderedCharts(
  files: readonly ComparedFile[],
  schema: KubernetesSchema,
): readonly PlacedResource[] {
  const end = performance.now() + maxMilliseconds;
  return chartFolders(files).flatMap((folder) => rendered(readChart(folder, files), schema, end));
}

function rendered(chart: Chart, schema: KubernetesSchema, end: number): readonly PlacedResource[] {
  if (performance.now() > end || metadataOf(chart).type === 'library') return [];
  const renderer = rendererOf(chart, { schema, limits });
  if (renderer.errors.length > 0) return [];
  let isWhole = true;
  const objects = chart.templates.flatMap(({ path }) => {
    const name = path.split('/').at(-1) ?? '';
    if (name.startsWith('_') || !/\.ya?ml$/.test(name)) return [];
    if (performance.now() > end) isWhole = false;
    if (!isWhole) return [];
    try {
      const output = renderer.render(path);
      const lines = output.templateLines();
      return cutManifests(output.text.replaceAll('<no value>', '')).flatMap(({ text, firstLine }) =>
        resourcesOf({ path: `${chart.folder}${path}`, content: text }).map((placed) => ({
          ...placed,
          lineOf: (at: YamlPath) => lines[firstLine + placed.lineOf(at) - 2] ?? 1,
        })),
      );
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      isWhole = false;
      return [];
    }
  });
  // A part would lack what the others name.
  if (!isWhole) return [];
  const known = readValues(chart);
  return objects.map((one) => ({ ...one, chart: known }));
}

/** Where a chart's values say what: under the name of a service, or in one place alone. */
function readValues({ folder, values }: Chart): RenderedChart {
  const path = `${folder}values.yaml`;
  const [document] = parseYaml(values?.content ?? '', 'helm', 'kubernetes').documents;
  const below = new Map<string, YamlPath>();
  const alone = new Map<string, YamlPath | null>();
  let isOpen = false;
  const add = (text: string, at: YamlPath): void => {
    alone.set(text, alone.has(text) ? null : at);
    for (const key of at.slice(0, -1)) {
      const held = `${key}\n${text}`;
      if (!below.has(held)) below.set(held, at);
    }
  };
  const walk = (held: unknown, at: YamlPath): void => {
    if (typeof held !== 'object' || held === null) {
      add(String(held), at);
      return;
    }
    const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(held)
      ? held.map((one, index) => [index, one] as const)
      : Object.entries(held as Mapping);
    // `extraEnv: []` is meant to be filled by whoever installs the chart.
    if (entries.length === 0 && /env|config|secrets?$/i.test(String(at.at(-1)))) isOpen = true;
    if (at.length >= maxDepth) return;
    for (const [name, value] of entries) {
      if (typeof name === 'string') add(name, [...at, name]);
      walk(value, [...at, name]);
    }
  };
  walk(mapping(document?.value), []);
  const placeOf = (service: string, value: string): Place | null => {
    const at = below.get(`${service}\n${value}`) ?? alone.get(value);
    return at && document ? { path, line: document.lineOf(at) } : null;
  };
  return { folder, placeOf, isOpen };
}
