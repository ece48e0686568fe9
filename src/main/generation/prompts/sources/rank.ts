import { posix } from 'node:path';
import type { ScanResult, Service } from '#shared/scan.ts';
import { isEnvFile } from '../redact/env-names.ts';

/** Why a file is worth sending, the most telling first. */
export const sourceRanks = ['manifest', 'entry', 'evidence', 'config', 'readme'] as const;
/** One of {@link sourceRanks}. */
export type SourceRank = (typeof sourceRanks)[number];

/** A file that may be sent; `lines` are those that facts were read from, in order. */
export type Candidate = {
  readonly path: string;
  readonly rank: SourceRank;
  readonly lines: readonly number[];
};

/** Files that are looked at for one prompt. */
const maxCandidates = 80;

const manifest =
  /^(?:package\.json|pnpm-workspace\.yaml|pyproject\.toml|requirements[\w.-]*\.txt|setup\.(?:py|cfg)|Pipfile|go\.(?:mod|work)|Cargo\.toml|pom\.xml|(?:build|settings)\.gradle(?:\.kts)?|build\.sbt|(?:project|deps)\.(?:clj|edn)|Gemfile|composer\.json|mix\.exs|Package\.swift|pubspec\.yaml|[\w.-]+\.cabal|stack\.yaml|shard\.yml|build\.zig|CMakeLists\.txt|[\w.-]+\.(?:cs|fs)proj|global\.json|deno\.jsonc?|\.(?:nvmrc|node-version|python-version|ruby-version|tool-versions))$/i;
const entry =
  /^(?:main|app|server|index|manage|wsgi|asgi|application|program|config)\.(?:[cm]?[jt]s|py|go|rs|rb|ru|php|java|kt|cs|exs|dart|swift|cr|zig|c|cpp)$/i;
const config =
  /^(?:Procfile|[\w.-]+\.config\.[cm]?[jt]s|nginx[\w.-]*\.conf|gunicorn[\w.-]*|uwsgi\.ini|application[\w-]*\.(?:ya?ml|properties)|appsettings[\w.-]*\.json|angular\.json|Makefile)$/i;
const readme = /^readme(?:\.(?:md|rst|txt|adoc))?$/i;
/** What holds keys, or thousands of lines that say nothing more than the manifest. */
const never =
  /^(?:\.npmrc|\.netrc|\.pypirc|\.git-credentials|\.htpasswd|id_[a-z0-9]+|.*credentials.*|.*secrets?\.\w+|.*\.(?:pem|key|p12|pfx|jks|keystore|kdbx|tfstate|tfvars|lock|sum|min\.js|map|svg|csv)|.*-lock\.(?:json|yaml)|npm-shrinkwrap\.json)$/i;

/**
 * The files that tell a model most about services: manifests, entry points, what the facts were read
 * from, settings, and the README last. `listed` are names of files in the services' folders. Files
 * that git ignores or that hold keys are never among them. The same input gives the same order.
 */
export function rankSources(
  project: ScanResult,
  services: readonly Service[],
  listed: readonly string[],
): readonly Candidate[] {
  const passed = new Set(project.ignored.map(({ path }) => path));
  const isPassed = (path: string): boolean => {
    const parts = path.split('/');
    return parts.some((_, at) => passed.has(parts.slice(0, at + 1).join('/')));
  };
  const lines = linesOf(services);
  const started = new Set(services.flatMap(startedFiles));
  return [...new Set([...lines.keys(), ...started, ...listed])]
    .filter((path) => !never.test(posix.basename(path)) && !isPassed(path))
    .flatMap((path): readonly Candidate[] => {
      const rank = rankOf(path, started.has(path), lines.has(path));
      const own = [...(lines.get(path) ?? [])].sort((a, b) => a - b);
      return rank ? [{ path, rank, lines: own }] : [];
    })
    .sort(
      (one, other) =>
        sourceRanks.indexOf(one.rank) - sourceRanks.indexOf(other.rank) ||
        other.lines.length - one.lines.length ||
        (one.path < other.path ? -1 : 1),
    )
    .slice(0, maxCandidates);
}

function rankOf(path: string, isStarted: boolean, isEvidence: boolean): SourceRank | null {
  const name = posix.basename(path);
  if (readme.test(name)) return 'readme';
  if (manifest.test(name)) return 'manifest';
  if (isStarted || entry.test(name)) return 'entry';
  if (isEnvFile(path)) return 'config';
  if (isEvidence) return 'evidence';
  return config.test(name) ? 'config' : null;
}

function linesOf(services: readonly Service[]): ReadonlyMap<string, ReadonlySet<number>> {
  const lines = new Map<string, Set<number>>();
  for (const { evidence, env } of services) {
    for (const { file, line } of [...evidence, ...env]) {
      const known = lines.get(file) ?? new Set();
      lines.set(file, known.add(line));
    }
  }
  return lines;
}

/** What in the start command looks like a file of the service. */
function startedFiles({ path, start }: Service): readonly string[] {
  return (start ?? '')
    .split(/\s+/)
    .filter((part) => /^[\w@./-]+\.\w{1,5}$/.test(part) && !part.startsWith('-'))
    .map((part) => posix.normalize(posix.join(path, part)))
    .filter((file) => !file.startsWith('..') && !file.startsWith('/'));
}
