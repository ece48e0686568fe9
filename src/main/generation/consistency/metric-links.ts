import { containersOf, podTemplateOf } from '../validation/kubernetes/resource.ts';
import { closest } from '../validation/suggest.ts';
import { type ComparedFile, type Place, placeText, type Workload } from './claim.ts';
import { type Comparison, finding, type PlacedFinding } from './compare-claims.ts';
import type { PlacedResource } from './kubernetes-objects.ts';
import {
  dashboardFile,
  type MeasuredRule,
  type MeasuringFile,
  ruleFile,
  ruleObject,
} from './measured.ts';
import { recordLinks } from './record-links.ts';
import { ruleCopies } from './rule-copies.ts';
import { namesOf, type PromqlParser, type Series, seriesOf } from './series.ts';
import { meantText, strangers } from './strangers.ts';

/** What is measured, and what measures it. */
export type Measured = {
  readonly rules: readonly ComparedFile[];
  readonly dashboards: readonly ComparedFile[];
  readonly resources: readonly PlacedResource[];
  readonly workloads: readonly Workload[];
  readonly foreign: ReadonlySet<string>;
};

/** A series with the place that asks for it. */
export type AskedSeries = { readonly series: Series; readonly at: Place };

/** An expression of thousands of series is built to be slow. */
const maxSeries = 20_000;

/**
 * Whether rules and dashboards ask for what is there: names of workloads and containers as in the
 * manifests, recorded metrics and labels as the rules make them, metrics as the services write them.
 */
export function metricLinks(parser: PromqlParser, measured: Measured): Comparison {
  const files: readonly MeasuringFile[] = [
    ...measured.rules.map(ruleFile),
    ...measured.resources.map(ruleObject).filter((one) => one !== null),
    ...measured.dashboards.map(dashboardFile),
  ];
  const known = knownNames(measured.resources);
  const rules: readonly MeasuredRule[] = files.flatMap((one) => one.rules);
  const parts: Comparison[] = [ruleCopies(files)];
  for (const one of files) {
    const asked = askedOf(parser, one);
    parts.push(
      nameLinks(one, asked, known, measured.foreign),
      recordLinks(asked, rules),
      oldMetrics(asked, one, measured.workloads),
    );
  }
  return {
    compared: parts.reduce((sum, { compared }) => sum + compared, 0),
    findings: parts.flatMap(({ findings }) => findings),
  };
}

function askedOf(parser: PromqlParser, { queries }: MeasuringFile): readonly AskedSeries[] {
  const seen = new Map<string, readonly Series[]>();
  const found: AskedSeries[] = [];
  for (const { expression, at } of queries) {
    const held = seen.get(expression) ?? seriesOf(parser, expression);
    seen.set(expression, held);
    for (const series of held) if (found.length < maxSeries) found.push({ series, at });
  }
  return found;
}

type Known = Readonly<Record<string, ReadonlySet<string>>>;

/** Names that labels of metrics have, by label. A scrape job is called as its workload is. */
function knownNames(resources: readonly PlacedResource[]): Known {
  const of = (pattern: RegExp) =>
    resources
      .filter(({ resource }) => pattern.test(resource.kind))
      .map(({ resource }) => resource.name);
  const containers = resources.flatMap(({ resource }) => {
    const pod = podTemplateOf(resource);
    const all = pod ? containersOf(pod) : [];
    return all.filter(({ init }) => !init).map(({ container }) => String(container.name));
  });
  return {
    deployment: new Set(of(/^Deployment$/)),
    statefulset: new Set(of(/^StatefulSet$/)),
    daemonset: new Set(of(/^DaemonSet$/)),
    horizontalpodautoscaler: new Set(of(/^HorizontalPodAutoscaler$/)),
    container: new Set(containers),
    job: new Set(of(/^(?:Deployment|StatefulSet|DaemonSet|CronJob|Job)$/)),
  };
}

function nameLinks(
  { lists }: MeasuringFile,
  asked: readonly AskedSeries[],
  known: Known,
  foreign: ReadonlySet<string>,
): Comparison {
  const named = new Map<string, Map<string, Place>>();
  const add = (label: string, name: string, at: Place): void => {
    const held = named.get(label) ?? new Map<string, Place>();
    if (!held.has(name)) held.set(name, at);
    named.set(label, held);
  };
  const byVariable = new Map(lists.map((one) => [one.name, one]));
  for (const { series, at } of asked) {
    for (const matcher of series.matchers) {
      // What cAdvisor and kube-state-metrics call a job is one of Kubernetes.
      if (matcher.label === 'job' && series.metric.startsWith('kube_')) continue;
      if (!Object.hasOwn(known, matcher.label)) continue;
      for (const name of namesOf(matcher)) add(matcher.label, name, at);
      const variable = byVariable.get(/^\$\{?(\w+)\}?$/.exec(matcher.value)?.[1] ?? '');
      for (const name of variable?.values ?? []) add(matcher.label, name, variable?.at ?? at);
    }
  }
  const findings: PlacedFinding[] = [];
  const told = new Set<string>();
  let compared = 0;
  for (const [label, names] of named) {
    const things = known[label] ?? new Set();
    if (things.size === 0) continue;
    compared += names.size;
    for (const [name, meant] of strangers({ named: names.keys(), known: things, foreign })) {
      const at = names.get(name);
      if (!at || told.has(name)) continue;
      told.add(name);
      const message = `What is measured here is called "${name}" (label ${label}), and no manifest of these files makes anything of that name, so there are no such series.${meantText(meant)} Use the name in the manifest.`;
      findings.push(finding('omega/measures-nothing', 'error', at, message));
    }
  }
  return { compared, findings };
}

const oldName = /^http_(?:server|client)_duration(?:_milliseconds)?(?:_(?:bucket|count|sum))?$/;

/** Whether a service that is told to write the stable metrics of HTTP is asked for those of before. */
function oldMetrics(
  asked: readonly AskedSeries[],
  { lists }: MeasuringFile,
  workloads: readonly Workload[],
): Comparison {
  const stable = new Map<string, Place>();
  for (const { service, variables } of workloads) {
    const told = variables.find(({ name }) => name === 'OTEL_SEMCONV_STABILITY_OPT_IN');
    if (told?.value === 'http') stable.set(service, told.at);
  }
  const findings: PlacedFinding[] = [];
  let compared = 0;
  if (stable.size === 0) return { compared, findings };
  const byVariable = new Map(lists.map((one) => [one.name, one.values]));
  for (const { series, at } of asked) {
    if (!series.metric.startsWith('http_')) continue;
    const jobs = series.matchers
      .filter(({ label }) => label === 'job')
      .flatMap((one) => [
        ...namesOf(one),
        ...(byVariable.get(/^\$\{?(\w+)\}?$/.exec(one.value)?.[1] ?? '') ?? []),
      ]);
    const service = jobs.find((one) => stable.has(one));
    const told = service === undefined ? undefined : stable.get(service);
    if (!told) continue;
    compared += 1;
    const stableName = 'http_server_request_duration_seconds';
    const base = series.metric.replace(/_(?:bucket|count|sum)$/, '');
    const isNear = base !== stableName && closest(base, [stableName]) !== null;
    if (!oldName.test(series.metric) && !isNear) continue;
    const message = `"${service}" does not write ${series.metric}: OTEL_SEMCONV_STABILITY_OPT_IN in ${placeText(told)} makes it write ${stableName}. Ask for that.`;
    findings.push(finding('omega/measures-nothing', 'error', at, message));
  }
  return { compared, findings };
}
