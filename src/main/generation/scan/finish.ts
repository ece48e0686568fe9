import { portVariable, type Service } from '#shared/scan.ts';
import { noteArguments } from './arguments.ts';
import { chooseBacking } from './backing.ts';
import { type Draft, portRanks } from './draft.ts';
import { metricsOf } from './metrics.ts';
import type { Signal } from './source-signals.ts';
import { isForeign, variablesOf } from './variables.ts';

/** Ports of databases, brokers and mail: a source that names one most likely connects to it. */
const clientPorts = new Set([
  25, 53, 389, 465, 587, 636, 1025, 1080, 1433, 1521, 2181, 3306, 4222, 4317, 4318, 5432, 5671,
  5672, 6379, 6831, 7687, 8125, 9042, 9092, 9200, 9411, 11211, 27017, 33060,
]);

/** Turns a draft into a service: facts that the sources give away, ports by rank, backing services by client. */
export function finish(
  draft: Draft,
  name: string,
  own: readonly Signal[],
  files: readonly string[],
): Service {
  readSignals(draft, own);
  readImagePort(draft, own);
  assumePort(draft, own);
  noteLoopback(draft, own);
  noteArguments(draft, own);
  const { ports, backing } = { ports: choosePorts(draft), backing: chooseBacking(draft, own) };
  const metrics = metricsOf(draft, own);
  followPort(draft, ports);
  noteUnknowns(draft, ports);
  return {
    name,
    path: draft.path,
    context: draft.context,
    language: draft.language,
    runtimeVersion: draft.get('runtimeVersion'),
    framework: draft.get('framework'),
    packageManager: draft.get('packageManager'),
    kind: draft.kind,
    install: draft.get('install'),
    build: draft.get('build'),
    start: draft.get('start'),
    ports,
    backingServices: backing,
    env: variablesOf(draft, own, backing),
    evidence: draft.evidence,
    lockfile: draft.get('lockfile'),
    output: draft.get('output'),
    healthPath: draft.get('healthPath'),
    systemPackages: [...draft.systemPackages].sort(),
    ...(files.length > 0 ? { runtimeFiles: [...files] } : {}),
    ...(draft.assets.length > 0 ? { assets: [...draft.assets] } : {}),
    ...(draft.data.size > 0 ? { dataFolders: [...draft.data].sort() } : {}),
    ...(draft.release === null ? {} : { release: draft.release }),
    ...(draft.image === null ? {} : { image: draft.image }),
    ...(draft.test === null ? {} : { test: draft.test }),
    ...(metrics === null ? {} : { metrics }),
    unknowns: draft.unknowns,
  };
}

function readSignals(draft: Draft, own: readonly Signal[]): void {
  if (draft.kind !== 'web') return;
  for (const { fact, value, file, line } of own) {
    if (isForeign(draft.language, file)) continue;
    const rank = fact === 'port' ? 'code' : fact === 'default-port' ? 'config' : null;
    if (rank && /^\d+$/.test(value) && !clientPorts.has(Number(value))) {
      draft.port(Number(value), rank, { file, line });
    }
    if (fact === 'health' && draft.get('healthPath') === null) {
      draft.set('healthPath', value, { file, line });
    }
  }
}

/** Where the source reads the variable by which the author's image tells it the port, that is no default any more. */
function readImagePort(draft: Draft, own: readonly Signal[]): void {
  const { imagePort } = draft;
  if (draft.kind !== 'web' || imagePort === null) return;
  const isRead = own.some(({ fact, value }) => fact === 'env' && value === imagePort.variable);
  if (isRead) draft.port(imagePort.port, 'image', imagePort.at);
}

/** A source that takes any port from PORT, without a default, listens where it is told to. */
function assumePort(draft: Draft, own: readonly Signal[]): void {
  const told = own.find(({ fact, value }) => fact === 'env' && value === 'PORT');
  if (draft.kind !== 'web' || draft.ports.length > 0 || !told) return;
  draft.port(8080, 'framework', { file: told.file, line: told.line });
  draft.unknown('ports', 'The source takes its port from PORT without a default: set PORT=8080.');
}

/** A source that listens on localhost works where it is run by hand, and in no container. */
function noteLoopback(draft: Draft, own: readonly Signal[]): void {
  const only = own.find(({ fact, value }) => fact === 'entry' && value === 'loopback');
  if (draft.kind !== 'web' || !only) return;
  draft.unknown(
    'address',
    `${only.file}:${only.line} listens on localhost, which nothing outside a container reaches: let it listen on 0.0.0.0, or take the address from a variable.`,
  );
}

function choosePorts(draft: Draft): number[] {
  if (draft.kind !== 'web' && draft.kind !== 'static') return [];
  const isDatabasePort = ({ port, rank }: Draft['ports'][number]): boolean =>
    rank === 'existing' && clientPorts.has(port);
  const rank = portRanks.find((candidate) =>
    draft.ports.some((port) => port.rank === candidate && !isDatabasePort(port)),
  );
  const chosen = new Map(
    draft.ports
      .filter((port) => port.rank === rank && !isDatabasePort(port))
      .map(({ port, at }) => [port, at] as const),
  );
  for (const [port, { file, line }] of chosen) {
    draft.evidence.push({ fact: 'ports', value: String(port), file, line });
  }
  const { imagePort } = draft;
  if (imagePort !== null && chosen.has(imagePort.port)) {
    draft.evidence.push({ fact: portVariable, value: imagePort.variable, ...imagePort.at });
  }
  return [...chosen.keys()];
}

/** A command that names its framework's own port is told the one that the project's files say instead. */
function followPort(draft: Draft, [chosen]: readonly number[]): void {
  const start = draft.get('start');
  const at = draft.evidence.find(({ fact }) => fact === 'start');
  if (draft.kind !== 'web' || chosen === undefined || start === null || !at) return;
  for (const { port, rank } of draft.ports) {
    if (rank !== 'framework' || port === chosen) continue;
    const told: string = start.replace(
      new RegExp(`((?:\\s-p |\\s--port[= ]|:)["']?)${port}(?!\\d)`, 'g'),
      `$1${chosen}`,
    );
    if (told !== start) draft.set('start', told, at);
  }
}

function noteUnknowns(draft: Draft, ports: readonly number[]): void {
  const deployable = draft.kind !== 'library' && draft.kind !== 'cli';
  if (!deployable) return;
  if (draft.kind === 'web' && ports.length === 0) {
    draft.unknown('ports', 'No listening port was found in code, configuration or existing files.');
  }
  if (draft.get('start') === null && draft.kind !== 'static') {
    draft.unknown('start', 'No start command was found; add one to the manifest or a Procfile.');
  }
  if (draft.get('runtimeVersion') === null && draft.language !== 'html') {
    draft.unknown(
      'runtimeVersion',
      'The project pins no version; the current long-term release is used.',
    );
  }
}
