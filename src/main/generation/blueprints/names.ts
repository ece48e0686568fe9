import { createHash } from 'node:crypto';
import type { ScanResult, Service } from '#shared/scan.ts';
import { freePath } from './free-path.ts';

/** Names of one service in files of ours, unique within its project. */
export interface ServiceNames {
  /** DNS-1123 label of at most {@link maxLabel} characters. */
  readonly label: string;
  /** Image reference without registry: the author's name for it, or `<project>/<label>`, and `:1.0.0`. */
  readonly image: string;
  /** Whether an earlier service lives in the same folder and owns the plain `Dockerfile`. */
  readonly sharesFolder: boolean;
  /** The author's own Dockerfile where it lies elsewhere than in the usual place, or null. */
  readonly dockerfile: string | null;
}

/** Room for suffixes such as `-default-deny` within the 63 characters of a DNS label. */
const maxLabel = 48;

interface ProjectNames {
  readonly project: string;
  readonly byService: ReadonlyMap<string, ServiceNames>;
}

/** Tables are made once for each scan: a job for each of 1,000 services must not look at all of them. */
const tables = new WeakMap<ScanResult, ProjectNames>();

/** What one of the readers of our files takes for a truth value or for nothing, unless each place quotes it. */
const yamlWords = new Set(['null', 'true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n']);

/**
 * A DNS-1123 label made from any text; `fallback` where nothing of it remains, and behind a word that
 * YAML reads as something else.
 */
export function dnsLabel(text: string, fallback: string, max = maxLabel): string {
  const slug = text
    .slice(0, 1024)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-\d]+|-+$/g, '');
  if (slug === '') return fallback;
  if (yamlWords.has(slug)) return `${slug}-${fallback}`;
  if (slug.length <= max) return slug;
  return `${slug.slice(0, max - 7).replace(/-+$/, '')}-${digest(text).slice(0, 6)}`;
}

/** The project's own label, by the name of its folder. */
export function projectLabel(project: ScanResult): string {
  return tableOf(project).project;
}

/** The names of a service; one that the scan does not list is named by itself. */
export function namesOf(project: ScanResult, service: Service): ServiceNames {
  const { project: prefix, byService } = tableOf(project);
  const known = byService.get(keyOf(service));
  if (known) return known;
  const label = dnsLabel(service.name, 'service');
  return { label, image: `${prefix}/${label}:1.0.0`, sharesFolder: false, dockerfile: null };
}

/**
 * Where the Dockerfile of a service lies, relative to the project's root: where its author keeps one
 * (`docker/Dockerfile`, what a Compose file names), else in its folder.
 */
export function dockerfilePath(project: ScanResult, service: Service): string {
  const { label, sharesFolder, dockerfile } = namesOf(project, service);
  if (dockerfile !== null) return dockerfile;
  const folder = service.path.split('/').filter((part) => part !== '' && part !== '.');
  const named = [...folder, `Dockerfile.${label}`].join('/');
  if (sharesFolder) return named;
  return freePath(
    project,
    [...folder, 'Dockerfile'].join('/'),
    [...folder, 'Dockerfile.omega'].join('/'),
    named,
  );
}

function keyOf(service: Service): string {
  return `${service.path}\0${service.name}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function tableOf(project: ScanResult): ProjectNames {
  const known = tables.get(project);
  if (known) return known;
  const prefix = dnsLabel(project.root.split(/[\\/]/).filter(Boolean).at(-1) ?? '', 'project');
  const taken = new Set<string>();
  const folders = new Set<string>();
  const files = new Set(project.existing.filter(isDockerfile).map(({ path }) => path));
  const byService = new Map<string, ServiceNames>();
  const manifests = manifestNames(project);
  const alone = folderCounts(project);
  for (const service of project.services) {
    const key = keyOf(service);
    if (byService.has(key)) continue;
    const label = unique(nameOf(service, manifests, alone), key, taken);
    const deployable = isKept(service);
    byService.set(key, {
      label,
      image: `${service.image ?? `${prefix}/${label}`}:1.0.0`,
      sharesFolder: folders.has(service.path),
      dockerfile: authorsDockerfile(project, service, files),
    });
    if (deployable) folders.add(service.path);
  }
  const table = { project: prefix, byService };
  tables.set(project, table);
  return table;
}

const isKept = ({ kind }: Service): boolean => kind !== 'library' && kind !== 'cli';

/** Names of the author's manifests, as their files are called: `k8s/web-deployment.yaml` is `web`. */
function manifestNames({ existing }: ScanResult): ReadonlySet<string> {
  return new Set(
    existing
      .filter(({ kind }) => kind === 'kubernetes')
      .map(({ path }) => path.slice(path.lastIndexOf('/') + 1))
      .map((file) =>
        file.replace(/(?:[-.](?:deployment|deploy|statefulset|service))?\.ya?ml$/, ''),
      ),
  );
}

function folderCounts({ services }: ScanResult): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { path } of services.filter(isKept)) counts.set(path, (counts.get(path) ?? 0) + 1);
  return counts;
}

/** Endings by which manifests tell what kind of object a name is of. */
const kindOfObject = /-(?:deployment|deploy|statefulset|daemonset|cronjob|job)$/;

/**
 * The author's own name of it where it runs: by an AppHost, what their manifests say, or the name of its
 * folder where a file is called so; else that of its package.
 */
function nameOf(
  service: Service,
  manifests: ReadonlySet<string>,
  alone: ReadonlyMap<string, number>,
): string {
  const own = dnsLabel(service.name, 'service');
  const said = (wanted: string): string | undefined =>
    service.evidence.find(({ fact }) => fact === wanted)?.value;
  const theirs = said('deployedName') ?? said('workload')?.replace(kindOfObject, '');
  if (theirs !== undefined) return dnsLabel(theirs, own);
  const folder = dnsLabel(service.path.split('/').at(-1) ?? '', own);
  const isTheirs = manifests.has(folder) && !manifests.has(own) && alone.get(service.path) === 1;
  return isTheirs ? folder : own;
}

/** Files for other purposes than to run the service. */
const forOthers =
  /(?:^|[./_-])(?:dev|development|tests?|testing|ci|local|debug|e2e|devcontainer)(?:$|[./_-])/i;

const isDockerfile = ({ kind, path }: ScanResult['existing'][number]): boolean =>
  kind === 'dockerfile' && !forOthers.test(path);

/** Takes the file that is the service's from those that are nobody's yet. */
function authorsDockerfile(
  project: ScanResult,
  service: Service,
  files: Set<string>,
): string | null {
  const isFree = (path: string): boolean => files.has(path) && freePath(project, path, '') !== '';
  const plain = [...service.path.split('/'), 'Dockerfile']
    .filter((part) => part !== '' && part !== '.')
    .join('/');
  if (isFree(plain)) {
    files.delete(plain);
    return null;
  }
  const named = service.evidence.filter(({ fact }) => fact === 'dockerfile');
  const found = named.find(({ value }) => isFree(value))?.value ?? null;
  if (found !== null) files.delete(found);
  return found;
}

/** Names that collide get a suffix made from their service, so that it does not depend on order. */
function unique(label: string, key: string, taken: Set<string>): string {
  let name = label;
  for (let length = 6; taken.has(name); length++) {
    name = `${label.slice(0, maxLabel - length - 1)}-${digest(key).slice(0, length)}`;
  }
  taken.add(name);
  return name;
}
