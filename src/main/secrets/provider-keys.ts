import { steadyNow } from '#main/core/clock.ts';
import type { Environment } from '#main/core/config/environment.ts';
import { OmegaError } from '#shared/error.ts';
import type { KeySource, ModelProvider } from '#shared/providers.ts';
import { keyFromEnvironment } from './key-variables.ts';
import { type KeyringTrial, tryKeyring } from './keyring.ts';
import { SecretFiles } from './secret-files.ts';

/** How long a key that was read serves, so that not each call asks the keyring; other processes change keys too. */
const rememberedMs = 2_000;

/** A key and where it comes from; the key is null where there is none. */
export type FoundKey = { readonly key: string | null; readonly source: KeySource };

/** What {@link ProviderKeys} are opened with. */
export type ProviderKeysOptions = {
  readonly dataFolder: string;
  /** `OMEGA_KEYRING=off` leaves the keyring alone. */
  readonly env: Environment;
  /** How the keyring is tried; in a test, another one. */
  readonly tryKeyring?: (dataFolder: string) => Promise<KeyringTrial>;
  /** Told why keys are kept in files, once. */
  readonly onWithoutKeyring?: (reason: string) => void;
};

/**
 * The keys of all providers. The environment wins, as for every setting; then the keyring, then the
 * encrypted files, which are written only where no keyring works. The keyring is tried when the first
 * key is asked for, and not before.
 */
export class ProviderKeys {
  readonly #options: ProviderKeysOptions;
  readonly #files: SecretFiles;
  readonly #remembered = new Map<ModelProvider, { found: Promise<FoundKey>; until: number }>();
  #trial: Promise<KeyringTrial> | null = null;

  constructor(options: ProviderKeysOptions) {
    this.#options = options;
    this.#files = new SecretFiles(options.dataFolder);
  }

  /** Throws `NOT_READABLE` for a file that was tampered with. */
  find(provider: ModelProvider): Promise<FoundKey> {
    const remembered = this.#remembered.get(provider);
    if (remembered && steadyNow() < remembered.until) return remembered.found;
    const found = this.#find(provider);
    this.#remembered.set(provider, { found, until: steadyNow() + rememberedMs });
    found.catch(() => this.#remembered.delete(provider));
    return found;
  }

  /** Keeps a key. Throws `INVALID_INPUT` for what cannot be one, and `CONFLICT` where a variable wins over it. */
  async set(provider: ModelProvider, key: string): Promise<void> {
    const { variable } = keyFromEnvironment(provider, this.#options.env) ?? {};
    if (variable) {
      const message = `The key of ${provider} is set by the variable ${variable}, which wins; unset it and start again to set another one here.`;
      throw new OmegaError('CONFLICT', message);
    }
    await this.#store(provider, key);
  }

  /** Keeps the key that the environment gives. Throws `NOT_FOUND` where it gives none. */
  async keep(provider: ModelProvider): Promise<void> {
    const given = keyFromEnvironment(provider, this.#options.env);
    if (given) return this.#store(provider, given.key);
    throw new OmegaError('NOT_FOUND', `The environment gives no key for ${provider}.`);
  }

  /** Forgets a kept key, wherever it is. Throws `NOT_FOUND` where none is kept. */
  async delete(provider: ModelProvider): Promise<void> {
    const gone = [await this.#files.delete(provider)];
    const trial = await this.#tried();
    if (trial.works) gone.push(await trial.keyring.delete(provider));
    this.#remembered.delete(provider);
    if (!gone.includes(true)) {
      throw new OmegaError('NOT_FOUND', `There is no stored key for ${provider}.`);
    }
  }

  async #store(provider: ModelProvider, text: string): Promise<void> {
    const key = text.trim();
    if (!isHeaderText(key)) {
      const message = 'A key is one word of plain characters; copy it again, without blanks.';
      throw new OmegaError('INVALID_INPUT', message);
    }
    const trial = await this.#tried();
    await (trial.works ? trial.keyring : this.#files).set(provider, key);
    // What was kept there before there was a keyring must not come back.
    if (trial.works) await this.#files.delete(provider);
    this.#remembered.delete(provider);
  }

  async #find(provider: ModelProvider): Promise<FoundKey> {
    const given = keyFromEnvironment(provider, this.#options.env);
    if (given) {
      return { key: given.key, source: { from: 'environment', variable: given.variable } };
    }
    const trial = await this.#tried();
    const ringed = trial.works ? await trial.keyring.get(provider) : null;
    if (ringed !== null) return { key: ringed, source: { from: 'keyring' } };
    const filed = await this.#files.get(provider);
    return { key: filed, source: { from: filed === null ? 'none' : 'file' } };
  }

  #tried(): Promise<KeyringTrial> {
    this.#trial ??= this.#try();
    return this.#trial;
  }

  async #try(): Promise<KeyringTrial> {
    const { env, dataFolder, tryKeyring: attempt = tryKeyring } = this.#options;
    if (env.OMEGA_KEYRING?.trim().toLowerCase() === 'off') {
      return { works: false, reason: 'OMEGA_KEYRING is off.' };
    }
    const trial = await attempt(dataFolder);
    if (!trial.works) this.#options.onWithoutKeyring?.(trial.reason);
    return trial;
  }
}

/** Whether a text can stand in a header: others fail deep in the client, with the key in their message. */
export function isHeaderText(key: string): boolean {
  return /^[\x21-\x7e]{1,4096}$/.test(key);
}
