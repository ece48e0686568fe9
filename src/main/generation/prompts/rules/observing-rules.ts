import type { PromptRules } from './prompt-rule.ts';

/** Rules of what observes and reports. */
export const observingRules: PromptRules<
  'collector' | 'telemetry' | 'prometheus' | 'grafana' | 'report'
> = {
  collector: [
    {
      text: 'Every component that a pipeline names is defined, of a type that the collector has; every pipeline has receivers and exporters; nothing is defined and unused.',
      checks: [
        'collector/undefined',
        'collector/component',
        'collector/pipeline',
        'collector/unused',
      ],
    },
    {
      text: 'memory_limiter comes first, with check_interval and a limit, and filters before batch; exporters have an endpoint; no two listen on one port.',
      checks: ['collector/order', 'collector/setting', 'collector/port'],
    },
    {
      text: `Values of the environment are written as \${env:NAME}.`,
      checks: ['collector/variable'],
    },
  ],
  telemetry: [
    {
      text: 'Change as few lines as you can; keep comments, quotes, indentation and line ends; every file still parses.',
      checks: ['source/syntax'],
    },
  ],
  prometheus: [
    {
      text: 'Every expression is PromQL: known functions with the right arguments, rate() over a range, an instant vector as its result.',
      checks: ['prometheus/promql'],
    },
    {
      text: 'A rule has record or alert, never both; groups have names of their own; durations are written like 5m.',
      checks: ['prometheus/rule', 'prometheus/group-name', 'prometheus/duration'],
    },
    {
      text: 'Templates use only functions and variables that Prometheus has; no two rules have one name and the same labels.',
      checks: ['prometheus/template', 'prometheus/duplicate-rule'],
    },
    {
      text: 'Monitors name a port of the Service; a timeout is no longer than its interval.',
      checks: ['prometheus/no-port', 'prometheus/scrape-timeout'],
    },
  ],
  grafana: [
    {
      text: 'Valid JSON of a classic dashboard; panels fit into 24 columns, do not overlap, and have ids of their own.',
      checks: [
        'grafana/json',
        'grafana/schema',
        'grafana/grid',
        'grafana/overlap',
        'grafana/panel-id',
      ],
    },
    {
      text: 'Every variable that is used is defined under templating, the data source too; every Prometheus target is PromQL.',
      checks: ['grafana/undefined-variable', 'grafana/promql'],
    },
  ],
  report: [],
};
