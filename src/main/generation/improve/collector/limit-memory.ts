import { typeOf } from '../../validation/collector/components.ts';
import { list, type Mapping, mapping } from '../../validation/plain.ts';
import type { YamlPath } from '../../validation/yaml/line-of-path.ts';
import type { YamlChange } from '../yaml/changes.ts';
import type { CollectorProposal } from './improve-collector.ts';

/** Exporters that send each batch that they get as a request of its own. */
const sends = new Set(['otlp', 'otlphttp', 'otlpgrpc']);

/**
 * `memory_limiter` first and `batch` last in the pipelines that lack them, as the collector's README
 * of processors recommends: https://github.com/open-telemetry/opentelemetry-collector/blob/main/processor/README.md
 */
export function limitMemory(config: Mapping): readonly CollectorProposal[] {
  // Not every processor takes profiles; these two take the rest.
  const pipelines = Object.entries(mapping(mapping(config.service).pipelines)).filter(([name]) =>
    /^(?:traces|metrics|logs)(?:\/|$)/.test(name),
  );
  const own = Object.keys(mapping(config.processors));
  const limiters = own.filter((id) => typeOf(id) === 'memorylimiter');
  const batches = own.filter((id) => typeOf(id) === 'batch');
  // With several to choose from, the author had a reason that is not seen here.
  if (limiters.length > 1 || batches.length > 1) return [];
  const [limiter = 'memory_limiter'] = limiters;
  const [batch = 'batch'] = batches;
  const proposed = pipelines.flatMap(([name, value]): readonly CollectorProposal[] => {
    const pipeline = mapping(value);
    const processors = list(pipeline.processors).map(String);
    const types = processors.map(typeOf);
    const wantsLimiter = !types.includes('memorylimiter') && isFed(config, pipeline);
    const wantsBatch = !types.includes('batch') && isUnbatched(config, pipeline);
    const path = ['service', 'pipelines', name, 'processors'];
    const changes = intoList(
      path,
      processors,
      wantsLimiter ? limiter : null,
      wantsBatch ? batch : null,
    );
    if (changes.length === 0) return [];
    const what = [
      ...(wantsLimiter ? [`${limiter} first, which refuses what there is no memory for`] : []),
      ...(wantsBatch ? [`${batch} last, which sends less often`] : []),
    ];
    return [{ path, text: `The pipeline ${name} has ${what.join(', and ')}.`, changes }];
  });
  const uses = (id: string): boolean =>
    proposed.some(({ changes }) => JSON.stringify(changes).includes(JSON.stringify(id)));
  const [first, ...rest] = proposed;
  if (!first) return [];
  const defined = [
    ...(limiters.length === 0 && uses(limiter) ? [define(config, own, limiter, limits)] : []),
    ...(batches.length === 0 && uses(batch) ? [define(config, [], batch, {})] : []),
  ];
  return [{ ...first, changes: [...defined, ...first.changes] }, ...rest];
}

const limits = { check_interval: '1s', limit_percentage: 80, spike_limit_percentage: 20 };

function define(
  config: Mapping,
  own: readonly string[],
  id: string,
  value: Readonly<Record<string, string | number>>,
): YamlChange {
  const isThere = config.processors !== undefined && config.processors !== null;
  const before = isThere ? own[0] : 'exporters';
  const place = { type: 'set', document: 0, path: ['processors', id], value } as const;
  return before === undefined ? place : { ...place, before };
}

function intoList(
  path: YamlPath,
  there: readonly string[],
  first: string | null,
  last: string | null,
): readonly YamlChange[] {
  const [document, wanted] = [0, [first, last].filter((one) => one !== null)];
  if (wanted.length === 0) return [];
  if (there.length === 0)
    return [{ type: 'set', document, path, value: wanted, before: 'exporters' }];
  return [
    ...(first === null ? [] : [{ type: 'prepend', document, path, value: first } as const]),
    ...(last === null ? [] : [{ type: 'append', document, path, value: last } as const]),
  ];
}

/** Whether data comes from outside: what a connector hands on was let in by the pipeline before it. */
function isFed(config: Mapping, pipeline: Mapping): boolean {
  return list(pipeline.receivers).some((id) =>
    Object.hasOwn(mapping(config.receivers), String(id)),
  );
}

/** Whether it is sent by OTLP, and no exporter collects it before. */
function isUnbatched(config: Mapping, pipeline: Mapping): boolean {
  const exporters = list(pipeline.exporters).map(String);
  const collects = exporters.some((id) => {
    const settings = mapping(mapping(config.exporters)[id]);
    return settings.batcher !== undefined || mapping(settings.sending_queue).batch !== undefined;
  });
  return !collects && exporters.some((id) => sends.has(typeOf(id)));
}
