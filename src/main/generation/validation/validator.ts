import type { Finding } from '#shared/artifact.ts';

/** Formats that can be validated: those we write and the files that belong to them. */
export type FileFormat = 'dockerfile' | 'dockerignore' | 'compose' | 'dotenv' | 'kubernetes';

/**
 * Judges one file's text. `path` is relative to the project's root and serves messages and rules
 * about names; nothing is read from disk unless a validator says so. Never throws for bad content:
 * what cannot be parsed is a finding. Rejects with `CANCELLED` when `signal` aborts.
 */
export type Validator = (
  file: { readonly path: string; readonly content: string },
  signal: AbortSignal,
) => Promise<readonly Finding[]>;
