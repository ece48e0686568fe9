import type { ArtifactKind } from '#shared/artifact.ts';
import type { Service } from '#shared/scan.ts';
import { deployedEnv } from '../blueprints/env-class.ts';
import { leadsTo } from '../scan/variables.ts';
import { type Drift, type DriftPlace, driftKey } from './drift.ts';
import { type FileSays, filesSay } from './file-says.ts';
import { type KnownFile, SaidIndex } from './said-index.ts';

/**
 * What the sources of services say and the project's infrastructure files do not: see {@link Drift}.
 * It reads the files by the parsers of their validators, whoever wrote them, and tells only what is
 * sure: a file that names another port may mean the same one, so that only one more is told. Holds
 * the thread for about 5 ms a file; the time is linear in services and files.
 */
export async function findDrift(
  services: readonly Service[],
  files: readonly KnownFile[],
): Promise<readonly Drift[]> {
  const runnable = services.filter(({ kind }) => kind === 'web' || kind === 'worker');
  const said = await filesSay(files.map(({ path, content }) => ({ path, content, service: null })));
  const index = new SaidIndex(files, said);
  const drifts: Drift[] = [];
  const [only] = runnable.length === 1 ? runnable : [];
  const owned = runnable.map((service) => ({
    service,
    // The one Dockerfile of a project with one service is its, wherever it lies.
    own: only ? [...new Set([...index.of(only), ...said.filter(isImage)])] : index.of(service),
  }));
  for (const { service, own } of owned) {
    for (const says of own) drifts.push(...lackedBy(service, says, own, index));
  }
  drifts.push(...missing(owned, index));
  return once(drifts);
}

const isImage = ({ names }: FileSays): boolean => names.length === 0;

type Owned = { readonly service: Service; readonly own: readonly FileSays[] };

/** What one file that speaks of a service does not say of it. */
function lackedBy(
  service: Service,
  says: FileSays,
  own: readonly FileSays[],
  index: SaidIndex,
): readonly Drift[] {
  const kind = index.kindOf(says);
  if (kind === null) return [];
  const gains = [...gainedPorts(service, says)];
  // An image is told its surroundings where it runs.
  if (kind !== 'dockerfile') {
    const built = own.filter(isImage).flatMap(({ variables }) => variables);
    gains.push(
      ...gainedBackings(service, says, kind, index),
      ...gainedVariables(service, says, new Set(built.map(({ name }) => name))),
    );
  }
  return gains.map((gain) => ({ ...gain, service: service.name, kind, lackedBy: says.at }));
}

type Gain = Pick<Drift, 'about' | 'value' | 'evidence'>;

/** Ports of the source beside one that the file has: with none in common they may mean the same. */
function gainedPorts(service: Service, { ports }: FileSays): readonly Gain[] {
  const known = new Set(ports);
  if (!service.ports.some((port) => known.has(String(port)))) return [];
  return service.ports.flatMap((port) => {
    const evidence = placeOf(service, 'ports', String(port));
    const isNew = !known.has(String(port)) && evidence !== null;
    return isNew ? [{ about: 'port' as const, value: String(port), evidence }] : [];
  });
}

function gainedBackings(
  service: Service,
  says: FileSays,
  kind: ArtifactKind,
  index: SaidIndex,
): readonly Gain[] {
  return service.backingServices.flatMap((system) => {
    const evidence = placeOf(service, 'backingServices', system);
    const isTold =
      index.tells(kind, system) || says.variables.some(({ name }) => leadsTo(system, name));
    return evidence && !isTold ? [{ about: 'backing' as const, value: system, evidence }] : [];
  });
}

function gainedVariables(
  service: Service,
  { variables, isOpen }: FileSays,
  built: ReadonlySet<string>,
): readonly Gain[] {
  if (isOpen) return [];
  const given = new Set(variables.map(({ name }) => name));
  return deployedEnv(service)
    .filter(({ name, required }) => required && !given.has(name) && !built.has(name))
    .map(({ name, file, line }) => ({
      ...{ about: 'variable' as const, value: name, evidence: { path: file, line } },
    }));
}

/** Services of which no file of a kind speaks that speaks of others; and those without a Dockerfile. */
function missing(owned: readonly Owned[], index: SaidIndex): readonly Drift[] {
  const kindsOf = new Map(
    owned.map(({ service, own }) => [service, new Set(own.map((says) => index.kindOf(says)))]),
  );
  const expected = new Set<ArtifactKind | null>(
    [...kindsOf.values()].flatMap((kinds) => [...kinds]),
  );
  expected.add('dockerfile').delete(null);
  return owned.flatMap(({ service }) => {
    const evidence = placeOf(service, 'kind') ?? placeOf(service, 'language');
    return [...expected].flatMap((kind): readonly Drift[] => {
      const isThere = kind === 'dockerfile' && index.hasDockerfile(service);
      if (kind === null || !evidence || isThere || kindsOf.get(service)?.has(kind)) return [];
      const { name } = service;
      return [{ about: 'service', service: name, value: name, kind, evidence, lackedBy: null }];
    });
  });
}

function placeOf(service: Service, fact: string, value?: string): DriftPlace | null {
  const found = service.evidence.find(
    (one) => one.fact === fact && (value === undefined || one.value === value),
  );
  return found ? { path: found.file, line: found.line } : null;
}

/** A file that runs a service twice lacks the same thing once. */
function once(drifts: readonly Drift[]): readonly Drift[] {
  const seen = new Map<string, Drift>();
  for (const drift of drifts) {
    const key = driftKey(drift);
    if (!seen.has(key)) seen.set(key, drift);
  }
  return [...seen.values()];
}
