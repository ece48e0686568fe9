import { basename, posix } from 'node:path';
import type { ScanResult, Service } from '#shared/scan.ts';

/**
 * The words by which a file speaks of one service: what must not get into the file of another.
 * `name`, `path` and `port` are those that another service has in their place, null where the file
 * has none or several.
 */
export type OwnWords = {
  readonly name: string | null;
  readonly path: string | null;
  readonly port: string | null;
  /** All of them. */
  readonly words: readonly string[];
};

/** Words kept of one file, and characters of one word; more would only cost. */
const maxWords = 2_000;
const maxLength = 200;
/** Ports below this are also numbers of something else (80 percent, 443 files). */
const leastTellingPort = 1_000;

/** The words of a project: its folder's, and the names of all its services. */
export function projectWords(project: ScanResult): readonly string[] {
  return oncePer(project, ofProject, namesIn);
}

function namesIn(project: ScanResult): readonly string[] {
  const folder = basename(project.root);
  const words = new Set(project.services.map(({ name }) => name));
  if (folder.length >= 3) words.add(folder);
  return bounded(words);
}

/**
 * The own words of a service's file, or of a file of the whole project where `service` is null;
 * without {@link projectWords}, which a thousand files of one project have in common.
 */
export function ownWords(project: ScanResult, service: Service | null): OwnWords {
  return service ? wordsFor([service]) : oncePer(project, ofAll, (one) => wordsFor(one.services));
}

/** A kind that spans a project may write a file for each of its services: what all share is gathered once. */
const ofProject = new WeakMap<ScanResult, readonly string[]>();
const ofAll = new WeakMap<ScanResult, OwnWords>();

function oncePer<T>(
  project: ScanResult,
  known: WeakMap<ScanResult, T>,
  make: (project: ScanResult) => T,
): T {
  const before = known.get(project);
  if (before !== undefined) return before;
  const made = make(project);
  known.set(project, made);
  return made;
}

function wordsFor(spoken: readonly Service[]): OwnWords {
  const single = spoken.length === 1 ? spoken[0] : undefined;
  const port = single?.ports.length === 1 ? single.ports[0] : undefined;
  const words = new Set<string>();
  for (const one of spoken) for (const word of wordsOf(one)) words.add(word);
  return {
    name: single?.name ?? null,
    path: single?.path.includes('/') ? single.path : null,
    port: port !== undefined && port >= leastTellingPort ? String(port) : null,
    words: bounded(words),
  };
}

function bounded(words: ReadonlySet<string>): readonly string[] {
  return [...words].filter((word) => word !== '' && word.length <= maxLength).slice(0, maxWords);
}

function wordsOf(service: Service): readonly string[] {
  const paths = [
    service.path,
    service.context,
    ...(service.output ? [service.output] : []),
    ...(service.healthPath ? [service.healthPath] : []),
    ...(service.runtimeFiles ?? []),
    ...(service.dataFolders ?? []),
    ...commandPaths(service),
  ];
  const folders = [service.path, service.context].map((path) => posix.basename(path));
  const telling = [...paths, ...folders].filter((path) => path.length >= 3);
  return [service.name, ...telling, ...service.ports.map(String)];
}

/** What in the commands looks like a file of the project: `dist/server.js`, `app.main:app`. */
function commandPaths({ build, start, release }: Service): readonly string[] {
  return [build, start, release]
    .flatMap((command) => command?.split(/\s+/) ?? [])
    .filter((part) => /^[\w@./:-]+$/.test(part) && /\w[./:]\w/.test(part));
}
