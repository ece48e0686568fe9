import { posix } from 'node:path';
import { type ArtifactKind, artifactKinds } from '#shared/artifact.ts';
import type { BackingService, ExistingFile, Service } from '#shared/scan.ts';
import { deployedEnv } from '../blueprints/env-class.ts';
import { dnsLabel } from '../blueprints/names.ts';
import type { ComparedFile } from '../consistency/claim.ts';
import { leadsTo } from '../scan/variables.ts';
import { type Drift, type DriftPlace, driftKey } from './drift.ts';
import { type FileSays, filesSay } from './file-says.ts';

/** A file with the kind that the scan knows it by; `isOurs` where it is as Omega wrote it. */
export type KnownFile = ExistingFile & { readonly content: string; readonly isOurs: boolean };

/** Kinds of the scan's files whose artifacts are called otherwise. */
const kindOf: Readonly<Record<string, ArtifactKind>> = { 'chart-file': 'helm' };
/** How else systems are called in files that run or reach them. */
const otherNames: Partial<Readonly<Record<BackingService, string>>> = {
  postgres: 'postgis|pgvector|timescale|cloudsql|aws_db|aws_rds',
  mysql: 'mariadb|aws_db|aws_rds',
  mariadb: 'mysql|aws_db|aws_rds',
  sqlserver: 'mssql',
  mongodb: 'mongo',
  redis: 'valkey|elasticache',
  rabbitmq: 'amqp',
  minio: 's3',
  kafka: 'redpanda|aws_msk',
};

/**
 * What the sources of services say and the project's infrastructure files do not: see {@link Drift}.
 * It reads the files by the parsers of their validators, whoever wrote them, and tells only what is
 * sure: a file that names another port may mean the same one, so that only one more is told. Holds
 * the thread for about 5 ms a file.
 */
export async function findDrift(
  services: readonly Service[],
  files: readonly KnownFile[],
): Promise<readonly Drift[]> {
  const runnable = services.filter(({ kind }) => kind === 'web' || kind === 'worker');
  const said = await filesSay(files.map((file): ComparedFile => ({ ...file, service: null })));
  const kinds = new Map(files.map(({ path, kind }) => [path, artifactKindOf(kind)]));
  const kindAt = ({ path }: DriftPlace): ArtifactKind | null =>
    kinds.get(path) ?? ([...kinds.keys()].some((one) => one.startsWith(path)) ? 'helm' : null);
  const texts = textsByKind(files);
  const drifts: Drift[] = [];
  for (const service of runnable) {
    const own = ownedBy(service, runnable, said);
    const image = own.find(({ dockerfile, names }) => dockerfile !== null && names.length === 0);
    const built = new Set(image?.variables.map(({ name }) => name) ?? []);
    for (const says of own) {
      const kind = kindAt(says.at);
      if (kind === null) continue;
      const lacks = { service: service.name, kind, lackedBy: says.at } as const;
      drifts.push(...gainedPorts(service, says).map((one) => ({ ...lacks, ...one })));
      // An image is told its surroundings where it runs.
      if (kind === 'dockerfile') continue;
      const text = texts.get(kind) ?? '';
      drifts.push(...gainedBackings(service, says, text).map((one) => ({ ...lacks, ...one })));
      drifts.push(...gainedVariables(service, says, built).map((one) => ({ ...lacks, ...one })));
    }
    const kindsOfOwn = new Set(own.map(({ at }) => kindAt(at)));
    const others = said.filter((one) => one.names.length > 0);
    const expected = new Set([
      'dockerfile' as const,
      ...runnable.flatMap((other) =>
        other === service ? [] : ownedBy(other, runnable, others).map(({ at }) => kindAt(at)),
      ),
    ]);
    for (const kind of expected) {
      if (kind === null || kindsOfOwn.has(kind)) continue;
      const evidence = placeOf(service, 'kind') ?? placeOf(service, 'language');
      if (!evidence || (kind === 'dockerfile' && hasDockerfile(service, files))) continue;
      const { name } = service;
      drifts.push({
        ...{ about: 'service', service: name, value: name, kind, evidence },
        lackedBy: null,
      });
    }
  }
  return once(drifts);
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

function gainedBackings(service: Service, says: FileSays, text: string): readonly Gain[] {
  return service.backingServices.flatMap((system) => {
    const evidence = placeOf(service, 'backingServices', system);
    const isTold =
      new RegExp(`${system}|${otherNames[system] ?? system}`, 'i').test(text) ||
      says.variables.some(({ name }) => leadsTo(system, name));
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

/** What is said of a service: by its name, its image, its Dockerfile, or because there is only one. */
function ownedBy(
  service: Service,
  all: readonly Service[],
  said: readonly FileSays[],
): readonly FileSays[] {
  const names = new Set([service.name, dnsLabel(service.name, 'service')]);
  const dockerfiles = dockerfilesOf(service);
  return said.filter(
    (one) =>
      one.names.some((name) => names.has(name)) ||
      (one.dockerfile !== null && dockerfiles.has(one.dockerfile)) ||
      (all.length === 1 && one.names.length === 0),
  );
}

function dockerfilesOf(service: Service): ReadonlySet<string> {
  const told = service.evidence.filter(({ fact }) => fact === 'dockerfile');
  return new Set([...told.map(({ value }) => value), posix.join(service.path, 'Dockerfile')]);
}

function hasDockerfile(service: Service, files: readonly KnownFile[]): boolean {
  const told = dockerfilesOf(service);
  return files.some(
    ({ kind, path }) =>
      kind === 'dockerfile' && (told.has(path) || posix.dirname(path) === service.path),
  );
}

function placeOf(service: Service, fact: string, value?: string): DriftPlace | null {
  const found = service.evidence.find(
    (one) => one.fact === fact && (value === undefined || one.value === value),
  );
  return found ? { path: found.file, line: found.line } : null;
}

function artifactKindOf(kind: string): ArtifactKind | null {
  const known = Object.hasOwn(kindOf, kind) ? kindOf[kind] : kind;
  return artifactKinds.find((one) => one === known) ?? null;
}

/** All that files of a kind hold but for comments. */
function textsByKind(files: readonly KnownFile[]): ReadonlyMap<ArtifactKind, string> {
  const texts = new Map<ArtifactKind, string>();
  for (const { kind, content } of files) {
    const artifact = artifactKindOf(kind);
    if (artifact === null) continue;
    const bare = content.replace(/(?:^|\s)#.*$/gm, '');
    texts.set(artifact, `${texts.get(artifact) ?? ''}\n${bare}`);
  }
  return texts;
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
