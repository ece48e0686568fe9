import type { SourcePattern } from '../source-signals.ts';

/** `histogram name label,label`, as {@link metricsOf} reads it. */
const metric = ({ groups }: RegExpMatchArray): string | null => {
  const name = [groups?.namespace, groups?.subsystem, groups?.name].filter(Boolean).join('_');
  if (!/http|request/i.test(name) || !/^[a-zA-Z_:][\w:]*$/.test(name)) return null;
  const labels = [...(groups?.labels ?? '').matchAll(/["'](\w+)["']/g)].map(([, label]) => label);
  return `${groups?.type?.toLowerCase()} ${name} ${labels.join(',')}`;
};

const path = (before: string): RegExp =>
  new RegExp(`${before}["'\x60](?:GET )?(?<value>/(?:[\\w-]{1,40}/){0,4}metrics/?)["'\x60]`, 'g');

/** Where JavaScript answers Prometheus, and the metrics of requests that it counts itself. */
export const javascriptMetrics: readonly SourcePattern[] = [
  {
    fact: 'metrics-path',
    hint: 'metrics',
    pattern: path(String.raw`\.(?:get|use|all|route)\(\s*`),
  },
  {
    fact: 'metrics-path',
    hint: 'metrics',
    pattern: path(String.raw`\b(?:metricsPath|endpoint|path|url)\s*:\s*`),
  },
  {
    fact: 'metric',
    hint: 'labelNames',
    pattern:
      /\bnew (?:\w{1,40}\.)?(?<type>Counter|Histogram|Summary)(?:<[^>\n]{0,80}>)?\(\s*\{(?=[^}]{0,600}?\bname\s*:\s*["'](?<name>\w{1,100})["'])(?=[^}]{0,600}?\blabelNames\s*:\s*\[(?<labels>[^\]]{0,300})\])/g,
    value: metric,
  },
];

/** The same of Python. */
export const pythonMetrics: readonly SourcePattern[] = [
  { fact: 'metrics-path', hint: 'metrics', pattern: path(String.raw`\(\s*r?`) },
  {
    fact: 'metrics-path',
    hint: 'django_prometheus.urls',
    pattern: /\binclude\(\s*["']django_prometheus\.urls["']/g,
    value: () => '/metrics',
  },
  {
    fact: 'metric',
    hint: 'prometheus',
    pattern:
      /\b(?<type>Counter|Histogram|Summary)\(\s*["'](?<name>\w{1,100})["']\s*,\s*["'][^"'\n]{0,200}["']\s*,\s*(?:labelnames\s*=\s*)?[[(](?<labels>[^\])]{0,300})[\])]/g,
    value: metric,
  },
];

/** The same of Go. */
export const goMetrics: readonly SourcePattern[] = [
  { fact: 'metrics-path', hint: 'promhttp', pattern: path(String.raw`\(\s*`) },
  {
    fact: 'metric',
    hint: 'Opts{',
    pattern:
      /\b(?<type>Counter|Histogram|Summary)Opts\{(?:\s*Namespace:\s*"(?<namespace>\w{1,60})",)?(?:\s*Subsystem:\s*"(?<subsystem>\w{1,60})",)?\s*Name:\s*"(?<name>\w{1,100})"[^}]{0,400}\}\s*,\s*\[\]string\{(?<labels>[^}]{0,300})\}/g,
    value: metric,
  },
];

/** The same of C# and F#. */
export const dotnetMetrics: readonly SourcePattern[] = [
  {
    fact: 'metrics-path',
    hint: 'Map',
    pattern: /\bMap(?:Metrics|PrometheusScrapingEndpoint)\(\s*(?:"(?<path>\/[\w/-]{1,100})")?/g,
    value: ({ groups }) => groups?.path ?? '/metrics',
  },
];

/** The same of Rust and Ruby, which name the path only. */
export const plainMetrics: readonly SourcePattern[] = [
  { fact: 'metrics-path', hint: '/metrics"', pattern: path(String.raw`\(\s*`) },
];
