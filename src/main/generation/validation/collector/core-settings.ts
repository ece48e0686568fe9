import { type Mapping, mapping } from '../plain.ts';
import { quote } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import { sections, typeOf } from './components.ts';
import { configUrl, type Say } from './judge-config.ts';

type Kind = 'duration' | 'count' | 'list' | 'verbosity' | 'switch' | 'any';

/** Fields of components that every distribution has, as their `config.go` names them (collector 0.159). */
const fields: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  'receivers otlp': { protocols: 'any' },
  'processors batch': {
    timeout: 'duration',
    send_batch_size: 'count',
    send_batch_max_size: 'count',
    metadata_keys: 'list',
    metadata_cardinality_limit: 'count',
  },
  'processors memorylimiter': {
    check_interval: 'duration',
    min_gc_interval_when_soft_limited: 'duration',
    min_gc_interval_when_hard_limited: 'duration',
    max_gc_interval_when_soft_limited: 'duration',
    max_gc_interval_when_hard_limited: 'duration',
    limit_mib: 'count',
    spike_limit_mib: 'count',
    limit_percentage: 'count',
    spike_limit_percentage: 'count',
  },
  'exporters debug': {
    verbosity: 'verbosity',
    sampling_initial: 'count',
    sampling_thereafter: 'count',
    use_internal_logger: 'switch',
    output_paths: 'list',
    sending_queue: 'any',
  },
};

const kinds: Readonly<Record<Kind, readonly [fits: (value: unknown) => boolean, wanted: string]>> =
  {
    duration: [isDuration, 'a duration, such as 5s or 200ms'],
    count: [(value) => /^\d+$/.test(String(value)), 'a whole number'],
    list: [Array.isArray, 'a list'],
    verbosity: [
      (value) => /^(?:basic|normal|detailed)$/i.test(String(value)),
      'basic, normal or detailed',
    ],
    switch: [(value) => /^(?:true|false)$/i.test(String(value)), 'true or false'],
    any: [() => true, ''],
  };

/** As Go's `time.ParseDuration` reads it; a plain number counts nanoseconds. */
function isDuration(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value);
  return /^(?:0|\+?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.test(String(value));
}

/** Fields and values of the core's components, which the collector reads strictly. */
export function judgeCoreSettings(config: Mapping, say: Say): void {
  for (const section of sections) {
    for (const [id, value] of Object.entries(mapping(config[section]))) {
      const key = `${section} ${typeOf(id)}`;
      const known = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (known === undefined || typeof value === 'string') continue;
      judgeFields(mapping(value), known, [section, id], say);
      if (key === 'receivers otlp') judgeProtocols(mapping(value), [section, id], say);
    }
  }
}

function judgeFields(
  held: Mapping,
  known: Readonly<Record<string, Kind>>,
  path: YamlPath,
  say: Say,
): void {
  for (const [key, value] of Object.entries(held)) {
    const at = [...path, key];
    const kind = Object.hasOwn(known, key) ? known[key] : undefined;
    if (kind === undefined) {
      const hint = didYouMean(key, Object.keys(known)) || ' Remove it.';
      say(
        'unknown-field',
        'error',
        at,
        `${path.at(-1)} has no field ${quote(key)}.${hint}`,
        configUrl,
      );
      continue;
    }
    // What the environment gives is not known.
    if (value === null || (typeof value === 'string' && value.includes('$'))) continue;
    const [fits, wanted] = kinds[kind];
    if (!fits(value)) say('setting', 'error', at, `${key} must be ${wanted}.`, configUrl);
  }
}

function judgeProtocols({ protocols }: Mapping, path: YamlPath, say: Say): void {
  const at = [...path, 'protocols'];
  if (typeof protocols === 'string' && protocols.includes('$')) return;
  if (Array.isArray(protocols) || typeof protocols === 'string') {
    say('setting', 'error', at, 'protocols must be a mapping of grpc and http.', configUrl);
    return;
  }
  const names = Object.keys(mapping(protocols));
  for (const name of names) {
    if (name === 'grpc' || name === 'http') continue;
    const hint = didYouMean(name, ['grpc', 'http']) || ' Remove it.';
    say(
      'unknown-field',
      'error',
      [...at, name],
      `OTLP has no protocol ${quote(name)}.${hint}`,
      configUrl,
    );
  }
  if (names.length === 0) {
    const message =
      'An OTLP receiver needs grpc or http under protocols, so the collector does not start. Add one.';
    say('setting', 'error', path, message, configUrl);
  }
}
