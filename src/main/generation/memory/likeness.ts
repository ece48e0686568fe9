import { posix } from 'node:path';
import { sha256 } from '#main/core/hash.ts';
import type { Artifact } from '#shared/artifact.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import type { FileFormat } from '../validation/validator.ts';

/** What makes files alike: what one was taught holds for the others. No names, no paths. */
export type Likeness = {
  /** The tag that memories about such files have. */
  readonly tag: string;
  /** The kind of file and of service, for people: `Dockerfile of a web service (go, gin)`. */
  readonly label: string;
  /** The facts that it is made of. */
  readonly facts: Readonly<Record<string, string>>;
};

/** How alike a file is to others: by its kind and role, and by what its services are made with. */
export function likeness(
  artifact: Artifact,
  format: FileFormat | null,
  project: ScanResult,
  service: Service | null,
): Likeness {
  const file = roleOf(artifact, format, service);
  const facts = {
    kind: artifact.kind,
    file,
    ...(service ? factsOf(artifact, service) : factsOfAll(project)),
  };
  const tag = `like:${sha256(JSON.stringify(facts)).slice(0, 24)}`;
  return { tag, label: labelOf(file, service, project), facts };
}

/** The format, and for formats with several files the name without the service's own. */
function roleOf({ path }: Artifact, format: FileFormat | null, service: Service | null): string {
  if (format === 'dockerfile' || format === 'dockerignore') return format;
  const name = posix.basename(path);
  const general = service ? name.replaceAll(service.name, '*') : name;
  return `${format ?? 'other'}:${general}`.slice(0, 200);
}

/** Only a Dockerfile depends on the package manager. */
function factsOf({ kind }: Artifact, service: Service): Readonly<Record<string, string>> {
  return {
    language: service.language,
    framework: service.framework ?? '',
    service: service.kind,
    ...(kind === 'dockerfile' ? { packageManager: service.packageManager ?? '' } : {}),
  };
}

/** A file of the whole project is like another's where the same kinds of services stand in both. */
function factsOfAll({ services }: ScanResult): Readonly<Record<string, string>> {
  const stacks = services.map(({ language, framework, kind, backingServices }) =>
    [language, framework ?? '', kind, ...[...backingServices].sort()].join('/'),
  );
  const all = [...new Set(stacks)].sort().join(' ');
  // A fact is shown and kept with each memory; a large project's is only compared.
  return { stacks: all.length <= 500 ? all : sha256(all) };
}

function labelOf(file: string, service: Service | null, { services }: ScanResult): string {
  const what = file.split(':')[0] ?? file;
  if (!service) return `${what} file of a project with ${services.length} services`;
  const made = [service.language, service.framework, service.packageManager].filter(Boolean);
  return `${what} file of a ${service.kind} service (${made.join(', ')})`;
}
