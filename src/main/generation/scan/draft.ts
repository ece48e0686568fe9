import type { Assets, EnvVar, Evidence, Service, ServiceKind } from '#shared/scan.ts';

/** A place in a file: where a fact was read. */
export type Place = { readonly file: string; readonly line: number };

/**
 * Where a port was read; the first rank that has any decides. `image` is what the author's own image
 * sets a variable to that the source reads: it takes the place of the source's default.
 */
export const portRanks = ['command', 'image', 'code', 'config', 'existing', 'framework'] as const;
/** One of {@link portRanks}. */
export type PortRank = (typeof portRanks)[number];

/** A package that the service depends on at run time, as its ecosystem names it (`pg`, `github.com/lib/pq`). */
export type Dependency = Place & { readonly name: string };

type Settable = Pick<
  Service,
  | 'runtimeVersion'
  | 'framework'
  | 'packageManager'
  | 'install'
  | 'build'
  | 'start'
  | 'lockfile'
  | 'output'
  | 'healthPath'
>;

/**
 * A service in the making. Facts enter together with the place they were read from, so that none is
 * without its evidence; what could not be told enters as an unknown.
 */
export class Draft {
  name: string;
  readonly path: string;
  /** Build context; the service's own folder unless a workspace root is set. */
  context: string;
  language: string;
  kind: ServiceKind = 'library';
  /**
   * Folders whose sources make this service, each without the folders below it; null for the
   * service's own folder and all below it that is no other service's.
   */
  packages: readonly string[] | null = null;
  /** Folders of the project's own libraries that the service runs with; their variables are its own too. */
  libraries: readonly string[] = [];
  readonly dependencies: Dependency[] = [];
  /** The port that the author's image tells the program by a variable, and exposes. */
  imagePort: { readonly port: number; readonly variable: string; readonly at: Place } | null = null;
  readonly ports: { readonly port: number; rank: PortRank; readonly at: Place }[] = [];
  readonly systemPackages = new Set<string>();
  /** Variables that configuration names; those of the source come from its signals. */
  readonly variables: EnvVar[] = [];
  /** Variables that the project's example of the environment gives a value. */
  readonly examples = new Set<string>();
  /** Front ends whose build the service needs. */
  readonly assets: Assets[] = [];
  /** Further folders that a build leaves, relative to the root, with the command where it is not `build`. */
  readonly leaves: { readonly folder: string; readonly build: string | null }[] = [];
  /** Folders of packages that the service's own build command builds, so that they are none of their own. */
  readonly builds = new Set<string>();
  /** Folders that a build has to make and the running program reads, relative to the root. */
  readonly served = new Set<string>();
  /** Folders that the running service keeps data in, relative to the root. */
  readonly data = new Set<string>();
  /** Names that other services know it by, such as the one that it registers under. */
  readonly aliases = new Set<string>();
  /** Names of other services that its settings give in place of addresses. */
  readonly called: { readonly name: string; readonly at: Place }[] = [];
  /** What the author's files call its image, as they write it; the first counts. */
  readonly images: { readonly name: string; readonly at: Place }[] = [];
  /** The one of them that is its name here, without registry and tag, or null. */
  image: string | null = null;
  /** What the author's manifests call it in a cluster, or null. */
  workload: { readonly name: string; readonly at: Place } | null = null;
  /** What runs before a new version serves, or null. */
  release: string | null = null;
  /** What runs the tests, or null. */
  test: string | null = null;
  readonly evidence: Evidence[] = [];
  readonly unknowns: { readonly fact: string; readonly reason: string }[] = [];
  readonly #values: { -readonly [K in keyof Settable]: Settable[K] } = {
    runtimeVersion: null,
    framework: null,
    packageManager: null,
    install: null,
    build: null,
    start: null,
    lockfile: null,
    output: null,
    healthPath: null,
  };

  constructor(name: string, path: string, language: string, at: Place) {
    this.name = name;
    this.path = path;
    this.context = path;
    this.language = language;
    this.#witness('language', language, at);
  }

  /** A fact's value, null while it is not known. */
  get<K extends keyof Settable>(fact: K): Settable[K] {
    return this.#values[fact];
  }

  /** Sets a fact with its evidence, in place of what was known before. */
  set<K extends keyof Settable>(fact: K, value: NonNullable<Settable[K]>, at: Place): this {
    this.#values[fact] = value;
    this.#forget(fact);
    this.#witness(fact, String(value), at);
    return this;
  }

  /** Clears a fact that does not apply after all, with its evidence. */
  clear(fact: keyof Settable): this {
    this.#values[fact] = null;
    this.#forget(fact);
    return this;
  }

  /** Says what the service is, with the evidence for it. */
  is(kind: ServiceKind, at: Place): this {
    this.kind = kind;
    this.#forget('kind');
    this.#witness('kind', kind, at);
    return this;
  }

  /** Adds a port that was read somewhere; nonsense is left out. */
  port(port: number, rank: PortRank, at: Place): this {
    if (Number.isInteger(port) && port >= 1 && port <= 65535) this.ports.push({ port, rank, at });
    return this;
  }

  /** Lets the ports of a command that is replaced count last: another command may not listen there. */
  demote(rank: PortRank): this {
    for (const port of this.ports) if (port.rank === rank) port.rank = 'framework';
    return this;
  }

  /** Adds a run-time dependency; backing services are derived from them. */
  dependsOn(name: string, at: Place): this {
    this.dependencies.push({ name, ...at });
    return this;
  }

  /** Adds an environment variable that a configuration file reads. */
  reads(variable: EnvVar): this {
    this.variables.push(variable);
    return this;
  }

  /** Adds a variable in place of what was known of it. .NET does not tell names apart by their case. */
  isTold(variable: EnvVar): this {
    const name = variable.name.toLowerCase();
    const known = this.variables.findIndex((one) => one.name.toLowerCase() === name);
    if (known === -1) this.variables.push(variable);
    else this.variables[known] = variable;
    return this;
  }

  /** Adds a front end that the service needs, with the place that says so. */
  needsAssets(assets: Assets, at: Place): this {
    if (this.assets.some(({ path }) => path === assets.path)) return this;
    this.assets.push(assets);
    this.#witness('assets', assets.path, at);
    return this;
  }

  /** Adds a folder that the running service keeps data in. */
  keepsData(folder: string, at: Place): this {
    if (this.data.has(folder)) return this;
    this.data.add(folder);
    this.#witness('dataFolders', folder, at);
    return this;
  }

  /** Says what runs before a new version serves, in place of what was known before. */
  releases(command: string, at: Place): this {
    this.release = command;
    this.#forget('release');
    this.#witness('release', command, at);
    return this;
  }

  /** Says what its image is called. */
  isImage(name: string, at: Place): this {
    this.image = name;
    this.#witness('image', name, at);
    return this;
  }

  /** Says what runs the tests. */
  testedBy(command: string, at: Place): this {
    this.test = command;
    this.#forget('test');
    this.#witness('test', command, at);
    return this;
  }

  /** Says what could not be told, and what would settle it. */
  unknown(fact: string, reason: string): this {
    if (!this.unknowns.some((known) => known.fact === fact)) this.unknowns.push({ fact, reason });
    return this;
  }

  /** Takes back an unknown that another source of facts has answered. */
  settle(fact: string): this {
    const doubt = this.unknowns.findIndex((known) => known.fact === fact);
    if (doubt !== -1) this.unknowns.splice(doubt, 1);
    return this;
  }

  /** A copy under another name, for a second process of the same code (a Procfile's worker). */
  fork(name: string): Draft {
    const [first] = this.evidence;
    const copy = new Draft(name, this.path, this.language, first ?? { file: '.', line: 1 });
    copy.context = this.context;
    copy.kind = this.kind;
    copy.test = this.test;
    copy.packages = this.packages;
    copy.libraries = this.libraries;
    copy.called.push(...this.called);
    copy.dependencies.push(...this.dependencies);
    copy.evidence.push(...this.evidence.slice(1));
    copy.variables.push(...this.variables);
    copy.unknowns.push(...this.unknowns);
    copy.assets.push(...this.assets);
    for (const folder of this.builds) copy.builds.add(folder);
    for (const folder of this.served) copy.served.add(folder);
    for (const folder of this.data) copy.data.add(folder);
    for (const name of this.examples) copy.examples.add(name);
    for (const name of this.systemPackages) copy.systemPackages.add(name);
    Object.assign(copy.#values, this.#values);
    return copy;
  }

  #witness(fact: string, value: string, at: Place): void {
    this.evidence.push({ fact, value, file: at.file, line: at.line });
  }

  #forget(fact: string): void {
    const index = this.evidence.findIndex((item) => item.fact === fact);
    if (index !== -1) this.evidence.splice(index, 1);
  }
}
