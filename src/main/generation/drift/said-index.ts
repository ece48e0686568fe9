import { posix } from 'node:path';
import { type ArtifactKind, artifactKinds } from '#shared/artifact.ts';
import type { BackingService, ExistingFile, Service } from '#shared/scan.ts';
import { dnsLabel } from '../blueprints/names.ts';
import type { FileSays } from './file-says.ts';

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

/** What the files of a project say, found by service in constant time: a project may have hundreds. */
export class SaidIndex {
  readonly #kinds: ReadonlyMap<string, ArtifactKind | null>;
  readonly #byName: ReadonlyMap<string, readonly FileSays[]>;
  readonly #byDockerfile: ReadonlyMap<string, readonly FileSays[]>;
  readonly #texts = new Map<ArtifactKind, string>();
  readonly #tells = new Map<string, boolean>();
  readonly #dockerfileFolders: ReadonlySet<string>;
  readonly #buildsAny: boolean;

  constructor(files: readonly KnownFile[], said: readonly FileSays[]) {
    this.#kinds = new Map(files.map(({ path, kind }) => [path, artifactKindOf(kind)]));
    this.#byName = grouped(said, ({ names }) => names);
    this.#byDockerfile = grouped(said, ({ dockerfile }) =>
      dockerfile === null ? [] : [dockerfile],
    );
    const dockerfiles = files.filter(({ kind }) => kind === 'dockerfile');
    this.#dockerfileFolders = new Set(dockerfiles.map(({ path }) => posix.dirname(path)));
    // What an argument names may be of any service.
    this.#buildsAny = dockerfiles.some(({ content }) => /^\s*(?:COPY|ADD)\s.*\$/im.test(content));
    for (const { kind, content } of files) {
      const artifact = artifactKindOf(kind);
      if (artifact === null) continue;
      const bare = content.replace(/(?:^|\s)#.*$/gm, '');
      this.#texts.set(artifact, `${this.#texts.get(artifact) ?? ''}\n${bare}`);
    }
  }

  /** What is said of a service: by its name, its image, or its Dockerfile. */
  of(service: Service): readonly FileSays[] {
    const names = new Set([service.name, dnsLabel(service.name, 'service')]);
    const named = [...names].flatMap((name) => this.#byName.get(name) ?? []);
    const built = dockerfilesOf(service).flatMap((path) => this.#byDockerfile.get(path) ?? []);
    return [...new Set([...named, ...built])];
  }

  /** The kind of a file; a rendered chart stands for its templates. Null for one of no artifact. */
  kindOf({ at }: FileSays): ArtifactKind | null {
    const known = this.#kinds.get(at.path);
    return known === undefined ? (/(?:^|\/)templates$/.test(at.path) ? 'helm' : null) : known;
  }

  /** Whether files of a kind speak of a system anywhere but in comments. */
  tells(kind: ArtifactKind, system: BackingService): boolean {
    const key = `${kind} ${system}`;
    const known = this.#tells.get(key);
    if (known !== undefined) return known;
    const pattern = new RegExp(`${system}|${otherNames[system] ?? system}`, 'i');
    const tells = pattern.test(this.#texts.get(kind) ?? '');
    this.#tells.set(key, tells);
    return tells;
  }

  /** Whether an image of the service is built by a Dockerfile that is there. */
  hasDockerfile(service: Service): boolean {
    return (
      this.#buildsAny ||
      dockerfilesOf(service).some((path) => this.#kinds.get(path) === 'dockerfile') ||
      this.#dockerfileFolders.has(service.path)
    );
  }
}

function grouped(
  said: readonly FileSays[],
  keysOf: (says: FileSays) => readonly string[],
): ReadonlyMap<string, readonly FileSays[]> {
  const groups = new Map<string, FileSays[]>();
  for (const says of said) {
    for (const key of new Set(keysOf(says))) {
      const group = groups.get(key);
      if (group) group.push(says);
      else groups.set(key, [says]);
    }
  }
  return groups;
}

function dockerfilesOf({ evidence, path }: Service): readonly string[] {
  const told = evidence.filter(({ fact }) => fact === 'dockerfile').map(({ value }) => value);
  return [...new Set([...told, posix.join(path, 'Dockerfile')])];
}

function artifactKindOf(kind: string): ArtifactKind | null {
  const known = Object.hasOwn(kindOf, kind) ? kindOf[kind] : kind;
  return artifactKinds.find((one) => one === known) ?? null;
}
