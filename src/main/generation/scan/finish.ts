import type { BackingService, EnvVar, Service } from '#shared/scan.ts';
import { backingOf } from './backing-catalogue.ts';
import { type Draft, portRanks } from './draft.ts';
import type { ProjectTree } from './project-tree.ts';
import type { Signal } from './source-signals.ts';

/** Variables that the platform sets, not the one who deploys. */
const platformVariables = new Set([
  'PATH',
  'HOME',
  'USER',
  'PWD',
  'SHELL',
  'TERM',
  'LANG',
  'TMPDIR',
  'TMP',
  'TEMP',
  'HOSTNAME',
  'CI',
  'LOGNAME',
  'EDITOR',
  'NO_COLOR',
  'FORCE_COLOR',
  'XDG_CONFIG_HOME',
  'XDG_DATA_HOME',
  'XDG_CACHE_HOME',
]);

/** Turns a draft into a service: facts that the sources give away, ports by rank, backing services by client. */
export function finish(
  draft: Draft,
  name: string,
  tree: ProjectTree,
  nested: readonly string[],
): Service {
  const own = tree
    .signals(draft.path)
    .filter((signal) => !nested.some((folder) => signal.file.startsWith(`${folder}/`)));
  readSignals(draft, own);
  const { ports, backing } = { ports: choosePorts(draft), backing: chooseBacking(draft) };
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
    env: variables(own),
    evidence: draft.evidence,
    lockfile: draft.get('lockfile'),
    output: draft.get('output'),
    healthPath: draft.get('healthPath'),
    systemPackages: [...draft.systemPackages].sort(),
    unknowns: draft.unknowns,
  };
}

function readSignals(draft: Draft, own: readonly Signal[]): void {
  if (draft.kind !== 'web') return;
  for (const { fact, value, file, line } of own) {
    if (fact === 'port' && /^\d+$/.test(value)) draft.port(Number(value), 'code', { file, line });
    if (fact === 'health' && draft.get('healthPath') === null) {
      draft.set('healthPath', value, { file, line });
    }
  }
}

function choosePorts(draft: Draft): number[] {
  if (draft.kind !== 'web' && draft.kind !== 'static') return [];
  const rank = portRanks.find((candidate) => draft.ports.some((port) => port.rank === candidate));
  const chosen = new Map(
    draft.ports.filter((port) => port.rank === rank).map(({ port, at }) => [port, at] as const),
  );
  for (const [port, at] of chosen)
    draft.evidence.push({ fact: 'port', value: String(port), ...at });
  return [...chosen.keys()];
}

function chooseBacking(draft: Draft): BackingService[] {
  const found = new Map<BackingService, Draft['dependencies'][number]>();
  for (const dependency of draft.dependencies) {
    const service = backingOf(dependency.name);
    if (service && !found.has(service)) found.set(service, dependency);
  }
  for (const [service, { file, line }] of found) {
    draft.evidence.push({ fact: 'backingService', value: service, file, line });
  }
  return [...found.keys()];
}

function variables(own: readonly Signal[]): EnvVar[] {
  const found = new Map<string, EnvVar>();
  for (const { fact, value, required, file, line } of own) {
    if (fact !== 'env' || platformVariables.has(value)) continue;
    const known = found.get(value);
    // One place with a default is not enough: another that has none still needs the variable.
    if (!known) found.set(value, { name: value, required, file, line });
    else if (required && !known.required) found.set(value, { name: value, required, file, line });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
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
