/** Where secrets are kept: the port of the system's keyring and of the encrypted file. */
export interface SecretStore {
  readonly kind: 'keyring' | 'file';
  /** Null where there is none. Names are short words of `a-z`, digits and `-`. */
  get(name: string): Promise<string | null>;
  set(name: string, secret: string): Promise<void>;
  /** Whether there was one. */
  delete(name: string): Promise<boolean>;
}
