import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureFolder } from '#main/core/data-folder.ts';
import { fileError, systemCode } from '#main/core/file-error.ts';
import { readBounded } from '#main/core/read-bounded.ts';
import { stageFile, swapFile, syncFolder } from '#main/core/replace-file.ts';
import { OmegaError } from '#shared/error.ts';
import { seal, unseal } from './cipher.ts';
import { ensureCipherKey, ownerOnly, readCipherKey } from './cipher-key.ts';
import type { SecretStore } from './secret-store.ts';

const maxBytes = 64_000;

/**
 * Secrets in encrypted files below the data folder, for machines without a keyring: one file each, so
 * that processes which write at once do not undo each other, and the key beside them. It keeps them
 * from backups, searches and glances, not from who can read the user's files.
 */
export class SecretFiles implements SecretStore {
  readonly kind = 'file';
  readonly #folder: string;

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'secrets');
  }

  /** Throws `NOT_READABLE` for a file that is not as it was written, and sets it aside. */
  async get(name: string): Promise<string | null> {
    const path = this.#pathOf(name);
    const file = await readBounded(path, maxBytes);
    if (!file) return null;
    const key = await readCipherKey(this.#keyPath);
    const secret = key && unseal(key, name, file.bytes);
    if (secret !== null) return secret;
    throw await this.#setAside(name, path);
  }

  async set(name: string, secret: string): Promise<void> {
    const path = this.#pathOf(name);
    ensureFolder(this.#folder);
    const key = await ensureCipherKey(this.#keyPath);
    const draft = join(this.#folder, `.draft-${process.pid}-${randomBytes(6).toString('hex')}`);
    await stageFile(draft, seal(key, name, secret), ownerOnly);
    await swapFile(draft, path);
    await syncFolder(this.#folder);
  }

  async delete(name: string): Promise<boolean> {
    const path = this.#pathOf(name);
    try {
      await rm(path);
      return true;
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return false;
      throw fileError(error, path, 'write');
    }
  }

  get #keyPath(): string {
    return join(this.#folder, 'key');
  }

  #pathOf(name: string): string {
    if (/^[a-z0-9-]{1,64}$/.test(name)) return join(this.#folder, `${name}.sealed`);
    throw new OmegaError('INVALID_INPUT', `"${name}" is no name of a secret.`);
  }

  async #setAside(name: string, path: string): Promise<OmegaError> {
    const aside = `${path}.damaged-${Date.now()}`;
    await rename(path, aside).catch(() => undefined);
    const message = `The stored key of ${name} cannot be decrypted: its file or the file of its cipher key was changed. It was set aside as "${aside}"; set the key again.`;
    return new OmegaError('NOT_READABLE', message, { details: { name } });
  }
}
