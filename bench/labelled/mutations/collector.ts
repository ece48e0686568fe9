import { append, type Mutation, rewrite } from '../labelled.ts';

/** Lines below a section of the file's own top level; null where it has none. */
function under(name: string, section: string, lines: string): Mutation {
  return {
    name,
    breaks: (content) => {
      const found = new RegExp(
        `^${section}:[ \\t]*\\n(?:[ \\t]*(?:#[^\\n]*)?\\n)*([ ]+)\\S`,
        'm',
      ).exec(content);
      if (found === null) return null;
      const text = lines.replace(/^/gm, found[1] ?? '  ');
      return content.replace(new RegExp(`^${section}:[ \\t]*\\n`, 'm'), `${section}:\n${text}\n`);
    },
  };
}
const pipelines = /^( +)pipelines:[ \t]*\n(?:[ \t]*(?:#[^\n]*)?\n)*([ ]+)\S/m;
/** A pipeline before the others. */
function pipeline(name: string, lines: string): Mutation {
  return {
    name,
    breaks: (content) => {
      const indent = pipelines.exec(content)?.[2];
      if (indent === undefined) return null;
      return content.replace(/^( +pipelines:[ \t]*\n)/m, `$1${lines.replace(/^/gm, indent)}\n`);
    },
  };
}

/** Faults that `otelcol validate` refuses. */
export const mutations: readonly Mutation[] = [
  rewrite('receivers misspelled', /^receivers:/m, 'receiver:'),
  rewrite('exporters misspelled', /^exporters:/m, 'exporter:'),
  rewrite('service misspelled', /^service:/m, 'services:'),
  rewrite('pipelines misspelled', /^( +)pipelines:/m, '$1pipeline:'),
  rewrite('a receiver that is not defined', /^( +receivers:\s*\[)[^\]\n]*\]/m, '$1omega]'),
  rewrite('an exporter that is not defined', /^( +exporters:\s*\[)[^\]\n]*\]/m, '$1omega/nobody]'),
  rewrite('a processor that is not defined', /^( +processors:\s*\[)[^\]\n]*\]/m, '$1omega]'),
  rewrite('a pipeline without receivers', /^ +receivers:\s*\[[^\]\n]*\][^\n]*\n/m, ''),
  rewrite('a pipeline without exporters', /^ +exporters:\s*\[[^\]\n]*\][^\n]*\n/m, ''),
  rewrite(
    'a pipeline whose receivers are a text',
    /^( +receivers:)\s*\[([\w/]+)[^\]\n]*\]/m,
    '$1 $2',
  ),
  rewrite('a pipeline of no signal', /^( +)traces:[ \t]*$/m, '$1spans:'),
  rewrite(
    'the OTLP protocols as a list',
    /^( +)protocols:[ \t]*\n(?:\1 +[^\n]*\n)+/m,
    '$1protocols: [grpc, http]\n',
  ),
  rewrite(
    'an OTLP receiver without protocols',
    /^( +)otlp:[ \t]*\n\1( +)protocols:[ \t]*\n(?:\1\2 +[^\n]*\n)+/m,
    '$1otlp:\n',
  ),
  rewrite('a protocol that OTLP does not have', /^( +)grpc:/m, '$1grcp:'),
  rewrite('a variable that is not closed', /^( +endpoint:) [^\n]*$/m, '$1 $${env:OMEGA'),
  rewrite(
    'a variable with a dash in its name',
    /^( +endpoint:) [^\n]*$/m,
    '$1 $${env:OMEGA-HOST}:4317',
  ),
  rewrite('an indentation by a tab', /^receivers:[ \t]*\n +/m, 'receivers:\n\t'),
  append('a second service', 'service:\n  pipelines: {}'),
  append('a section that there is not', 'pipelines: {}'),
  append('a bracket that is not closed', 'connectors: {forward: [a'),
  under('a receiver of no type', 'receivers', 'omega: {}'),
  under('an exporter of no type', 'exporters', 'otpl:\n  endpoint: a:4317'),
  under('an exporter that is gone', 'exporters', 'jaeger:\n  endpoint: a:14250'),
  under('a processor of no type', 'processors', 'batches: {}'),
  under(
    'a batch whose limit is below its size',
    'processors',
    'batch/omega: {send_batch_size: 500, send_batch_max_size: 100}',
  ),
  under(
    'a batch that waits for a number of words',
    'processors',
    'batch/omega: {timeout: 5 seconds}',
  ),
  under(
    'a batch with a field that it does not have',
    'processors',
    'batch/omega: {batch_size: 500}',
  ),
  under(
    'a memory limiter without a limit',
    'processors',
    'memory_limiter/omega: {check_interval: 1s}',
  ),
  under(
    'a memory limiter that never looks',
    'processors',
    'memory_limiter/omega: {limit_mib: 400}',
  ),
  under('an OTLP exporter without an endpoint', 'exporters', 'otlp/omega: {tls: {insecure: true}}'),
  under('settings that are a list', 'exporters', 'otlp/omega: [a:4317]'),
  under('a name of a component with a space', 'exporters', '"otlp omega": {endpoint: a:4317}'),
  under('a debug exporter of no verbosity', 'exporters', 'debug/omega: {verbosity: verbose}'),
  under('an extension that is not defined', 'service', 'extensions: [omega]'),
  under('a field that service does not have', 'service', 'pipeline: {}'),
  pipeline('a pipeline that is empty', 'traces/omega: {}'),
  pipeline(
    'a pipeline with a field that it does not have',
    'traces/omega: {receivers: [], exporters: [], filters: []}',
  ),
];
