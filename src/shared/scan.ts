import { z } from 'zod';
import { metricsSchema } from './service-metrics.ts';
import { usageSchema } from './usage.ts';

/** What a service is to the one who deploys it. */
export const serviceKinds = ['web', 'worker', 'static', 'job', 'cli', 'library'] as const;
/** One of {@link serviceKinds}. */
export type ServiceKind = (typeof serviceKinds)[number];

/** Stateful systems that a service talks to, by the name of the system. */
export const backingServices = [
  'postgres',
  'mysql',
  'mariadb',
  'sqlserver',
  'mongodb',
  'redis',
  'memcached',
  'rabbitmq',
  'kafka',
  'nats',
  'elasticsearch',
  'opensearch',
  'minio',
  'cassandra',
  'clickhouse',
  'neo4j',
] as const;
/** One of {@link backingServices}. */
export type BackingService = (typeof backingServices)[number];

/** Where a fact was read. `fact` is the name of a field of the service, `backingHost` (`postgres=db`), `livenessPath`, `exposure` (`public` or `internal`), `deployedName` and `startsAfter` (a service's folder) as the author's model of the deployment has them, `workload` (its name in the author's manifests), `dockerfile` (the author's own), or {@link portVariable}; `file` is relative to the scanned root with forward slashes; `line` is 1-based. */
export const evidenceSchema = z.object({
  fact: z.string(),
  value: z.string(),
  file: z.string(),
  line: z.int().min(1),
});
/** The fact that names the variable by which the author's image tells the program its port. */
export const portVariable = 'portVariable';

/** See {@link evidenceSchema}. */
export type Evidence = z.infer<typeof evidenceSchema>;

/** A backing service, with the database that the source names where it is not alone there. */
const connectionSchema = z.object({
  system: z.enum(backingServices),
  database: z.string().optional(),
});

/**
 * An environment variable that the source reads; `required` when the source cannot do without it.
 * `address` is what the source takes where it is not set, if that is `http://localhost:<port>…`.
 */
export const envVarSchema = z.object({
  name: z.string(),
  required: z.boolean(),
  address: z.string().optional(),
  /** Words that the source compares it with to choose a database; left out where it does not. */
  choices: z.array(z.string()).optional(),
  /** It holds a connection string of .NET to this system. */
  connection: connectionSchema.optional(),
  /** It holds the address of the project's own service in this folder. */
  sibling: z.string().optional(),
  /** What the author's own model of the deployment sets it to. */
  value: z.string().optional(),
  file: z.string(),
  line: z.int().min(1),
});
/** See {@link envVarSchema}. */
export type EnvVar = z.infer<typeof envVarSchema>;

/** A fact that the scan looked for and could not tell, with what would settle it. */
export const unknownSchema = z.object({ fact: z.string(), reason: z.string() });
/** See {@link unknownSchema}. */
export type Unknown = z.infer<typeof unknownSchema>;

/**
 * A JavaScript package whose build makes files that a service of another folder or language embeds
 * or serves. Paths are relative to the scanned root; `install` runs in `context`, `build` in `path`.
 */
export const assetsSchema = z.object({
  path: z.string(),
  context: z.string(),
  runtimeVersion: z.string().nullable(),
  packageManager: z.string(),
  lockfile: z.string().nullable(),
  install: z.string(),
  /** Null where the service's own build command runs it, and only needs Node.js at hand. */
  build: z.string().nullable(),
  /** Folders that the build leaves, where the service expects them; none where `build` is null. */
  outputs: z.array(z.string()),
});
/** See {@link assetsSchema}. */
export type Assets = z.infer<typeof assetsSchema>;

/**
 * Another service of the project that a service calls, by the name of that one. `variable` takes its
 * address, in the `form` that the source wants, with `path` behind a `url`; null where the source names
 * the service itself, as those of Spring Cloud do.
 */
export const calledSchema = z.object({
  service: z.string(),
  variable: z.string().nullable(),
  form: z.enum(['url', 'authority', 'host', 'port']),
  path: z.string(),
  file: z.string(),
  line: z.int().min(1),
});
/** See {@link calledSchema}. */
export type Called = z.infer<typeof calledSchema>;

/**
 * A deployable unit and what is known of it. All paths are relative to the scanned root, with
 * forward slashes; the root itself is `.`. `install` runs in `context`; `build` and `start` run in
 * `path`. `null` means unknown (then `unknowns` says why) or not applicable to the kind.
 */
export const serviceSchema = z.object({
  name: z.string(),
  path: z.string(),
  /** Folder that must be the build context: `path`, or the workspace root that holds the lockfile. */
  context: z.string(),
  /** Lower-case name: javascript, typescript, python, go, rust, java, kotlin, scala, clojure, csharp, fsharp, ruby, php, elixir, swift, dart, haskell, crystal, zig, c, cpp, html. */
  language: z.string(),
  /** As the project pins it, reduced to what an image tag needs: `20`, `3.12`, `1.23`. */
  runtimeVersion: z.string().nullable(),
  framework: z.string().nullable(),
  packageManager: z.string().nullable(),
  kind: z.enum(serviceKinds),
  install: z.string().nullable(),
  build: z.string().nullable(),
  start: z.string().nullable(),
  ports: z.array(z.int().min(1).max(65535)),
  backingServices: z.array(z.enum(backingServices)),
  env: z.array(envVarSchema),
  evidence: z.array(evidenceSchema),
  /** Lockfile that the install command obeys. */
  lockfile: z.string().nullable(),
  /** What the build leaves, relative to `path`: a folder of static files, a binary or a jar. */
  output: z.string().nullable(),
  /** HTTP path that answers 2xx when the service is healthy, read from the source. */
  healthPath: z.string().nullable(),
  /** Debian packages that the run needs beside the runtime. */
  systemPackages: z.array(z.string()),
  /**
   * Of programs that are compiled to one binary: files and folders, relative to the root, that the
   * source reads when it runs (templates, static files). Left out where none were seen.
   */
  runtimeFiles: z.array(z.string()).optional(),
  /** Front ends that must be built before the service, or by its build. Left out where there are none. */
  assets: z.array(assetsSchema).optional(),
  /** Folders, relative to the root, that the running service keeps data in: they outlive its container. Left out where none are known. */
  dataFolders: z.array(z.string()).optional(),
  /** Runs in `path` before a new version serves, such as the migration of its database. Left out where there is none. */
  release: z.string().optional(),
  /** What it tells of itself. Left out where nothing was seen. */
  metrics: metricsSchema.optional(),
  /** What it was measured to take, where the one who asked for files gave figures. The scan itself knows none. */
  measured: usageSchema.optional(),
  /** Other services of the project that it calls. Left out where none were seen. */
  calls: z.array(calledSchema).optional(),
  /** Name of its image, without registry and tag, where the author's own files name one. Left out where none do. */
  image: z.string().optional(),
  /** Runs the tests of its own, in `path`, after `install`. Left out where none were seen. */
  test: z.string().optional(),
  unknowns: z.array(unknownSchema),
});
/** See {@link serviceSchema}. */
export type Service = z.infer<typeof serviceSchema>;

/** Kinds of infrastructure files that the scan recognises in a project. */
export const existingFileSchema = z.object({ kind: z.string(), path: z.string() });
/** See {@link existingFileSchema}. */
export type ExistingFile = z.infer<typeof existingFileSchema>;

/**
 * Why something was passed over, for programs. `link` leads elsewhere within the project and is read
 * there, `outside-link` and `broken-link` are not followed; `special` is a pipe, socket or device;
 * `limit` lies beyond what a scan takes; `misunderstood` was read and made no sense; `set-aside` was
 * read and left out on purpose (examples, copies of others' sources).
 */
export const ignoredKinds = [
  'link',
  'outside-link',
  'broken-link',
  'special',
  'generated',
  'gitignored',
  'limit',
  'bad-name',
  'unreadable',
  'too-large',
  'misunderstood',
  'set-aside',
] as const;
/** One of {@link ignoredKinds}. */
export type IgnoredKind = (typeof ignoredKinds)[number];

/**
 * A file or folder that the scan passed over, and why. `problem` marks what a person may want to
 * mend, since facts may be missing for it: a manifest that is broken, a file that cannot be read.
 */
export const ignoredSchema = z.object({
  path: z.string(),
  kind: z.enum(ignoredKinds),
  reason: z.string(),
  problem: z.literal(true).optional(),
});
/** See {@link ignoredSchema}. */
export type Ignored = z.infer<typeof ignoredSchema>;

/** An image that shows how the project is built; `path` as everywhere. */
export const diagramSchema = z.object({ path: z.string() });
/** See {@link diagramSchema}. */
export type Diagram = z.infer<typeof diagramSchema>;

/** What `omega scan` prints. `root` is absolute. */
export const scanResultSchema = z.object({
  root: z.string(),
  services: z.array(serviceSchema),
  existing: z.array(existingFileSchema),
  ignored: z.array(ignoredSchema),
  /** Likeliest first, at most 100. Left out where none were seen. */
  diagrams: z.array(diagramSchema).optional(),
});
/** See {@link scanResultSchema}. */
export type ScanResult = z.infer<typeof scanResultSchema>;
