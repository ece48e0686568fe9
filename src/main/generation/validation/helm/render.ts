import type { KubernetesSchema } from '../kubernetes/schema.ts';
import { type Mapping, mapping } from '../plain.ts';
import type { TextFile } from '../validator.ts';
import type { Chart } from './chart.ts';
import { capabilities, chartFiles, chartObject, coalesce, release } from './chart-objects.ts';
import { builtins } from './functions/builtins.ts';
import { dates } from './functions/dates.ts';
import { defaults } from './functions/defaults.ts';
import { dicts } from './functions/dicts.ts';
import { encoding } from './functions/encoding.ts';
import { readYaml } from './functions/go-yaml.ts';
import { lists } from './functions/lists.ts';
import { numbers } from './functions/numbers.ts';
import { random } from './functions/random.ts';
import { regex } from './functions/regex.ts';
import { semver } from './functions/semver.ts';
import { fn } from './functions/signature.ts';
import { strings } from './functions/strings.ts';
import { urls } from './functions/urls.ts';
import { Budget, type Limits, usualLimits } from './go-template/budget.ts';
import { Executor } from './go-template/execute.ts';
import { FunctionError } from './go-template/function-error.ts';
import type { Definition } from './go-template/nodes.ts';
import type { Output } from './go-template/output.ts';
import { parse } from './go-template/parse.ts';
import { TemplateError } from './go-template/template-error.ts';
import { fromPlain, type Method, type Value } from './go-template/values.ts';

/** Functions that need no chart; `include`, `tpl` and `lookup` come with one. */
const pure: ReadonlyMap<string, Method> = new Map(
  [
    builtins,
    strings,
    numbers,
    lists,
    dicts,
    defaults,
    encoding,
    dates,
    regex,
    semver,
    random,
    urls,
  ].flatMap((table) => Object.entries(table)),
);
const ofChart: ReadonlySet<string> = new Set(['include', 'tpl', 'lookup']);

/** Names of all functions that Helm's templates have. */
function isFunction(name: string): boolean {
  return pure.has(name) || ofChart.has(name);
}

/** What Chart.yaml says; an empty mapping where it says nothing that can be read. */
export function metadataOf(chart: Chart): Mapping {
  return mapping(plain(chart.metadata?.content));
}

/** A chart whose templates are parsed, and what could not be. */
export type Renderer = {
  readonly errors: readonly TemplateError[];
  readonly hasTemplate: (name: string) => boolean;
  /**
   * Renders one of the chart's own templates by its path in the chart.
   * @throws TemplateError
   */
  readonly render: (path: string) => Output;
};

/** What is rendered with beside the chart's own defaults. */
export type RenderOptions = {
  readonly schema: KubernetesSchema;
  /** Values over those of values.yaml. */
  readonly values?: Mapping;
  readonly limits?: Limits;
  /** What was parsed of the same templates before, by their names and texts; what is parsed is added. */
  readonly parsed?: Map<string, readonly Definition[]>;
};

/** Parses a chart's templates and those of its vendored charts, and renders as `helm template` does. */
export function rendererOf(chart: Chart, options: RenderOptions): Renderer {
  const { schema, values = {}, limits = usualLimits, parsed = new Map() } = options;
  const errors: TemplateError[] = [];
  const definitions = new Map<string, Definition>();
  const metadata = metadataOf(chart);
  const name = String(metadata.name ?? 'chart');
  define(chart, name, { definitions, errors, parsed });
  const merged = coalesce(mapping(plain(chart.values?.content)), values);
  const writers = chart.templates
    .filter(({ content }) => setsValues.test(content))
    .sort(asRendered);
  const data = (): Map<string, Value> =>
    new Map<string, Value>([
      ['Values', fromPlain(withSubcharts(chart, merged))],
      ['Chart', chartObject(metadata, true)],
      ['Release', release()],
      ['Capabilities', capabilities(schema)],
      ['Files', chartFiles(chart.files)],
      ['Subcharts', new Map()],
    ]);
  return {
    errors,
    hasTemplate: (wanted) => definitions.has(wanted),
    render: (path) => {
      const functions = new Map(pure);
      const budget = new Budget(limits);
      const executor = new Executor({ definitions, functions, budget });
      functions.set(
        'lookup',
        fn('ssss', () => new Map()),
      );
      functions.set(
        'include',
        fn('sa', (wanted, dot) => executor.run(wanted, dot).text),
      );
      functions.set(
        'tpl',
        fn('sa', (text, dot) => {
          budget.write(text.length);
          const parsed = parse('tpl', text, isFunction);
          return executor.runText(parsed, dot).text.replaceAll('<no value>', '');
        }),
      );
      const dot = data();
      const run = (one: string): Output => {
        dot.set(
          'Template',
          new Map([
            ['Name', `${name}/${one}`],
            ['BasePath', `${name}/templates`],
          ]),
        );
        return executor.run(`${name}/${one}`, dot);
      };
      for (const writer of writers) {
        if (asRendered(writer, { path }) < 0) quietly(() => run(writer.path));
      }
      return run(path);
    },
  };
}

/** A template that sets values for those that are rendered after it, as Istio's profiles do. */
const setsValues = /\b(?:un)?set\s+(?:[$.]\s+"Values"|\$?\.Values)/;

/** Helm's order of rendering: the deeper first, of one folder the last by name. */
function asRendered(a: Pick<TextFile, 'path'>, b: Pick<TextFile, 'path'>): number {
  const depth = ({ path }: Pick<TextFile, 'path'>): number => path.split('/').length;
  if (depth(a) !== depth(b)) return depth(b) - depth(a);
  return a.path === b.path ? 0 : a.path > b.path ? -1 : 1;
}

/** What fails in another template is told where that is judged. */
function quietly(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
  }
}

type Into = {
  readonly definitions: Map<string, Definition>;
  readonly errors: TemplateError[];
  readonly parsed: Map<string, readonly Definition[]>;
};

function define(chart: Chart, name: string, into: Into): void {
  const { definitions, errors, parsed } = into;
  for (const [folder, subchart] of chart.subcharts) {
    define(subchart, `${name}/charts/${folder}`, into);
  }
  for (const { path, content } of chart.templates) {
    try {
      const key = `${name}/${path}\n${content}`;
      const own = parsed.get(key) ?? parse(`${name}/${path}`, content, isFunction);
      parsed.set(key, own);
      for (const one of own) {
        // An empty definition does not replace one that says something.
        const isBlank = one.body.every((node) => node.type === 'text' && node.text.trim() === '');
        if (!isBlank || !definitions.has(one.name)) definitions.set(one.name, one);
      }
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      errors.push(error);
    }
  }
}

/** Values of vendored charts, seen by their parent under their names. */
function withSubcharts(chart: Chart, values: Mapping): Mapping {
  const all: Record<string, unknown> = { ...values };
  for (const [folder, subchart] of chart.subcharts) {
    const own = mapping(plain(subchart.values?.content));
    const name = String(mapping(plain(subchart.metadata?.content)).name ?? folder);
    all[name] = coalesce(own, { ...mapping(values[name]), global: mapping(values.global) });
  }
  return all;
}

function plain(text: string | undefined): unknown {
  try {
    return text === undefined ? {} : readYaml(text);
  } catch (error) {
    if (error instanceof FunctionError) return {};
    throw error;
  }
}
