import { z } from 'zod';
import { modelProviders } from './providers.ts';

/** Kinds that can be asked for. `dockerfile` brings its ignore file along. */
export const artifactKinds = [
  'dockerfile',
  'compose',
  'kubernetes',
  'kustomize',
  'helm',
  'terraform',
  'github-actions',
  'gitlab-ci',
  'collector',
  'telemetry',
  'prometheus',
  'grafana',
  'policies',
  'report',
] as const;
/** One of {@link artifactKinds}. */
export type ArtifactKind = (typeof artifactKinds)[number];

/** Kinds that are made for each service; the others are made once for the whole project. */
export const kindsOfServices: ReadonlySet<ArtifactKind> = new Set([
  'dockerfile',
  'kubernetes',
  'telemetry',
]);

/** One file to be: `path` is relative to the project's root, with forward slashes. */
export const artifactSchema = z.object({
  kind: z.enum(artifactKinds),
  path: z.string().min(1).max(1024),
  content: z.string().max(1_000_000),
});
/** See {@link artifactSchema}. */
export type Artifact = z.infer<typeof artifactSchema>;

/** How bad a finding is: an `error` would make the real tool refuse the file or the workload unsafe. */
export const severities = ['error', 'warning', 'info'] as const;
/** One of {@link severities}. */
export type Severity = (typeof severities)[number];

/** What a validator says of a file. `line` is 1-based; `url` explains the rule: an https address, or a section of docs/rules.md. */
export const findingSchema = z.object({
  rule: z.string(),
  severity: z.enum(severities),
  line: z.int().min(1),
  message: z.string(),
  url: z.string().min(1),
});
/** See {@link findingSchema}. */
export type Finding = z.infer<typeof findingSchema>;

/** What a remembered thing did to a file: an `edit` is in its text; files like it were `accepted` as made. */
export const memoryEffects = ['edit', 'accepted', 'policy'] as const;

/** A memory that a file goes back to. `forgotten` since: the text still has what it taught. */
export const citedMemorySchema = z.object({
  id: z.string(),
  effect: z.enum(memoryEffects),
  summary: z.string(),
  forgotten: z.literal(true).optional(),
});
/** See {@link citedMemorySchema}. */
export type CitedMemory = z.infer<typeof citedMemorySchema>;

/** Where an artifact came from; `inputsHash` is the sha256 of everything that went into it. */
export const provenanceSchema = z.object({
  origin: z.discriminatedUnion('type', [
    z.object({ type: z.literal('blueprint'), version: z.string() }),
    z.object({ type: z.literal('edit') }),
    z.object({
      type: z.literal('model'),
      provider: z.enum(modelProviders),
      model: z.string(),
      /** The sha256 of the request that the kept answer came from. */
      promptHash: z.string(),
      /** Whether the answer came from the cache. */
      cached: z.boolean(),
      /** There where the answer was another request's, which a person accepted for this one. */
      accepted: z
        .object({ project: z.string().nullable(), madeAt: z.number(), acceptedAt: z.number() })
        .optional(),
      /** Rounds in which findings went back. */
      repairs: z.int(),
    }),
  ]),
  inputsHash: z.string(),
  createdAt: z.number(),
  memories: z.array(citedMemorySchema).readonly().default([]),
  /** Set where it changes a file that its author wrote, and does not stand in its place. */
  improves: z.literal(true).optional(),
});
/** See {@link provenanceSchema}. */
export type Provenance = z.infer<typeof provenanceSchema>;

/** Findings of one file that is on disk. */
export type FileReport = {
  readonly path: string;
  readonly kind: string;
  readonly findings: readonly Finding[];
};
