import { join } from 'node:path';
import type { AsyncResource } from '#main/core/disposable.ts';
import type { Live } from '#main/core/live.ts';
import type { Config, ConfigChange, ConfigKey, ConfigProblem, ConfigView } from '#shared/config.ts';
import { OmegaError } from '#shared/error.ts';
import { editConfigText, parseConfigDocument, toValues } from './config-document.ts';
import { readConfigFile, watchConfigFile, writeConfigFile } from './config-file.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { profileWarnings } from './profile-warnings.ts';
import { type FileValues, readFileValues } from './read-file-values.ts';
import { resolveConfig } from './resolve-config.ts';

/** What a configuration is opened with. */
export type ConfigOptions = {
  /** The folder that holds `config.yaml`. */
  readonly folder: string;
  readonly env: Environment;
  /** Follows changes that others make to the file; a short command does without. */
  readonly watch: boolean;
  /** Told of each change, of values or of problems, once. */
  readonly onChange: (view: ConfigView) => void;
  readonly onError: (error: unknown) => void;
};

/**
 * The configuration in effect: defaults, under `config.yaml`, under the environment. An edit that
 * cannot be used keeps the old values and says which field is wrong.
 */
export class ConfigStore implements Live<Config>, AsyncResource {
  readonly #options: ConfigOptions;
  readonly #path: string;
  readonly #listeners = new Set<(next: Config, previous: Config) => void>();
  #file: FileValues = new Map();
  #view: ConfigView;
  #watcher: AsyncResource | null = null;
  #work: Promise<unknown> = Promise.resolve();

  /** Reads the file; never throws: what cannot be used is in the view's problems. */
  static async open(options: ConfigOptions): Promise<ConfigStore> {
    const store = new ConfigStore(options);
    await store.#reload();
    if (options.watch) {
      const changed = () => void store.#next(() => store.#reload()).catch(options.onError);
      store.#watcher = watchConfigFile(store.#path, changed, options.onError);
    }
    return store;
  }

  private constructor(options: ConfigOptions) {
    this.#options = options;
    this.#path = join(options.folder, 'config.yaml');
    this.#view = this.#resolve([]);
  }

  get current(): Config {
    return this.#view.config;
  }

  /** The configuration with where each value comes from. */
  get view(): ConfigView {
    return this.#view;
  }

  listen(listener: (next: Config, previous: Config) => void): () => void {
    const entry = (next: Config, previous: Config): void => listener(next, previous);
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  /**
   * Writes settings into the file, all or none, and applies them. Throws `CONFLICT` for one that the
   * environment sets and where the file is broken, `NO_SPACE` or `NOT_WRITABLE`.
   */
  set(change: ConfigChange): Promise<ConfigView> {
    const changes = new Map(Object.entries(change).filter(([, value]) => value !== undefined));
    return this.#next(async () => {
      for (const key of changes.keys()) {
        const source = this.#view.sources[key as ConfigKey];
        if (source.from !== 'environment') continue;
        throw new OmegaError(
          'CONFLICT',
          `${key} is set by the variable ${source.variable}; unset it and start again to change it here.`,
        );
      }
      const text = await readConfigFile(this.#path);
      const edited = editConfigText(text, changes, this.#path);
      if (edited !== text) await writeConfigFile(this.#path, edited);
      this.#apply(edited);
      return this.#view;
    });
  }

  async dispose(): Promise<void> {
    await this.#watcher?.dispose();
    await this.#work.catch(() => undefined);
    this.#listeners.clear();
  }

  /** One after the other, so that a reload never overtakes a write. */
  #next<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#work.then(task, task);
    this.#work = result.catch(() => undefined);
    return result;
  }

  async #reload(): Promise<void> {
    try {
      this.#apply(await readConfigFile(this.#path));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#replace(this.#resolve([{ field: '', message }]));
    }
  }

  #apply(text: string): void {
    const parsed = parseConfigDocument(text);
    if ('problem' in parsed) {
      this.#replace(this.#resolve([parsed.problem]));
      return;
    }
    const { values, problems } = readFileValues(toValues(parsed.document), this.#file);
    this.#file = values;
    this.#replace(this.#resolve(problems));
  }

  #resolve(problems: readonly ConfigProblem[]): ConfigView {
    const resolved = resolveConfig(this.#file, readEnvironment(this.#options.env));
    return {
      ...resolved,
      problems: [...problems, ...resolved.problems],
      warnings: profileWarnings(resolved),
      file: this.#path,
    };
  }

  #replace(next: ConfigView): void {
    const previous = this.#view;
    if (JSON.stringify(next) === JSON.stringify(previous)) return;
    this.#view = next;
    if (JSON.stringify(next.config) !== JSON.stringify(previous.config)) {
      for (const listener of [...this.#listeners]) this.#tell(listener, next, previous);
    }
    this.#options.onChange(next);
  }

  #tell(
    listener: (next: Config, previous: Config) => void,
    next: ConfigView,
    previous: ConfigView,
  ): void {
    try {
      listener(next.config, previous.config);
    } catch (error) {
      this.#options.onError(error);
    }
  }
}
