import { list, type Mapping, mapping } from '../plain.ts';
import { quote } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import { type Section, sections, typeOf } from './components.ts';
import { configUrl, type Say } from './judge-config.ts';

const processorsUrl =
  'https://github.com/open-telemetry/opentelemetry-collector/blob/main/processor/README.md#recommended-processors';

/** Processors that must see data before it is put into batches, since they drop it or need its sender. */
const beforeBatch = new Set([
  'memorylimiter',
  'filter',
  'tailsampling',
  'probabilisticsampler',
  'k8sattributes',
]);

/** Judges the pipelines of a configuration, and whether what is defined is used. */
export function judgePipelines(config: Mapping, say: Say): void {
  const service = mapping(config.service);
  const used = new Map<Section, Set<string>>(sections.map((section) => [section, new Set()]));
  const ends = { receivers: new Set<string>(), exporters: new Set<string>() };
  const refer = (id: unknown, section: Section, path: YamlPath): void => {
    const name = String(id);
    const isEnd = section === 'receivers' || section === 'exporters';
    const connector = isEnd && Object.hasOwn(mapping(config.connectors), name);
    if (connector && isEnd) ends[section].add(name);
    used.get(connector ? 'connectors' : section)?.add(name);
    if (connector || Object.hasOwn(mapping(config[section]), name)) return;
    const hint = didYouMean(name, Object.keys(mapping(config[section])));
    say(
      'undefined',
      'error',
      path,
      `${section} have no ${quote(name)}.${hint || ' Define it, or remove it here.'}`,
      configUrl,
    );
  };
  list(service.extensions).forEach((id, index) => {
    refer(id, 'extensions', ['service', 'extensions', index]);
  });
  const pipelines = Object.entries(mapping(service.pipelines));
  if (pipelines.length === 0) {
    say(
      'no-pipeline',
      'error',
      ['service', 'pipelines'],
      'The service has no pipeline, so the collector does not start. Add one for traces, metrics or logs.',
      configUrl,
    );
  }
  for (const [name, value] of pipelines) {
    const path = ['service', 'pipelines', name];
    if (!/^(?:traces|metrics|logs|profiles)(?:\/\S+)?$/.test(name)) {
      const hint = didYouMean(name, ['traces', 'metrics', 'logs', 'profiles']);
      say(
        'pipeline',
        'error',
        path,
        `${quote(name)} is no pipeline: it is for traces, metrics, logs or profiles.${hint}`,
        configUrl,
      );
    }
    judgePipeline(mapping(value), path, say, refer);
  }
  for (const section of sections) {
    for (const id of Object.keys(mapping(config[section]))) {
      if (used.get(section)?.has(id)) continue;
      say(
        'unused',
        'warning',
        [section, id],
        `Nothing uses ${quote(id)}, so the collector does not start it. Use it in the service, or remove it.`,
        configUrl,
      );
    }
  }
  for (const id of used.get('connectors') ?? []) {
    if (ends.receivers.has(id) && ends.exporters.has(id)) continue;
    say(
      'connector',
      'error',
      ['connectors', id],
      `A connector ends one pipeline and begins another; ${quote(id)} does one of both. Name it under exporters of one and receivers of the other.`,
      configUrl,
    );
  }
}

function judgePipeline(
  pipeline: Mapping,
  path: YamlPath,
  say: Say,
  refer: (id: unknown, section: Section, path: YamlPath) => void,
): void {
  for (const key of Object.keys(pipeline)) {
    if (['receivers', 'processors', 'exporters'].includes(key)) continue;
    say(
      'unknown-field',
      'error',
      [...path, key],
      `A pipeline has no field ${quote(key)}.${didYouMean(key, ['receivers', 'processors', 'exporters']) || ' Remove it.'}`,
      configUrl,
    );
  }
  for (const section of ['receivers', 'processors', 'exporters'] as const) {
    const ids = pipeline[section];
    // The environment may give the list as a whole.
    if (typeof ids === 'string' && ids.startsWith('${')) continue;
    if (ids !== undefined && ids !== null && !Array.isArray(ids)) {
      say(
        'pipeline',
        'error',
        [...path, section],
        `${section} must be a list, such as [${String(ids)}].`,
        configUrl,
      );
      continue;
    }
    if (section !== 'processors' && list(ids).length === 0) {
      say(
        'pipeline',
        'error',
        path,
        `This pipeline has no ${section}. Name at least one.`,
        configUrl,
      );
    }
    list(ids).forEach((id, index) => {
      refer(id, section, [...path, section, index]);
      if (list(ids).indexOf(id) < index) {
        say(
          'twice',
          'error',
          [...path, section, index],
          `The pipeline names ${quote(String(id))} twice. Remove one.`,
          configUrl,
        );
      }
    });
  }
  judgeOrder(list(pipeline.processors).map(String), [...path, 'processors'], say);
}

function judgeOrder(processors: readonly string[], path: YamlPath, say: Say): void {
  const types = processors.map(typeOf);
  const limiter = types.indexOf('memorylimiter');
  if (limiter > 0) {
    say(
      'order',
      'warning',
      [...path, limiter],
      'memory_limiter must come first, so that it can refuse data before memory is spent on it.',
      processorsUrl,
    );
  }
  const batch = types.indexOf('batch');
  const late =
    batch < 0 ? -1 : types.findIndex((type, index) => index > batch && beforeBatch.has(type));
  if (late >= 0) {
    say(
      'order',
      'warning',
      [...path, late],
      `${processors[late]} must come before batch: it drops data, or needs to know who sent it.`,
      processorsUrl,
    );
  }
}
