import { randomUUID } from 'node:crypto';
import { sha256 } from '#main/core/hash.ts';
import { OmegaError } from '#shared/error.ts';
import type { SecretStore } from './secret-store.ts';

const service = 'omega-studio';
/** A keyring that is locked asks its user for the password first. */
const patienceMs = 15_000;

/** What is used of keytar. */
export type KeyringLibrary = {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
};

/** Whether secrets can be kept in the system's keyring, or why not. */
export type KeyringTrial =
  | { readonly works: true; readonly keyring: SecretStore }
  | { readonly works: false; readonly reason: string };

/** The system's keyring, of which each data folder has its own part. */
export class Keyring implements SecretStore {
  readonly kind = 'keyring';
  readonly #library: KeyringLibrary;
  readonly #folder: string;
  readonly #patienceMs: number;

  constructor(library: KeyringLibrary, dataFolder: string, timeoutMs = patienceMs) {
    this.#library = library;
    this.#folder = sha256(dataFolder).slice(0, 12);
    this.#patienceMs = timeoutMs;
  }

  get(name: string): Promise<string | null> {
    return this.#within(this.#library.getPassword(service, this.#account(name)));
  }

  set(name: string, secret: string): Promise<void> {
    return this.#within(this.#library.setPassword(service, this.#account(name), secret));
  }

  delete(name: string): Promise<boolean> {
    return this.#within(this.#library.deletePassword(service, this.#account(name)));
  }

  #account(name: string): string {
    return `${name}-${this.#folder}`;
  }

  async #within<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const message = `The keyring did not answer within ${this.#patienceMs / 1000} s; unlock it and try again.`;
        reject(new OmegaError('TIMEOUT', message, { retryable: true }));
      }, this.#patienceMs);
    });
    try {
      return await Promise.race([work, late]);
    } catch (cause) {
      if (cause instanceof OmegaError) throw cause;
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new OmegaError('UNAVAILABLE', `The keyring failed: ${why}.`, { cause });
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Tries the keyring by a write, a read and a deletion: that the library loads says nothing yet. */
export async function tryKeyring(
  dataFolder: string,
  load: () => Promise<KeyringLibrary> = loadKeytar,
  timeoutMs = patienceMs,
): Promise<KeyringTrial> {
  try {
    const keyring = new Keyring(await load(), dataFolder, timeoutMs);
    const name = `probe-${randomUUID()}`;
    await keyring.set(name, name);
    const read = await keyring.get(name);
    await keyring.delete(name);
    if (read === name) return { works: true, keyring };
    return { works: false, reason: 'The keyring gave back something else than was stored.' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { works: false, reason: reason.split('\n')[0] ?? reason };
  }
}

async function loadKeytar(): Promise<KeyringLibrary> {
  // Optional: it is there where set-up could build it.
  const { default: keytar } = await import('keytar');
  return keytar;
}
