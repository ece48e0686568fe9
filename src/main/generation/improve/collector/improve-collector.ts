import { typeOf } from '../../validation/collector/components.ts';
import { list, type Mapping, mapping } from '../../validation/plain.ts';
import { lineOfPath, type YamlPath } from '../../validation/yaml/line-of-path.ts';
import { asItIs, type Improvement, type ImprovementNote } from '../improvement.ts';
import { changeYaml, type YamlChange } from '../yaml/changes.ts';
import { readYamlFile, type YamlFile } from '../yaml/yaml-file.ts';
import { limitMemory } from './limit-memory.ts';
import { renameLogging } from './rename-exporter.ts';

/** A change of a collector's configuration, and what is said of it; no changes where it is left. */
export type CollectorProposal = {
  readonly path: YamlPath;
  readonly text: string;
  readonly changes: readonly YamlChange[];
};

/**
 * An author's configuration of an OpenTelemetry Collector with small changes. One that names what it
 * does not define is a part of a configuration, to be merged with others, and stays as it is.
 */
export function improveCollector(content: string): Improvement {
  const first = readYamlFile(content);
  if (first?.documents.length !== 1) return asItIs(content);
  if (!isWhole(mapping(first.documents[0]?.value))) return asItIs(content);
  const renamed = renameLogging(first);
  const file = renamed === null ? first : (readYamlFile(renamed) ?? first);
  const config = mapping(file.documents[0]?.value);
  const wanted = limitMemory(config);
  const changes = wanted.flatMap((one) => one.changes);
  const { text, made } = changeYaml(file, changes);
  // A processor that is defined and in no pipeline would help nobody.
  const isDone = made.length === changes.length;
  const after = (isDone ? readYamlFile(text) : null) ?? file;
  const note = ({ path, text: said }: CollectorProposal): ImprovementNote => ({
    line: lineAt(after, path),
    text: said,
  });
  const rename = renamed === null ? [] : [{ path: ['exporters'], text: renameNote, changes: [] }];
  const undone = wanted.map((one) => ({
    ...one,
    text: `${one.text} That is not so yet: the file leaves no room to write it.`,
  }));
  return {
    content: after.text,
    done: [...rename, ...(isDone ? wanted : [])].map(note),
    left: [...rename, ...(isDone ? [] : undone), ...notes(config)].map(note),
  };
}

const renameNote =
  'The exporter logging is called debug here: collectors have debug from 0.86 on, and no logging from 0.111 on. Run one of those.';

/** Whether all that the pipelines name is defined here. */
function isWhole(config: Mapping): boolean {
  const pipelines = Object.values(mapping(mapping(config.service).pipelines)).map(mapping);
  const has = (section: string, id: unknown): boolean =>
    Object.hasOwn(mapping(config[section]), String(id)) ||
    (section !== 'processors' && Object.hasOwn(mapping(config.connectors), String(id)));
  return (
    pipelines.length > 0 &&
    pipelines.every(
      (one) =>
        list(one.receivers).length > 0 &&
        list(one.exporters).length > 0 &&
        ['receivers', 'processors', 'exporters'].every((section) =>
          list(one[section]).every((id) => has(section, id)),
        ),
    )
  );
}

/** Whether a configuration is one that services can send their telemetry to. */
export function takesOtlp(content: string): boolean {
  const config = mapping(readYamlFile(content)?.documents[0]?.value);
  return (
    isWhole(config) && Object.keys(mapping(config.receivers)).some((id) => typeOf(id) === 'otlp')
  );
}

/** What a person has to decide on. */
function notes(config: Mapping): readonly CollectorProposal[] {
  const [where] = openEndpoints(config.receivers, ['receivers'], 0);
  const address = mapping(mapping(mapping(config.service).telemetry).metrics).address;
  return [
    ...(where
      ? [
          {
            path: where,
            text: 'Receivers listen on every interface (0.0.0.0), as they must within a container. Outside of one say localhost, or the address that senders use.',
            changes: [],
          },
        ]
      : []),
    ...(address === undefined
      ? []
      : [
          {
            path: ['service', 'telemetry', 'metrics', 'address'],
            text: 'service.telemetry.metrics.address is deprecated: say a pull reader under metrics.readers. It is left, since older collectors read this alone.',
            changes: [],
          },
        ]),
  ];
}

function openEndpoints(value: unknown, path: YamlPath, depth: number): readonly YamlPath[] {
  if (depth > 6 || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, held]) =>
    key === 'endpoint' && typeof held === 'string' && held.startsWith('0.0.0.0:')
      ? [[...path, key]]
      : openEndpoints(held, [...path, Array.isArray(value) ? Number(key) : key], depth + 1),
  );
}

function lineAt(file: YamlFile, path: YamlPath): number {
  const node = file.documents[0]?.node;
  const offset = node ? lineOfPath(node, path) : 0;
  return file.text.slice(0, offset).split('\n').length;
}
