import type { Finding } from '#shared/artifact.ts';

/** Formats that can be validated: those we write and the files that belong to them. */
export type FileFormat =
  | 'dockerfile'
  | 'dockerignore'
  | 'compose'
  | 'dotenv'
  | 'kubernetes'
  | 'kustomization'
  | 'helm'
  | 'terraform'
  | 'github-workflow'
  | 'gitlab-ci'
  | 'collector'
  | 'prometheus'
  | 'grafana'
  | 'kyverno'
  | 'source';

/** A file's text. `path` is relative to the project's root, with forward slashes. */
export type TextFile = { readonly path: string; readonly content: string };

/**
 * Judges one file's text. `path` serves messages and rules about names; `siblings` are files that
 * belong to it (the rest of a chart, of a Terraform module, of a kustomization), as far as they are
 * known, perhaps itself among them. Nothing is read from disk. Findings are of this file alone: a
 * fault of a sibling is told where that is judged. Never throws for bad content: what cannot be
 * parsed is a finding. Rejects with `CANCELLED` when `signal` aborts.
 */
export type Validator = (
  file: TextFile & { readonly siblings: readonly TextFile[] },
  signal: AbortSignal,
) => Promise<readonly Finding[]>;
